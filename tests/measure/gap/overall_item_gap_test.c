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

/* "Also offer the mean of items and label it" (F2): against R, person by person. */
static void mean_of_items(void **state)
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
    struct matrix_study *open = matrix_open(&matrix, NEED_COMPOSITES | NEED_BLOCKS);
    static const char *const measures[][2] = {{"overall_item_gap", "all_items"}, {"overall_gap", "overall"}};
    static const char *const same[][2] = {{"n", "n"},
                                          {"mean_expectation", "mean_expectation"},
                                          {"mean_perception", "mean_perception"},
                                          {"gap", "mean_gap"},
                                          {"sd_gap", "sd_gap"},
                                          {"n_negative", "n_negative"},
                                          {"n_zero", "n_zero"},
                                          {"n_positive", "n_positive"}};
    for (size_t m = 0; m < 2; m++) {
        const struct table *table = matrix_measure(open, measures[m][0], false, 0.95);
        json_t *expected = oracle_at(oracle, measures[m][1]);
        assert_int_equal(table->row_count, 1);
        for (size_t k = 0; k < sizeof same / sizeof *same; k++)
            assert_cell_json(table, table->rows, same[k][0], json_object_get(expected, same[k][1]), 13);
    }
    /* The two differ, since the dimensions have 4, 2 and 3 items. */
    const struct table *of_items = matrix_measure(open, "overall_item_gap", false, 0.95);
    const struct table *of_dimensions = matrix_measure(open, "overall_gap", false, 0.95);
    assert_true(cell_number(of_items, of_items->rows, "gap") != cell_number(of_dimensions, of_dimensions->rows, "gap"));
    assert_non_null(strstr(of_items->measure->title, "mean of items"));
    matrix_close(open);
    free(expectation);
    free(perception);
    json_decref(oracle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(mean_of_items)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
