/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/gap_table_matrix.h"
#include "support/table_cells.h"

#define M MATRIX_MISSING

/* Means, standard deviations and intervals of the perceptions alone, by hand: 2, 4, 6 has mean 4, sd 2, se 2/sqrt(3), and
 * t(2, .975) = 4.302652729749464. */
static void by_hand(void **state)
{
    (void)state;
    const int perception[] = {2, 5, 3, M, M, 4, 5, M, M, M, 6, 5, M, 7, M};
    struct answer_matrix matrix = {.people = 3, .items = 5, .low = 1, .high = 7};
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "perception", &table);
    assert_int_equal(table->row_count, 5);
    const struct row *row = row_of(table, NULL, "q1");
    assert_cell_count(table, row, "n", 3);
    assert_cell_digits(table, row, "mean", 4, 17);
    assert_cell_digits(table, row, "sd", 2, 17);
    assert_cell_digits(table, row, "se", 1.1547005383792515, 15);
    assert_cell_digits(table, row, "ci_low", 4 - 1.1547005383792515 * 4.302652729749464, 12);
    assert_cell_digits(table, row, "ci_high", 4 + 1.1547005383792515 * 4.302652729749464, 12);
    row = row_of(table, NULL, "q2");
    assert_cell_digits(table, row, "mean", 5, 17);
    assert_cell_digits(table, row, "sd", 0, 17);
    assert_cell_blank(table, row, "ci_low", "no_variance");
    row = row_of(table, NULL, "q3");
    assert_cell_count(table, row, "n", 1);
    assert_cell_digits(table, row, "mean", 3, 17);
    assert_cell_blank(table, row, "sd", "too_few");
    assert_cell_blank(table, row, "se", "too_few");
    row = row_of(table, NULL, "q4");
    assert_cell_digits(table, row, "mean", 7, 17);
    row = row_of(table, NULL, "q5");
    assert_cell_count(table, row, "n", 0);
    assert_cell_blank(table, row, "mean", "too_few");
    assert_int_equal(row->support, 0);
    matrix_close(open);
}

/* Weights: the linearised error of F20; with clusters, that of the cluster sums. */
static void weights(void **state)
{
    (void)state;
    const int perception[] = {1, 2, 4};
    const double weight[] = {1, 2, 1};
    const unsigned cluster[] = {1, 2, 2};
    struct answer_matrix matrix = {.people = 3, .items = 1, .low = 1, .high = 7, .weights = weight};
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "perception", &table);
    /* mean 9/4; w(x − mean): −5/4, −2/4, 7/4; squares 78/16; se² = 78/16 × 3/2 / 16 */
    assert_cell_digits(table, table->rows, "mean", 2.25, 17);
    assert_cell_digits(table, table->rows, "se", 0.67604086414949804, 14);
    matrix_close(open);
    matrix.clusters = cluster;
    matrix.weights = NULL;
    open = matrix_table(&matrix, "perception", &table);
    /* cluster sums of x − 7/3: −4/3, 4/3; se² = 2 × 32/9 / 9 */
    assert_cell_digits(table, table->rows, "se", 0.88888888888888884, 15);
    assert_int_equal(table->rows[0].support, 3);
    matrix_close(open);
}

/* A study that asked both standards has the same means of perception where every perception has its pair. */
static void beside_a_gap(void **state)
{
    (void)state;
    struct gap_table_matrix study;
    gap_table_read(&study);
    for (size_t i = 0; i < GAP_TABLE_PEOPLE * GAP_TABLE_ITEMS; i++) {
        if (study.expectation[i] == M)
            study.perception[i] = M;
    }
    struct matrix_study *open = matrix_open(&study.matrix, NEED_PAIRS | NEED_SINGLES);
    const struct table *alone = matrix_measure(open, "perception", true, 0.95);
    const struct table *gaps = matrix_measure(open, "item_gap", true, 0.95);
    assert_int_equal(alone->row_count, gaps->row_count);
    for (uint32_t r = 0; r < alone->row_count; r++) {
        assert_cell_digits(alone, &alone->rows[r], "mean", cell_number(gaps, &gaps->rows[r], "mean_perception"), 17);
        assert_cell_digits(alone, &alone->rows[r], "sd", cell_number(gaps, &gaps->rows[r], "sd_perception"), 17);
    }
    matrix_close(open);
    gap_table_free(&study);
}

/* An item without a perception has a row that says so. */
static void not_asked(void **state)
{
    (void)state;
    const bool left_out[] = {true, false};
    const int perception[] = {M, 4, M, 5};
    struct answer_matrix matrix = {.people = 2, .items = 2, .low = 1, .high = 7};
    matrix.answers[STANDARD_PERCEPTION] = perception;
    matrix.left_out[STANDARD_PERCEPTION] = left_out;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "perception", &table);
    for (uint32_t c = 2; c < table->column_count; c++)
        assert_cell_blank(table, &table->rows[0], table->measure->columns[c].name, "not_asked");
    assert_cell_digits(table, &table->rows[1], "mean", 4.5, 17);
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(weights),
        cmocka_unit_test(beside_a_gap),
        cmocka_unit_test(not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
