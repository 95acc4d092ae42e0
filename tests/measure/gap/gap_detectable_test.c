/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/sample_size.h"
#include "support/digits.h"
#include "support/gap_table_matrix.h"
#include "support/table_cells.h"

/* "The smallest gap that so many pairs find with a chance of 80 %, at the level adjusted for all rows." [F28] The power that
 * is asked back is held to R's power.t.test by tests/numeric/sample_size_test.c. */
static void the_detectable_gap_is_found_four_times_of_five(void **state)
{
    (void)state;
    const int expectation[] = {4, 5, 4, 5, 6, 4, 5, 4, 6, 5, 7, 4}, perception[] = {3, 5, 2, 4, 6, 5, 4, 4, 5, 3, 7, 6};
    struct answer_matrix matrix = {.people = 6, .items = 2, .low = 1, .high = 7};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        double dz = table_value(table, row, "detectable")->number / table_value(table, row, "sd_gap")->number;
        assert_digits(paired_t_power(dz, 6, 0.05 / 2), 0.8, 9);
    }
    assert_int_equal(table->row_count, 2);
    matrix_close(open);
}

/* No test, nothing that it could find: the reason is that of p. */
static void without_a_test_nothing_is_detectable(void **state)
{
    (void)state;
    const int expectation[] = {4, 4, 4}, perception[] = {3, 3, 3};
    struct answer_matrix matrix = {.people = 3, .items = 1, .low = 1, .high = 7};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    assert_cell_blank(table, table->rows, "detectable", "no_variance");
    matrix_close(open);
    matrix.people = 1;
    open = matrix_table(&matrix, "item_gap", &table);
    assert_cell_blank(table, table->rows, "detectable", "too_few");
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_detectable_gap_is_found_four_times_of_five),
        cmocka_unit_test(without_a_test_nothing_is_detectable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
