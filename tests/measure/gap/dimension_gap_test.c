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

/* Every figure of the dimensions of a whole simulated study, by R: scores of those who answered half of the items
 * both times, alpha of the gaps, and Johns' reliability (F2, F13, F16). */
static void whole_study(void **state)
{
    (void)state;
    struct gap_table_matrix study;
    gap_table_read(&study);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "dimension_gap", &table);
    json_t *rows = oracle_at(study.oracle, "dimension_gap");
    assert_int_equal(table->row_count, json_array_size(rows));
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *expected = json_array_get(rows, i);
        const struct row *row = row_of(table, NULL, json_string_value(json_object_get(expected, "dimension")));
        assert_row_json(table, row, expected, 11.5);
        assert_int_equal(row->line, i);
    }
    /* "gap_reliability < .70" (caution 6 of the sentences) */
    assert_true(table_has_note(table, "the gap is too noisy to compare individuals or small groups"));
    assert_true(table_has_note(table, "Dimension ")); /* by its title, as the caution of the report names it */
    print_message("dimension_gap: at least %.1f digits agree\n", digits_least());
    matrix_close(open);
    gap_table_free(&study);
}

/* "g_id = mean of g_ij over the items of d that are paired, if at least half are; else missing" (F2): persons, rescaling
 * and ceilings of another study. */
static void half_of_the_items(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("composite");
    unsigned people = 0, items = 0, dimension_of[16];
    int *expectation = matrix_read(oracle_at(oracle, "expectation"), &people, &items);
    int *perception = matrix_read(oracle_at(oracle, "perception"), &people, &items);
    for (unsigned i = 0; i < items; i++)
        dimension_of[i] = (unsigned)json_integer_value(json_array_get(oracle_at(oracle, "dimension_of"), i)) - 1;
    struct answer_matrix matrix = {.people = people, .items = items, .low = 1, .high = 7, .dimension_of = dimension_of};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "dimension_gap", &table);
    static const char *const same[][2] = {{"n", "n"},
                                          {"mean_expectation", "mean_expectation"},
                                          {"mean_perception", "mean_perception"},
                                          {"gap", "mean_gap"},
                                          {"sd_gap", "sd_gap"},
                                          {"n_negative", "n_negative"},
                                          {"n_zero", "n_zero"},
                                          {"n_positive", "n_positive"}};
    for (uint32_t d = 0; d < table->row_count; d++) {
        json_t *expected = json_array_get(oracle_at(oracle, "dimensions"), d);
        const struct row *row = &table->rows[d];
        for (size_t k = 0; k < sizeof same / sizeof *same; k++)
            assert_cell_json(table, row, same[k][0], json_object_get(expected, same[k][1]), 13);
        assert_cell_digits(table, row, "ceiling_share",
                           json_number_value(json_object_get(expected, "n_ceiling")) / cell_number(table, row, "n"), 15);
    }
    matrix_close(open);
    free(expectation);
    free(perception);
    json_decref(oracle);
}

/* A dimension of one item has no reliability: "a single item has none" (F16); nobody in a dimension is no_pairs. */
static void one_item_and_nobody(void **state)
{
    (void)state;
    const unsigned dimension_of[] = {0, 1, 1};
    const int expectation[] = {4, 5, M, 5, M, 5, 3, M, 4}, perception[] = {3, M, 4, 5, 4, M, 4, M, M};
    struct answer_matrix matrix = {.people = 3, .items = 3, .low = 1, .high = 7, .dimension_of = dimension_of};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "dimension_gap", &table);
    const struct row *row = row_of(table, NULL, "d1");
    assert_cell_count(table, row, "n", 3);
    assert_cell_blank(table, row, "gap_reliability", "one_item");
    assert_cell_blank(table, row, "difference_reliability", "one_item");
    row = row_of(table, NULL, "d2");
    assert_cell_count(table, row, "n", 0);
    assert_cell_blank(table, row, "gap", "no_pairs");
    assert_cell_blank(table, row, "gap_reliability", "no_pairs");
    assert_cell_blank(table, row, "verdict", "no_pairs");
    matrix_close(open);
}

/* When one side has no reliability, the difference has none by Johns' formula, for that side's reason. */
static void one_side_constant(void **state)
{
    (void)state;
    const int constant[] = {5, 5, 5, 5, 5, 5, 5, 5}, varied[] = {3, 4, 5, 5, 2, 3, 6, 5};
    struct answer_matrix matrix = {.people = 4, .items = 2, .low = 1, .high = 7};
    for (unsigned way = 0; way < 2; way++) {
        matrix.answers[STANDARD_EXPECTATION] = way ? varied : constant;
        matrix.answers[STANDARD_PERCEPTION] = way ? constant : varied;
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&matrix, "dimension_gap", &table);
        assert_cell_blank(table, table->rows, "difference_reliability", "no_variance");
        assert_int_equal(table_value(table, table->rows, "gap_reliability")->kind, VALUE_NUMBER);
        matrix_close(open);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_study),
        cmocka_unit_test(half_of_the_items),
        cmocka_unit_test(one_item_and_nobody),
        cmocka_unit_test(one_side_constant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
