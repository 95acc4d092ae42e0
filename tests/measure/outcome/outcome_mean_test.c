/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/digits.h"
#include "support/table_cells.h"

enum { PEOPLE = 12 };

static const int item[4 * PEOPLE] = {1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2};
static const int satisfaction[PEOPLE] = {7, 3, 9, 4, 4, 8, 10, 2, 6, 5, MATRIX_MISSING, 7};

/* A study of one outcome beside an item nobody looks at. */
static struct answer_matrix outcome_matrix(const struct matrix_outcome *outcome, unsigned people)
{
    struct answer_matrix matrix = {.people = people, .items = 1, .low = 1, .high = 5, .outcomes = outcome, .outcome_count = 1};
    matrix.answers[STANDARD_PERCEPTION] = item;
    return matrix;
}

static double cell(const struct table *table, uint32_t row, const char *column)
{
    const struct value *value = table_value(table, &table->rows[row], column);
    assert_int_equal(value->kind, VALUE_NUMBER);
    return value->number;
}

/* Mean 65/11 and its error from the definition. */
static void by_hand(void **state)
{
    (void)state;
    struct matrix_outcome outcome = {"satisfaction", 1, 10, satisfaction, OUTCOME_ROLE_SATISFACTION};
    struct answer_matrix matrix = outcome_matrix(&outcome, PEOPLE);
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "outcome_mean", &table);
    double squares = 0;
    for (unsigned i = 0; i < PEOPLE; i++)
        squares += satisfaction[i] == MATRIX_MISSING ? 0 : pow(satisfaction[i] - 65.0 / 11, 2);
    assert_digits(cell(table, 0, "mean"), 65.0 / 11, 15);
    assert_digits(cell(table, 0, "sd"), sqrt(squares / 10), 14);
    assert_digits(cell(table, 0, "se"), sqrt(squares / 10 / 11), 14);
    assert_cell_count(table, table->rows, "n", 11);
    assert_cell_count(table, table->rows, "n_missing", 1);
    assert_cell_count(table, table->rows, "df", 10);
    matrix_close(study);
}

/* Stratum by stratum: Σ_h C_h/(C_h−1) Σ(z − z̄_h)², z = (x − x̄)/n, and the row without an answer counts in C_h with z = 0. */
static void strata_by_hand(void **state)
{
    (void)state;
    static const unsigned strata[PEOPLE] = {1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2};
    struct matrix_outcome outcome = {"satisfaction", 1, 10, satisfaction, OUTCOME_ROLE_SATISFACTION};
    struct answer_matrix matrix = outcome_matrix(&outcome, PEOPLE);
    matrix.strata = strata;
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "outcome_mean", &table);
    double square = 0;
    for (unsigned h = 1; h <= 2; h++) {
        double sum = 0, squares = 0, count = 0;
        for (unsigned i = 0; i < PEOPLE; i++) {
            double z = satisfaction[i] == MATRIX_MISSING ? 0 : (satisfaction[i] - 65.0 / 11) / 11;
            count += strata[i] == h;
            sum += strata[i] == h ? z : 0;
            squares += strata[i] == h ? z * z : 0;
        }
        square += count / (count - 1) * (squares - sum * sum / count);
    }
    assert_digits(cell(table, 0, "se"), sqrt(square), 14);
    assert_cell_count(table, table->rows, "df", 9);
    matrix_close(study);
}

/* "a stratum of one unit -> lonely_stratum": only where it enters. */
static void one_alone(void **state)
{
    (void)state;
    static const unsigned strata[PEOPLE] = {1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3};
    static const char *const segments[PEOPLE] = {"a", "a", "a", "b", "b", "a", "a", "a", "b", "b", "b", "b"};
    struct matrix_outcome outcome = {"satisfaction", 1, 10, satisfaction, OUTCOME_ROLE_SATISFACTION};
    struct answer_matrix matrix = outcome_matrix(&outcome, PEOPLE);
    matrix.strata = strata;
    matrix.segments = segments;
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "outcome_mean", &table);
    assert_digits(cell(table, 0, "mean"), 65.0 / 11, 15);
    assert_cell_blank(table, table->rows, "se", "lonely_stratum");
    assert_cell_blank(table, table->rows, "ci_low", "lonely_stratum");
    assert_int_equal(table->note_count, 2);
    assert_non_null(strstr(table->notes[1].english, "One stratum holds a single encounter"));
    assert_non_null(strstr(table->notes[1].english, "Merge it with the stratum most like it in column stratum."));
    table = matrix_measure(study, "outcome_mean", true, 0.95);
    assert_int_equal(table->row_count, 2);
    assert_true(cell(table, 0, "se") > 0);
    assert_cell_blank(table, &table->rows[1], "se", "lonely_stratum");
    matrix_close(study);
}

/* blank: "nobody answered, one answer -> too_few; all equal: interval -> no_variance" */
static void nothing_to_go_by(void **state)
{
    (void)state;
    static const int answers[3][PEOPLE] = {
        {MATRIX_MISSING, MATRIX_MISSING, MATRIX_MISSING}, {MATRIX_MISSING, 6, MATRIX_MISSING}, {6, 6, 6}};
    static const char *const reasons[] = {"too_few", "too_few", "no_variance"};
    for (unsigned i = 0; i < 3; i++) {
        struct matrix_outcome outcome = {"satisfaction", 1, 10, answers[i], OUTCOME_ROLE_SATISFACTION};
        struct answer_matrix matrix = outcome_matrix(&outcome, 3);
        const struct table *table = NULL;
        struct matrix_study *study = matrix_table(&matrix, "outcome_mean", &table);
        assert_cell_blank(table, table->rows, "ci_low", reasons[i]);
        if (i == 0)
            assert_cell_blank(table, table->rows, "mean", "too_few");
        else
            assert_digits(cell(table, 0, "mean"), 6, 16);
        if (i == 1)
            assert_cell_blank(table, table->rows, "sd", "too_few");
        matrix_close(study);
    }
}

/* "weights k give the means of duplicating k times", here of stratum by stratum. */
static void weights_stand_for_copies(void **state)
{
    (void)state;
    double weights[PEOPLE];
    int copies[4 * PEOPLE];
    unsigned count = 0;
    for (unsigned i = 0; i < PEOPLE; i++) {
        weights[i] = 1 + i % 4;
        for (unsigned k = 0; k < 1 + i % 4; k++)
            copies[count++] = satisfaction[i];
    }
    struct matrix_outcome outcome = {"satisfaction", 1, 10, satisfaction, OUTCOME_ROLE_SATISFACTION};
    struct matrix_outcome copied = {"satisfaction", 1, 10, copies, OUTCOME_ROLE_SATISFACTION};
    struct answer_matrix weighted = outcome_matrix(&outcome, PEOPLE), long_one = outcome_matrix(&copied, count);
    weighted.weights = weights;
    const struct table *a = NULL, *b = NULL;
    struct matrix_study *first = matrix_table(&weighted, "outcome_mean", &a),
                        *second = matrix_table(&long_one, "outcome_mean", &b);
    assert_digits(cell(a, 0, "mean"), cell(b, 0, "mean"), 15);
    matrix_close(first);
    matrix_close(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),          cmocka_unit_test(strata_by_hand),           cmocka_unit_test(one_alone),
        cmocka_unit_test(nothing_to_go_by), cmocka_unit_test(weights_stand_for_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
