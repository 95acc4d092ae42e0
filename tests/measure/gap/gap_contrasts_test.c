/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

#define M MATRIX_MISSING

static bool is_listed(json_t *list, json_int_t item)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (json_integer_value(json_array_get(list, i)) == item)
            return true;
    }
    return false;
}

/* The row of the worst item itself says so and nothing else: "the worst item itself -> not_applicable" */
static void assert_alone(const struct table *table, const struct row *row, const char *worst)
{
    assert_int_equal(table->measure->columns[table_column(table, "other")].kind, COLUMN_WORD);
    assert_cell_text(table, row, "other", worst);
    assert_cell_blank(table, row, "n", "not_applicable");
    assert_cell_blank(table, row, "difference", "not_applicable");
    assert_cell_blank(table, row, "p_holm", "not_applicable");
    assert_cell_blank(table, row, "tied", "not_applicable");
    assert_true(row->support > 0);
}

/* "T = items whose paired difference from the worst is not Holm-significant" (sentences): against R. */
static void against_the_worst(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("contrasts");
    json_t *studies = oracle_at(oracle, "studies");
    for (size_t s = 0; s < json_array_size(studies); s++) {
        json_t *from = json_array_get(studies, s);
        unsigned people = 0, items = 0;
        int *expectation = matrix_read(json_object_get(from, "expectation"), &people, &items);
        int *perception = matrix_read(json_object_get(from, "perception"), &people, &items);
        struct answer_matrix matrix = {.people = people, .items = items, .low = 1, .high = 5};
        matrix.answers[STANDARD_EXPECTATION] = expectation;
        matrix.answers[STANDARD_PERCEPTION] = perception;
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&matrix, "gap_contrasts", &table);
        json_t *others = json_object_get(from, "others");
        assert_int_equal(table->row_count, json_array_size(others) + 1);
        char worst[8], name[8];
        assert_true(snprintf(worst, sizeof worst, "q%d", (int)json_integer_value(json_object_get(from, "worst"))) > 0);
        assert_alone(table, row_of(table, NULL, worst), worst);
        for (size_t i = 0; i < json_array_size(others); i++) {
            json_t *expected = json_array_get(others, i);
            json_int_t item = json_integer_value(json_object_get(expected, "item"));
            assert_true(snprintf(name, sizeof name, "q%d", (int)item) > 0);
            const struct row *row = row_of(table, NULL, name);
            assert_cell_text(table, row, "other", worst);
            static const char *const same[] = {"n", "difference", "t", "df", "p", "p_holm"};
            for (size_t k = 0; k < sizeof same / sizeof *same; k++)
                assert_cell_json(table, row, same[k], json_object_get(expected, same[k]), 11.5);
            assert_cell_text(table, row, "tied", is_listed(json_object_get(from, "not_distinguishable"), item) ? "yes" : "no");
            assert_int_equal(row->support, cell_number(table, row, "n"));
        }
        matrix_close(open);
        free(expectation);
        free(perception);
    }
    print_message("gap_contrasts: at least %.1f digits agree\n", digits_least());
    json_decref(oracle);
}

/* "lowest mean gap, ties: first"; an item with a single pair is not the worst beside items with an interval; a constant
 * difference has no test and no tie. */
static void ties_and_blanks(void **state)
{
    (void)state;
    /* gaps: q1 −1 −2 −1, q2 the same, q3 0 1 0, q4 −5 for one person only */
    const int expectation[] = {5, 5, 4, 6, 5, 5, 4, M, 5, 5, 4, M}, perception[] = {4, 4, 4, 1, 3, 3, 5, 1, 4, 4, 4, M};
    struct answer_matrix matrix = {.people = 3, .items = 4, .low = 1, .high = 7};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "gap_contrasts", &table);
    assert_int_equal(table->row_count, 4);
    assert_alone(table, row_of(table, NULL, "q1"), "q1");
    const struct row *row = row_of(table, NULL, "q2");
    assert_cell_digits(table, row, "difference", 0, 17);
    assert_cell_blank(table, row, "p", "no_variance");
    assert_cell_blank(table, row, "tied", "no_variance");
    row = row_of(table, NULL, "q3");
    assert_cell_digits(table, row, "difference", 5 / 3.0, 15);
    /* differences 1, 3, 1: standard deviation sqrt(4/3), standard error 2/3 */
    assert_cell_digits(table, row, "se", 2 / 3.0, 15);
    row = row_of(table, NULL, "q4");
    assert_cell_count(table, row, "n", 1);
    assert_cell_digits(table, row, "difference", -4, 16);
    assert_cell_blank(table, row, "tied", "too_few");
    matrix_close(open);
}

/* Clusters and weights are honoured as in the gap tables, whichever of the two items comes first. */
static void clusters(void **state)
{
    (void)state;
    int expectation[24], perception[24];
    unsigned cluster[12];
    double weights[12];
    /* q2 − q1 = 1 in every even cluster and 2 in every odd one; the gap of q1 is −1 or −2, so q1 is the worst */
    for (int i = 0; i < 12; i++) {
        expectation[2 * i] = expectation[2 * i + 1] = 5;
        perception[2 * i] = 4 - i % 2;
        perception[2 * i + 1] = perception[2 * i] + 1 + i % 2;
        cluster[i] = (unsigned)i;
        weights[i] = 1 + i % 2;
    }
    struct answer_matrix matrix = {.people = 12, .items = 2, .low = 1, .high = 7, .clusters = cluster, .weights = weights};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "gap_contrasts", &table);
    const struct row *row = row_of(table, NULL, "q2");
    /* mean (6 × 1 + 12 × 2)/18 = 5/3; w(d − mean): ∓2/3; se² = 12/11 × 12 × 4/9 / 18² */
    assert_cell_digits(table, row, "difference", 5 / 3.0, 15);
    assert_cell_digits(table, row, "se", 0.13400504203456148, 14);
    assert_cell_count(table, row, "df", 11);
    assert_cell_text(table, row, "tied", "no");
    matrix_close(open);
    /* the same with the columns changed places: now the worst stands second in the contrast */
    for (int i = 0; i < 12; i++) {
        int swap = perception[2 * i];
        perception[2 * i] = perception[2 * i + 1];
        perception[2 * i + 1] = swap;
    }
    open = matrix_table(&matrix, "gap_contrasts", &table);
    row = row_of(table, NULL, "q1");
    assert_cell_digits(table, row, "difference", 5 / 3.0, 15);
    assert_cell_digits(table, row, "se", 0.13400504203456148, 14);
    matrix_close(open);
}

/* Each group has its own worst item, and is a family by itself. */
static void by_segment(void **state)
{
    (void)state;
    /* east: q1 −2 −1 −2, q2 0 0 1; west: q1 0 1 0, q2 −2 −3 −2 */
    const int expectation[] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, perception[] = {3, 5, 4, 5, 3, 6, 5, 3, 6, 2, 5, 3};
    const char *const segments[] = {"east", "east", "east", "west", "west", "west"};
    struct answer_matrix matrix = {.people = 6, .items = 2, .low = 1, .high = 7, .segments = segments};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    struct matrix_study *open = matrix_open(&matrix, NEED_PAIRS | NEED_CONTRASTS);
    const struct table *table = matrix_measure(open, "gap_contrasts", true, 0.95);
    assert_int_equal(table->row_count, 4);
    assert_alone(table, row_of(table, "east", "q1"), "q1");
    assert_alone(table, row_of(table, "west", "q2"), "q2");
    const struct row *east = row_of(table, "east", "q2"), *west = row_of(table, "west", "q1");
    assert_cell_text(table, east, "other", "q1");
    assert_cell_text(table, west, "other", "q2");
    assert_cell_digits(table, east, "difference", 2, 15);
    assert_cell_digits(table, west, "difference", 8 / 3.0, 15);
    assert_true(cell_number(table, east, "p_holm") == cell_number(table, east, "p"));
    assert_true(cell_number(table, west, "p_holm") == cell_number(table, west, "p"));
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(against_the_worst),
        cmocka_unit_test(ties_and_blanks),
        cmocka_unit_test(clusters),
        cmocka_unit_test(by_segment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
