/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "numeric/net_share.h"
#include "support/answer_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

#define M MATRIX_MISSING

static const char *const bands[] = {"share_two_below", "share_one_below", "share_equal", "share_one_above", "share_two_above"};

static void check_item(const struct table *table, const struct row *row, json_t *expected)
{
    double n = json_number_value(json_object_get(expected, "n"));
    assert_cell_json(table, row, "n", json_object_get(expected, "n"), 17);
    assert_cell_json(table, row, "room_used_up", json_object_get(expected, "better"), 14);
    assert_cell_json(table, row, "room_used_down", json_object_get(expected, "worse"), 14);
    assert_cell_digits(table, row, "ceiling_share", json_number_value(json_object_get(expected, "n_ceiling")) / n, 15);
    for (size_t b = 0; b < 5; b++)
        assert_cell_digits(table, row, bands[b], json_number_value(json_array_get(json_object_get(expected, "bands"), b)) / n,
                           15);
    assert_cell_json(table, row, "net", json_object_get(expected, "net"), 14);
    struct interval interval;
    double better = json_number_value(json_object_get(expected, "n_better")) / n;
    double worse = json_number_value(json_object_get(expected, "n_worse")) / n;
    assert_int_equal(net_share_interval(better, worse, n, 0.95, &interval), DEFINED);
    assert_cell_digits(table, row, "net_low", interval.low, 13);
    assert_cell_digits(table, row, "net_high", interval.high, 13);
}

/* "g⁺ = (P−E)/(hi−E) if P>E; g⁻ = (P−E)/(E−lo) if P<E … reported apart" (F5); "shares of g ≤ −2, = −1, = 0, = +1, ≥ +2"
 * (F6): against R. */
static void rooms_and_bands(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("composite");
    unsigned people = 0, items = 0;
    int *expectation = matrix_read(oracle_at(oracle, "expectation"), &people, &items);
    int *perception = matrix_read(oracle_at(oracle, "perception"), &people, &items);
    struct answer_matrix matrix = {.people = people, .items = items, .low = 1, .high = 7};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "gap_bands", &table);
    assert_int_equal(table->row_count, items);
    for (unsigned i = 0; i < items; i++)
        check_item(table, &table->rows[i], json_array_get(oracle_at(oracle, "items"), i));
    matrix_close(open);
    free(expectation);
    free(perception);
    json_decref(oracle);
}

/* Weights: a person of weight 3 is three persons in every share; the interval uses the effective number. Nobody above:
 * room_used_up has no value. Clusters: the net share has no interval. */
static void weights_and_blanks(void **state)
{
    (void)state;
    const int expectation[] = {5, 5, 7, 1, M}, perception[] = {3, 4, 7, 1, 2};
    const double weights[] = {3, 1, 2, 2, 5};
    const unsigned clusters[] = {1, 2, 3, 4, 5};
    struct answer_matrix matrix = {.people = 5, .items = 1, .low = 1, .high = 7, .weights = weights};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "gap_bands", &table);
    const struct row *row = table->rows;
    assert_cell_count(table, row, "n", 4);
    assert_cell_digits(table, row, "share_two_below", 3 / 8.0, 16);
    assert_cell_digits(table, row, "share_one_below", 1 / 8.0, 16);
    assert_cell_digits(table, row, "share_equal", 4 / 8.0, 16);
    assert_cell_digits(table, row, "net", -0.5, 16);
    assert_cell_digits(table, row, "ceiling_share", 0.25, 16);
    assert_cell_digits(table, row, "floor_share", 0.25, 16);
    assert_cell_blank(table, row, "room_used_up", "no_pairs");
    /* (3 × −2/4 + 1 × −1/4) / 4 */
    assert_cell_digits(table, row, "room_used_down", -1.75 / 4, 15);
    struct interval interval;
    assert_int_equal(net_share_interval(0, 0.5, 64 / 18.0, 0.95, &interval), DEFINED);
    assert_cell_digits(table, row, "net_low", interval.low, 13);
    matrix_close(open);

    matrix.clusters = clusters;
    open = matrix_table(&matrix, "gap_bands", &table);
    assert_cell_blank(table, table->rows, "net_low", "clustered");
    assert_cell_digits(table, table->rows, "net", -0.5, 16);
    matrix_close(open);

    const int nobody[] = {M, M, M, M, M};
    matrix.answers[STANDARD_PERCEPTION] = nobody;
    open = matrix_table(&matrix, "gap_bands", &table);
    assert_cell_count(table, table->rows, "n", 0);
    assert_cell_blank(table, table->rows, "share_equal", "no_pairs");
    assert_cell_blank(table, table->rows, "net", "no_pairs");
    matrix_close(open);
}

/* An item that was not asked both ways has a row that says so. */
static void not_asked(void **state)
{
    (void)state;
    const bool left_out[] = {true, false};
    const int expectation[] = {M, 4, M, 5}, perception[] = {3, 4, 5, 7};
    struct answer_matrix matrix = {.people = 2, .items = 2, .low = 1, .high = 7};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    matrix.left_out[STANDARD_EXPECTATION] = left_out;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "gap_bands", &table);
    for (uint32_t c = 2; c < table->column_count; c++)
        assert_cell_blank(table, &table->rows[0], table->measure->columns[c].name, "not_asked");
    assert_cell_text(table, &table->rows[0], "item", "q1");
    assert_cell_digits(table, &table->rows[1], "share_two_above", 0.5, 17);
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rooms_and_bands), cmocka_unit_test(weights_and_blanks),
                                       cmocka_unit_test(not_asked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
