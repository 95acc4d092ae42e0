/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/gap_table_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

#define M MATRIX_MISSING

/* Alpha, its interval and the standardised alpha of every dimension and standard of a whole study, by R (F13). */
static void whole_study(void **state)
{
    (void)state;
    struct gap_table_matrix study;
    gap_table_read(&study);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "reliability", &table);
    json_t *rows = oracle_at(study.oracle, "reliability");
    assert_int_equal(table->row_count, json_array_size(rows));
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *expected = json_array_get(rows, i);
        const char *dimension = json_string_value(json_object_get(expected, "dimension"));
        const char *standard = json_string_value(json_object_get(expected, "standard"));
        const struct row *row = row_of(table, NULL, dimension, standard);
        assert_row_json(table, row, expected, 11.5);
        assert_int_equal(row->support, cell_number(table, row, "n"));
        assert_true(cell_number(table, row, "omega") <= 1 && cell_number(table, row, "omega_observed") > 0);
    }
    print_message("reliability: at least %.1f digits agree\n", digits_least());
    matrix_close(open);
    gap_table_free(&study);
}

/* Alpha against psych, case by case. */
static void alpha_cases(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("alpha");
    json_t *cases = oracle_at(oracle, "cases");
    unsigned compared = 0;
    for (size_t c = 0; c < json_array_size(cases); c++) {
        json_t *from = json_array_get(cases, c);
        unsigned people = 0, items = 0;
        int *answers = matrix_read(json_object_get(from, "answers"), &people, &items);
        int low = 0, high = 0;
        for (unsigned i = 0; i < people * items; i++) {
            low = answers[i] != M && answers[i] < low ? answers[i] : low;
            high = answers[i] > high ? answers[i] : high;
        }
        struct answer_matrix matrix = {.people = people, .items = items, .low = low, .high = high};
        matrix.answers[STANDARD_PERCEPTION] = answers;
        struct matrix_study *open = matrix_open(&matrix, NEED_BLOCKS);
        const struct table *table =
            matrix_measure(open, "reliability", false, json_number_value(json_object_get(from, "confidence")));
        const struct row *row = row_of(table, NULL, "d1", "perception");
        assert_cell_json(table, row, "n", json_object_get(from, "n"), 17);
        assert_cell_json(table, row, "alpha", json_object_get(from, "alpha"), 11.5);
        assert_cell_json(table, row, "alpha_standardized", json_object_get(from, "alpha_standardized"), 11.5);
        assert_cell_json(table, row, "alpha_ci_low", json_object_get(from, "low"), 10.5);
        assert_cell_json(table, row, "alpha_ci_high", json_object_get(from, "high"), 10.5);
        compared++;
        if (json_number_value(json_object_get(from, "alpha")) < 0)
            assert_true(table_has_note(table, "Dimension 1, perception: alpha is negative; check which items are reversed."));
        matrix_close(open);
        free(answers);
    }
    assert_true(compared >= 3);
    json_decref(oracle);
}

/* "4 s₁₂ / s_T²" for two items, found by hand (F15); weights: alpha of the weighted covariances, no interval (F13). */
static void two_items_and_weights(void **state)
{
    (void)state;
    const int answers[] = {1, 2, 3, 3, 5, 4, 4, 5};
    struct answer_matrix matrix = {.people = 4, .items = 2, .low = 1, .high = 5};
    matrix.answers[STANDARD_PERCEPTION] = answers;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "reliability", &table);
    const struct row *row = row_of(table, NULL, "overall", "perception");
    /* deviation products: Σx² = 8.75, Σy² = 5, Σxy = 5.5; 4 × 5.5 / (8.75 + 5 + 11) */
    assert_cell_digits(table, row, "omega", 22 / 24.75, 14);
    assert_cell_digits(table, row, "omega_observed", 22 / 24.75, 14);
    assert_cell_digits(table, row, "alpha", 22 / 24.75, 15);
    matrix_close(open);

    json_t *oracle = oracle_read("weights");
    unsigned people = 0, items = 0;
    int *weighted = matrix_read(oracle_at(oracle, "alpha.answers"), &people, &items);
    double weights[64];
    for (unsigned i = 0; i < people; i++)
        weights[i] = json_number_value(json_array_get(oracle_at(oracle, "alpha.weight"), i));
    matrix = (struct answer_matrix){.people = people, .items = items, .low = 1, .high = 5, .weights = weights};
    matrix.answers[STANDARD_PERCEPTION] = weighted;
    open = matrix_table(&matrix, "reliability", &table);
    row = row_of(table, NULL, "d1", "perception");
    assert_cell_digits(table, row, "alpha", oracle_number(oracle, "alpha.alpha"), 12);
    assert_cell_blank(table, row, "alpha_ci_low", "weighted");
    assert_cell_blank(table, row, "alpha_ci_high", "weighted");
    assert_true(table_has_note(table, "Answers are weighted."));
    matrix_close(open);
    free(weighted);
    json_decref(oracle);
}

/* n = 0 and 1, one item, constant answers: each blank says why. */
static void degenerate(void **state)
{
    (void)state;
    /* d1 one item; d2 nobody complete; d3 constant; d4 one constant item among three */
    const unsigned dimension_of[] = {0, 1, 1, 2, 2, 3, 3, 3};
    const int answers[] = {1, 2, M, 3, 4, 5, 2, 1, 2, M, 3, 3, 4, 5, 4, 3, 3, M, M, 3, 4, 5, 5, 5};
    const unsigned clusters[] = {1, 2, 3};
    struct answer_matrix matrix = {.people = 3, .items = 8, .low = 1, .high = 5, .dimension_of = dimension_of};
    matrix.answers[STANDARD_EXPECTATION] = answers;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "reliability", &table);
    assert_int_equal(table->row_count, 5);
    const struct row *row = row_of(table, NULL, "d1", "expectation");
    assert_cell_count(table, row, "n", 3);
    assert_cell_count(table, row, "k", 1);
    assert_cell_blank(table, row, "alpha", "one_item");
    assert_cell_blank(table, row, "omega", "one_item");
    row = row_of(table, NULL, "d2", "expectation");
    assert_cell_count(table, row, "n", 0);
    assert_cell_blank(table, row, "alpha", "too_few");
    row = row_of(table, NULL, "d3", "expectation");
    assert_cell_blank(table, row, "alpha", "no_variance");
    assert_cell_blank(table, row, "omega", "no_variance");
    row = row_of(table, NULL, "d4", "expectation");
    assert_int_equal(table_value(table, row, "alpha")->kind, VALUE_NUMBER);
    assert_cell_blank(table, row, "alpha_standardized", "no_variance");
    assert_cell_blank(table, row, "omega", "no_variance");
    matrix_close(open);
    matrix.clusters = clusters;
    open = matrix_table(&matrix, "reliability", &table);
    assert_cell_blank(table, row_of(table, NULL, "d4", "expectation"), "alpha_ci_low", "clustered");
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_study),
        cmocka_unit_test(alpha_cases),
        cmocka_unit_test(two_items_and_weights),
        cmocka_unit_test(degenerate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
