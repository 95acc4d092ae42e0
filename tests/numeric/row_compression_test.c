/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/row_compression.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "numeric/least_squares.h"
#include "support/digits.h"

enum { COLUMNS = 4, DISTINCT = 700, TIMES = 100, ROWS = DISTINCT * TIMES };

static void read_row(const void *state, size_t row, double *out)
{
    uint64_t seed = *(const uint64_t *)state;
    for (size_t j = 0; j < COLUMNS; j++)
        out[j] = 5 + 3 * chance_uniform(seed, j, row);
}

/* "R′R = A′A", for less than a block, just a block, and several. */
static void the_squares_are_the_same(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 3, 999, 1000, 1001, 4500};
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        uint64_t seed = s;
        const struct row_source source = {.rows = sizes[s], .columns = COLUMNS, .state = &seed, .read = read_row};
        double triangle[COLUMNS * COLUMNS], row[COLUMNS], squares[COLUMNS * COLUMNS] = {0};
        assert_int_equal(rows_compress(&ctx, &source, triangle), STATUS_OK);
        for (size_t i = 0; i < sizes[s]; i++) {
            read_row(&seed, i, row);
            for (size_t k = 0; k < COLUMNS * COLUMNS; k++)
                squares[k] += row[k / COLUMNS] * row[k % COLUMNS];
        }
        for (size_t k = 0; k < COLUMNS * COLUMNS; k++) {
            double sum = 0;
            for (size_t i = 0; i < COLUMNS; i++)
                sum += triangle[k / COLUMNS * COLUMNS + i] * triangle[k % COLUMNS * COLUMNS + i];
            assert_digits(sum, squares[k], 13);
            assert_true(k % COLUMNS <= k / COLUMNS || triangle[k] == 0);
        }
    }
    arena_destroy(ctx.arena);
}

static double x[3 * ROWS], y[ROWS], few_x[3 * DISTINCT], few_y[DISTINCT], few_weights[DISTINCT];
static uint32_t units[ROWS], few_units[DISTINCT];

static double se_of(struct ctx *ctx, const struct regression *r, const struct least_squares *fit,
                    const struct covariance_method *method)
{
    double v[16];
    enum undefined undefined = UNDEFINED_COUNT;
    assert_int_equal(least_squares_covariance(ctx, r, fit, method, v, &undefined), STATUS_OK);
    assert_int_equal(undefined, DEFINED);
    return sqrt(v[5]);
}

/* Reads a row that another regression holds. */
static double read_from(const void *state, size_t row, double *out)
{
    return regression_row(state, row, out);
}

/* Seventy thousand rows, each of 700 a hundred times: the regression of 700 rows with weights of 100. Only what is kept for each
 * row differs; the robust errors differ as their definitions do. */
static void many_rows_are_fitted_as_few(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    for (size_t i = 0; i < ROWS; i++) {
        size_t of = i % DISTINCT;
        double common = 20 + chance_uniform(1, 1, of);
        for (size_t j = 0; j < 3; j++)
            x[j * ROWS + i] = few_x[j * DISTINCT + of] = common + chance_uniform(1, 2 + j, of);
        y[i] = few_y[of] = x[i] - .5 * x[2 * ROWS + i] + chance_uniform(1, 9, of);
        units[i] = few_units[of] = (uint32_t)(of % 50);
        few_weights[of] = TIMES;
    }
    const struct regression many = {.rows = ROWS, .columns = 3, .x = x, .y = y, .weights = NULL, .intercept = true},
                            few = {.rows = DISTINCT,
                                   .columns = 3,
                                   .x = few_x,
                                   .y = few_y,
                                   .weights = few_weights,
                                   .intercept = true};
    struct least_squares a, b;
    assert_int_equal(least_squares_fit(&ctx, &many, &a), STATUS_OK);
    assert_int_equal(least_squares_fit(&ctx, &few, &b), STATUS_OK);
    assert_true(a.undefined == DEFINED && !a.residuals && !a.leverages && b.residuals);
    for (size_t j = 0; j < 4; j++)
        assert_digits(a.coefficients[j], b.coefficients[j], 9);
    for (size_t k = 0; k < 16; k++)
        assert_digits(a.inverse[k], b.inverse[k], 9);
    assert_digits(a.r_squared, b.r_squared, 11);
    assert_digits(a.residual_squares, b.residual_squares, 11);
    assert_digits(1 - a.adjusted_r_squared, (1 - a.r_squared) * (ROWS - 1) / (ROWS - 4), 11);
    assert_digits(least_squares_inflation(&a, 1), least_squares_inflation(&b, 1), 11);
    const struct covariance_method of_many = {.kind = COVARIANCE_CLUSTER, .units = units, .unit_count = 50};
    const struct covariance_method of_few = {.kind = COVARIANCE_CLUSTER, .units = few_units, .unit_count = 50};
    double factor = sqrt((ROWS - 1.) / (ROWS - 4) / ((DISTINCT - 1.) / (DISTINCT - 4)));
    assert_digits(se_of(&ctx, &many, &a, &of_many), factor * se_of(&ctx, &few, &b, &of_few), 9);
    double cook = 0, room_of_row[5];
    for (size_t i = 0; i < DISTINCT; i += 70) {
        assert_int_equal(least_squares_cook(&many, &a, i, room_of_row, &cook), DEFINED);
        double h = b.leverages[i] / TIMES, e = b.residuals[i] / (1 - h);
        assert_digits(cook, e * e * h / (4 * a.sigma_squared), 7);
    }
    const struct covariance_method hc3 = {.kind = COVARIANCE_HC3}, plain = {.kind = COVARIANCE_CLASSICAL};
    assert_true(fabs(se_of(&ctx, &many, &a, &hc3) / se_of(&ctx, &many, &a, &plain) - 1) < .1);
    for (size_t i = 0; i < ROWS; i++)
        x[ROWS + i] = 2 * x[i] - 7;
    assert_int_equal(least_squares_fit(&ctx, &many, &a), STATUS_OK);
    assert_true(a.undefined == UNDEFINED_SINGULAR && a.dependent[0] && a.dependent[1] && !a.dependent[2]);
    for (size_t i = 0; i < ROWS; i++) {
        x[ROWS + i] = chance_uniform(3, 3, i);
        y[i] = .1;
    }
    assert_int_equal(least_squares_fit(&ctx, &many, &a), STATUS_OK);
    assert_int_equal(a.undefined, UNDEFINED_NO_VARIANCE);
    for (size_t i = 0; i < ROWS; i++)
        y[i] = x[i] - x[ROWS + i];
    assert_int_equal(least_squares_fit(&ctx, &many, &a), STATUS_OK);
    assert_true(a.undefined == DEFINED && a.perfect && a.r_squared == 1);
    arena_destroy(ctx.arena);
}

/* Rows that are read give the same bits as rows that are held, of seventy thousand. */
static void many_rows_may_be_read(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < 3; j++)
            x[j * ROWS + i] = 20 + chance_uniform(4, j, i);
        y[i] = x[i] - .5 * x[2 * ROWS + i] + chance_uniform(4, 9, i);
        units[i] = (uint32_t)(i % 50);
    }
    const struct regression held = {.rows = ROWS, .columns = 3, .x = x, .y = y, .intercept = true};
    const struct regression read = {.rows = ROWS, .columns = 3, .intercept = true, .read = read_from, .state = &held};
    const struct covariance_method hc3 = {.kind = COVARIANCE_HC3};
    const struct covariance_method by_unit = {.kind = COVARIANCE_CLUSTER, .units = units, .unit_count = 50};
    struct least_squares a, b;
    assert_int_equal(least_squares_fit(&ctx, &held, &a), STATUS_OK);
    assert_int_equal(least_squares_fit(&ctx, &read, &b), STATUS_OK);
    assert_memory_equal(a.coefficients, b.coefficients, 4 * sizeof *a.coefficients);
    assert_memory_equal(a.inverse, b.inverse, 16 * sizeof *a.inverse);
    assert_true(se_of(&ctx, &held, &a, &hc3) == se_of(&ctx, &read, &b, &hc3));
    assert_true(se_of(&ctx, &held, &a, &by_unit) == se_of(&ctx, &read, &b, &by_unit));
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_squares_are_the_same), cmocka_unit_test(many_rows_are_fitted_as_few),
                                       cmocka_unit_test(many_rows_may_be_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
