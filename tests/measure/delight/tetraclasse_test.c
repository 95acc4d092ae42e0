/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/delight_study.h"
#include "support/gap_table_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

static struct delight_study study;

/* Each item's row against the oracle's. */
static void compare(const char *path)
{
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "tetraclasse", &table);
    json_t *rows = oracle_at(study.oracle, path);
    assert_int_equal(table->row_count, json_array_size(rows));
    for (size_t i = 0; i < json_array_size(rows); i++)
        assert_row_json(table, &table->rows[i], json_array_get(rows, i), 11);
    print_message("%s: all agree to %.1f digits or more\n", path, digits_least());
    matrix_close(open);
}

/* F45 against the singular value decomposition, plain and weighted */
static void agrees_with_svd(void **state)
{
    (void)state;
    delight_marks(&study);
    compare("tetraclasse.plain");
    study.matrix.weights = study.weights;
    compare("tetraclasse.weighted");
    delight_free(&study);
}

#define PEOPLE 60
static int got[PEOPLE * 3], satisfied[PEOPLE];
static const struct matrix_outcome outcome = {"satisfaction", 1, 5, satisfied, OUTCOME_ROLE_SATISFACTION};

static struct answer_matrix three_items(void)
{
    for (unsigned i = 0; i < PEOPLE; i++) {
        got[3 * i] = i % 2 ? 2 : 4;
        got[3 * i + 1] = i % 3 ? 5 : 1;
        got[3 * i + 2] = i < 4 ? 1 : 5;
        satisfied[i] = (int)(1 + i * 11 % 5);
    }
    struct answer_matrix matrix = {.people = PEOPLE, .items = 3, .low = 1, .high = 5, .outcomes = &outcome, .outcome_count = 1};
    matrix.answers[STANDARD_PERCEPTION] = got;
    return matrix;
}

/* "An item that fewer than 5 marked bad, or fewer than 5 good, cannot be classed"; the middle of the outcome is left out */
static void thin_items_are_not_classed(void **state)
{
    (void)state;
    const struct table *table = NULL;
    struct answer_matrix matrix = three_items();
    struct matrix_study *open = matrix_table(&matrix, "tetraclasse", &table);
    assert_cell_blank(table, &table->rows[2], "class", "too_few");
    assert_cell_blank(table, &table->rows[2], "satisfied_when_bad", "too_few");
    assert_true(table->rows[2].values[table_column(table, "satisfied_when_good")].kind == VALUE_NUMBER);
    assert_cell_count(table, &table->rows[2], "n_bad", 3); /* one of the four stood in the middle */
    assert_cell_count(table, &table->rows[0], "n", 48);
    assert_true(table->rows[0].values[table_column(table, "class")].kind == VALUE_TEXT);
    /* the thin item is not in the stack: without it nothing else changes */
    double gain = cell_number(table, &table->rows[0], "gain");
    matrix_close(open);
    static const bool left_out[] = {false, false, true};
    static int two[PEOPLE * 3];
    for (unsigned i = 0; i < PEOPLE * 3; i++)
        two[i] = got[i];
    matrix.answers[STANDARD_PERCEPTION] = two;
    matrix.left_out[STANDARD_PERCEPTION] = left_out;
    open = matrix_table(&matrix, "tetraclasse", &table);
    assert_cell_blank(table, &table->rows[2], "class", "not_asked");
    assert_cell_digits(table, &table->rows[0], "gain", gain, 17);
    matrix_close(open);
}

/* A weight of k is k people. */
static void weights_are_people(void **state)
{
    (void)state;
    const struct table *table = NULL, *many = NULL;
    static int often[3 * PEOPLE * 3], often_satisfied[3 * PEOPLE];
    double weights[PEOPLE];
    struct answer_matrix matrix = three_items(), longer = matrix;
    struct matrix_outcome longer_outcome = outcome;
    unsigned at = 0;
    for (unsigned i = 0; i < PEOPLE; i++) {
        weights[i] = 1 + i % 3;
        for (unsigned k = 0; k <= i % 3; k++, at++) {
            for (unsigned j = 0; j < 3; j++)
                often[3 * at + j] = got[3 * i + j];
            often_satisfied[at] = satisfied[i];
        }
    }
    longer.people = at;
    longer.answers[STANDARD_PERCEPTION] = often;
    longer_outcome.answers = often_satisfied;
    longer.outcomes = &longer_outcome;
    matrix.weights = weights;
    struct matrix_study *weighted = matrix_table(&matrix, "tetraclasse", &table);
    struct matrix_study *repeated = matrix_table(&longer, "tetraclasse", &many);
    for (uint32_t i = 0; i < 2; i++) {
        assert_cell_digits(table, &table->rows[i], "gain", cell_number(many, &many->rows[i], "gain"), 12);
        assert_cell_digits(table, &table->rows[i], "loss", cell_number(many, &many->rows[i], "loss"), 12);
    }
    matrix_close(weighted);
    matrix_close(repeated);
}

/* "all outcomes the same -> no_variance"; nobody answered */
static void degenerate_cases(void **state)
{
    (void)state;
    const struct table *table = NULL;
    struct answer_matrix matrix = three_items();
    for (unsigned i = 0; i < PEOPLE; i++)
        satisfied[i] = 5;
    struct matrix_study *open = matrix_table(&matrix, "tetraclasse", &table);
    assert_cell_blank(table, &table->rows[0], "class", "no_variance");
    assert_cell_digits(table, &table->rows[0], "satisfied_when_bad", 1, 17);
    matrix_close(open);
    for (unsigned i = 0; i < PEOPLE; i++)
        satisfied[i] = 3;
    open = matrix_table(&matrix, "tetraclasse", &table);
    assert_cell_blank(table, &table->rows[0], "class", "no_pairs");
    assert_cell_count(table, &table->rows[0], "n", 0);
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_svd),
        cmocka_unit_test(thin_items_are_not_classed),
        cmocka_unit_test(weights_are_people),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
