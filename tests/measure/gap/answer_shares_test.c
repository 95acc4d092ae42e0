/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "numeric/wilson.h"
#include "support/answer_matrix.h"
#include "support/table_cells.h"

#define M MATRIX_MISSING

static const struct row *answer_row(const struct table *table, const char *item, const char *standard)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (strcmp(table_value(table, row, "item")->text, item) == 0 &&
            strcmp(table_value(table, row, "standard")->text, standard) == 0)
            return row;
    }
    fail_msg("no row of the %s of %s", standard, item);
    return NULL;
}

/* The sides of the middle; a middle below 0: the scale has none. */
static void sides_assert(const struct table *table, const struct row *row, const double sides[3], double n)
{
    struct interval interval;
    assert_cell_digits(table, row, "below", sides[0], 15);
    if (sides[1] < 0)
        assert_cell_blank(table, row, "middle", "not_applicable");
    else
        assert_cell_digits(table, row, "middle", sides[1], 15);
    assert_cell_digits(table, row, "above", sides[2], 15);
    assert_int_equal(wilson_interval(sides[2], n, 0.95, &interval), DEFINED);
    assert_cell_digits(table, row, "above_low", interval.low, 13);
    assert_cell_digits(table, row, "above_high", interval.high, 13);
}

/* Each point, and the sides of the middle, of both standards; people without a pair are not counted. */
static void points_and_sides(void **state)
{
    (void)state;
    const int expectation[] = {5, 5, 4, 3, 2, 5}, perception[] = {3, 1, 5, 3, 4, M};
    struct answer_matrix matrix = {.people = 6, .items = 1, .low = 1, .high = 5};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "answer_shares", &table);
    assert_int_equal(table->row_count, 2);
    const struct row *expected = answer_row(table, "q1", "expectation"), *got = answer_row(table, "q1", "perception");
    assert_cell_count(table, expected, "n", 5);
    sides_assert(table, expected, (const double[]){0.2, 0.2, 0.6}, 5);
    sides_assert(table, got, (const double[]){0.2, 0.4, 0.4}, 5);
    assert_cell_digits(table, expected, "point_5", 0.4, 15);
    assert_cell_digits(table, got, "point_1", 0.2, 15);
    assert_cell_digits(table, got, "point_2", 0, 15);
    assert_cell_digits(table, got, "point_3", 0.4, 15);
    assert_cell_blank(table, got, "point_6", "not_applicable");
    matrix_close(open);
}

/* A scale of an even number of points has no middle, a long one only sides. */
static void other_scales(void **state)
{
    (void)state;
    const int answers[] = {-2, -1, 1, 0, 1, 1};
    struct answer_matrix matrix = {.people = 6, .items = 1, .low = -2, .high = 1};
    matrix.answers[STANDARD_PERCEPTION] = answers;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "answer_shares", &table);
    assert_int_equal(table->row_count, 1);
    sides_assert(table, &table->rows[0], (const double[]){2 / 6.0, -1, 4 / 6.0}, 6);
    assert_cell_digits(table, &table->rows[0], "point_1", 1 / 6.0, 15);
    assert_cell_digits(table, &table->rows[0], "point_4", 0.5, 15);
    assert_cell_blank(table, &table->rows[0], "point_5", "not_applicable");
    matrix_close(open);
    matrix.low = -10;
    matrix.high = 10;
    open = matrix_table(&matrix, "answer_shares", &table);
    sides_assert(table, &table->rows[0], (const double[]){2 / 6.0, 1 / 6.0, 0.5}, 6);
    assert_cell_blank(table, &table->rows[0], "point_1", "not_applicable");
    matrix_close(open);
}

/* Weights count people, and the interval their effective number; within clusters there is no interval; nobody is no share. */
static void weights_and_blanks(void **state)
{
    (void)state;
    const int expectation[] = {5, 5, 1, 1}, perception[] = {3, 4, 5, 1};
    const double weights[] = {3, 1, 2, 2};
    const unsigned clusters[] = {1, 2, 3, 4};
    struct answer_matrix matrix = {.people = 4, .items = 1, .low = 1, .high = 5, .weights = weights};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "answer_shares", &table);
    sides_assert(table, answer_row(table, "q1", "perception"), (const double[]){2 / 8.0, 3 / 8.0, 3 / 8.0}, 64 / 18.0);
    assert_cell_digits(table, answer_row(table, "q1", "expectation"), "point_5", 0.5, 15);
    matrix_close(open);
    matrix.clusters = clusters;
    open = matrix_table(&matrix, "answer_shares", &table);
    assert_cell_digits(table, answer_row(table, "q1", "perception"), "above", 3 / 8.0, 15);
    assert_cell_blank(table, answer_row(table, "q1", "perception"), "above_low", "clustered");
    matrix_close(open);
    const int nobody[] = {M, M, M, M};
    matrix.answers[STANDARD_PERCEPTION] = nobody;
    open = matrix_table(&matrix, "answer_shares", &table);
    assert_cell_count(table, answer_row(table, "q1", "perception"), "n", 0);
    assert_cell_blank(table, answer_row(table, "q1", "perception"), "above", "no_pairs");
    matrix_close(open);
}

/* An item whose expectation was not asked counts everyone who said what they got; one whose perception was not asked has no rows. */
static void items_asked_one_way(void **state)
{
    (void)state;
    const bool no_expectation[] = {true, false, false}, no_perception[] = {false, false, true};
    const int expectation[] = {M, 4, 4, M, 5, 4}, perception[] = {3, 4, M, 5, 2, M};
    struct answer_matrix matrix = {.people = 2, .items = 3, .low = 1, .high = 5};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    matrix.left_out[STANDARD_EXPECTATION] = no_expectation;
    matrix.left_out[STANDARD_PERCEPTION] = no_perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "answer_shares", &table);
    assert_int_equal(table->row_count, 3);
    sides_assert(table, answer_row(table, "q1", "perception"), (const double[]){0, 0.5, 0.5}, 2);
    sides_assert(table, answer_row(table, "q2", "expectation"), (const double[]){0, 0, 1}, 2);
    sides_assert(table, answer_row(table, "q2", "perception"), (const double[]){0.5, 0, 0.5}, 2);
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_and_sides),
        cmocka_unit_test(other_scales),
        cmocka_unit_test(weights_and_blanks),
        cmocka_unit_test(items_asked_one_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
