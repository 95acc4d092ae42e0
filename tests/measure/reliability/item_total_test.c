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

/* r with the total, r with the rest and alpha without the item, for every item, scope and standard, by R (F14). */
static void whole_study(void **state)
{
    (void)state;
    struct gap_table_matrix study;
    gap_table_read(&study);
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "item_total", &table);
    json_t *rows = oracle_at(study.oracle, "item_total");
    unsigned seen_lines = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *expected = json_array_get(rows, i);
        const char *keys[] = {
            json_string_value(json_object_get(expected, "item")), json_string_value(json_object_get(expected, "dimension")),
            json_object_get(expected, "scope") ? json_string_value(json_object_get(expected, "scope")) : "dimension",
            json_string_value(json_object_get(expected, "standard")), NULL};
        assert_row_json(table, row_find(table, NULL, keys), expected, 11.5);
    }
    /* 9 items × 3 standards, once among their dimension and once among all; every line its own */
    assert_int_equal(table->row_count, 54);
    for (uint32_t r = 0; r < table->row_count; r++) {
        assert_true(table->rows[r].line < 2 * GAP_TABLE_ITEMS * BLOCK_OF_COUNT);
        for (uint32_t other = 0; other < r; other++)
            seen_lines += table->rows[r].line == table->rows[other].line;
    }
    assert_int_equal(seen_lines, 0);
    print_message("item_total: at least %.1f digits agree\n", digits_least());
    matrix_close(open);
    gap_table_free(&study);
}

/* Every item of every case against psych. */
static void alpha_cases(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("alpha");
    json_t *cases = oracle_at(oracle, "cases");
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
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&matrix, "item_total", &table);
        for (unsigned i = 0; i < items; i++) {
            json_t *expected = json_array_get(json_object_get(from, "items"), i);
            assert_row_json(table, &table->rows[i], expected, 11.5);
            assert_row_json(table, &table->rows[items + i], expected, 11.5);
        }
        matrix_close(open);
        free(answers);
    }
    json_decref(oracle);
}

/* With weights: correlations of the weighted covariances, against R. */
static void weights(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("weights");
    unsigned people = 0, items = 0;
    int *answers = matrix_read(oracle_at(oracle, "alpha.answers"), &people, &items);
    double weight[64];
    for (unsigned i = 0; i < people; i++)
        weight[i] = json_number_value(json_array_get(oracle_at(oracle, "alpha.weight"), i));
    struct answer_matrix matrix = {.people = people, .items = items, .low = 1, .high = 5, .weights = weight};
    matrix.answers[STANDARD_PERCEPTION] = answers;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_total", &table);
    for (unsigned i = 0; i < items; i++)
        assert_cell_json(table, &table->rows[i], "item_rest_r", json_array_get(oracle_at(oracle, "alpha.item_rest_r"), i), 11.5);
    matrix_close(open);
    free(answers);
    json_decref(oracle);
}

/* One item has no rest; of two, none is left without the other; a constant item has no correlation. */
static void degenerate(void **state)
{
    (void)state;
    const unsigned dimension_of[] = {0, 1, 1};
    const int answers[] = {1, 3, 2, 2, 3, 4, 4, 3, 3};
    struct answer_matrix matrix = {.people = 3, .items = 3, .low = 1, .high = 5, .dimension_of = dimension_of};
    matrix.answers[STANDARD_PERCEPTION] = answers;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_total", &table);
    const struct row *row = row_of(table, NULL, "q1", "d1", "dimension", "perception");
    assert_cell_count(table, row, "n", 3);
    assert_cell_blank(table, row, "item_total_r", "one_item");
    assert_cell_blank(table, row, "item_rest_r", "one_item");
    row = row_of(table, NULL, "q2", "d2", "dimension", "perception");
    assert_cell_blank(table, row, "item_rest_r", "no_variance");
    assert_cell_blank(table, row, "alpha_if_deleted", "one_item");
    row = row_of(table, NULL, "q1", "d1", "overall", "perception");
    assert_int_equal(table_value(table, row, "item_rest_r")->kind, VALUE_NUMBER);
    matrix_close(open);
    matrix.people = 1;
    open = matrix_table(&matrix, "item_total", &table);
    assert_cell_blank(table, row_of(table, NULL, "q1", "d1", "overall", "perception"), "item_rest_r", "too_few");
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_study),
        cmocka_unit_test(alpha_cases),
        cmocka_unit_test(weights),
        cmocka_unit_test(degenerate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
