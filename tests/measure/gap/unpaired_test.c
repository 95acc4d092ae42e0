/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

#define M MATRIX_MISSING

/* "Those who only said what they expected beside those who only said what they got": against t.test of R. */
static void two_groups_as_welch(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("unpaired");
    unsigned people = 0, items = 0;
    int *expectation = matrix_read(oracle_at(oracle, "expectation"), &people, &items);
    int *perception = matrix_read(oracle_at(oracle, "perception"), &people, &items);
    struct answer_matrix matrix = {.people = people, .items = items, .low = 1, .high = 5};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "unpaired", &table);
    json_t *rows = oracle_at(oracle, "rows");
    assert_int_equal(table->row_count, json_array_size(rows));
    for (uint32_t r = 0; r < table->row_count; r++) {
        json_t *expected = json_array_get(rows, r);
        const char *key = NULL;
        json_t *figure = NULL;
        json_object_foreach (expected, key, figure)
            assert_cell_json(table, &table->rows[r], key, figure, 11.5);
        assert_int_equal(table->rows[r].support, r == 1 ? 29 : 30);
    }
    matrix_close(open);
    free(expectation);
    free(perception);
    json_decref(oracle);
}

/* Blanks: one answer on a side has no variance to tell from; constant sides have no test; nobody on a side, no mean; who
 * comes more than once may stand on both sides. */
static void blanks_have_reasons(void **state)
{
    (void)state;
    const int expectation[] = {4, 3, M, 4, 3, 5, M, M, M, M, M, M};
    const int perception[] = {M, M, M, M, M, M, 2, 5, 1, 2, M, 1};
    const unsigned respondents[] = {1, 1, 2, 2};
    struct answer_matrix matrix = {.people = 4, .items = 3, .low = 1, .high = 5};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "unpaired", &table);
    const struct row *row = row_of(table, NULL, "q1");
    assert_cell_digits(table, row, "difference", -2, 15);
    assert_cell_digits(table, row, "se", 0, 15);
    assert_cell_blank(table, row, "p", "no_variance");
    row = row_of(table, NULL, "q2");
    assert_cell_digits(table, row, "mean_perception", 5, 15);
    assert_cell_digits(table, row, "difference", 2, 15);
    assert_cell_blank(table, row, "se", "too_few");
    assert_cell_blank(table, row, "p_holm", "too_few");
    row = row_of(table, NULL, "q3");
    assert_cell_count(table, row, "n_expectation", 1);
    matrix_close(open);
    matrix.respondents = respondents;
    open = matrix_table(&matrix, "unpaired", &table);
    assert_cell_blank(table, table->rows, "n_expectation", "clustered");
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_groups_as_welch),
        cmocka_unit_test(blanks_have_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
