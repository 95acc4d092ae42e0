/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/cross_moments.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/digits.h"

enum { N = 40, P = 4 };

static double x[2 * N * P], y[2 * N], weights[2 * N];

static void draw(uint64_t seed)
{
    for (size_t i = 0; i < (size_t)N * P; i++)
        x[i] = 1e4 + 5 * chance_uniform(seed, 1, i) + (i >= N ? .5 * (x[i - N] - 1e4) : 0);
    for (size_t i = 0; i < N; i++) {
        y[i] = 3 * x[i] - x[2 * N + i] + 8 * chance_uniform(seed, 2, i);
        weights[i] = .5 + chance_uniform(seed, 3, i);
    }
}

/* Rows as they were drawn, one by one, with some of the predictors. */
static double many_x[3 * N * P], many_y[3 * N], many_weights[3 * N];

static size_t write_out(const uint32_t *times, const size_t *chosen, size_t columns, bool weighted)
{
    size_t n = 0, at = 0;
    for (size_t i = 0; i < N; i++)
        n += times[i];
    for (size_t i = 0; i < N; i++) {
        for (uint32_t k = 0; k < times[i]; k++, at++) {
            many_y[at] = y[i];
            many_weights[at] = weighted ? weights[i] : 1;
            for (size_t j = 0; j < columns; j++)
                many_x[j * n + at] = x[chosen[j] * N + i];
        }
    }
    return n;
}

/* The rows that are drawn, written out one by one, give least_squares_fit the same slopes and R². */
static void agrees_with_rows_written_out(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    for (uint64_t seed = 0; seed < 6; seed++) {
        draw(seed);
        bool weighted = seed % 2;
        const struct regression regression = {
            .rows = N, .columns = P, .x = x, .y = y, .weights = weighted ? weights : NULL, .intercept = true};
        struct moment_rows rows;
        assert_int_equal(moment_rows_make(&ctx, &regression, &rows), STATUS_OK);
        uint32_t times[N];
        for (size_t i = 0; i < N; i++)
            times[i] = seed < 2 ? 1 : (uint32_t)chance_below(seed, 4, i, 3);
        double room[(P + 2) * (P + 2)], covariance[(P + 1) * (P + 1)], slopes[P], r_squared = 0;
        cross_moments_gather(&rows, seed < 2 ? NULL : times, room, covariance);
        const size_t in_order[] = {0, 1, 2, 3}, some[] = {3, 0, 2}, columns = seed < 4 ? P : 3;
        const size_t *chosen = seed < 4 ? in_order : some;
        const struct moment_model model = {covariance, P + 1, seed < 4 ? NULL : some, columns};
        assert_int_equal(moment_regression(&model, room, slopes, &r_squared), DEFINED);
        size_t n = write_out(times, chosen, columns, weighted);
        const struct regression written = {
            .rows = n, .columns = columns, .x = many_x, .y = many_y, .weights = many_weights, .intercept = true};
        struct least_squares fit;
        assert_int_equal(least_squares_fit(&ctx, &written, &fit), STATUS_OK);
        assert_int_equal(fit.undefined, DEFINED);
        assert_digits(r_squared, fit.r_squared, 12);
        for (size_t j = 0; j < columns; j++)
            assert_digits(slopes[j], fit.coefficients[1 + j], 10);
    }
    arena_destroy(ctx.arena);
}

/* "Covariances when group i comes times[i] times": units drawn whole are their rows drawn so often, with and without weights. */
static void groups_are_their_rows(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    for (uint64_t seed = 0; seed < 4; seed++) {
        draw(seed);
        const struct regression regression = {
            .rows = N, .columns = P, .x = x, .y = y, .weights = seed % 2 ? weights : NULL, .intercept = true};
        struct moment_rows rows;
        assert_int_equal(moment_rows_make(&ctx, &regression, &rows), STATUS_OK);
        uint32_t units[N], times[N], of_rows[N];
        double room[64], covariance[25], expected[25], n = 0;
        for (size_t i = 0; i < N; i++) {
            times[i] = (uint32_t)chance_below(seed, 5, i, 3);
            units[i] = (uint32_t)chance_below(seed, 6, i, 11);
        }
        for (size_t i = 0; i < N; i++)
            n += of_rows[i] = times[seed < 2 ? i : units[i]];
        const struct moment_grouping grouping = {.units = seed < 2 ? NULL : units, .unit_count = 11, .seed = 1, .stream = 2};
        struct moment_groups groups;
        assert_int_equal(moment_groups_make(&ctx, &rows, &grouping, &groups), STATUS_OK);
        assert_true(groups.count == (seed < 2 ? N : 11) && moment_groups_room(P + 1) <= 64);
        assert_true(moment_groups_gather(&groups, times, room, covariance) == n);
        cross_moments_gather(&rows, of_rows, room, expected);
        for (size_t k = 0; k < 25; k++)
            assert_digits(covariance[k], expected[k], 11);
        struct moment_groups read;
        assert_int_equal(moment_groups_of(&ctx, &regression, &grouping, &read), STATUS_OK);
        assert_true(moment_groups_gather(&read, times, room, expected) == n);
        assert_memory_equal(covariance, expected, sizeof covariance);
    }
    arena_destroy(ctx.arena);
}

/* "groups have as many units as each other, or one more", by chance, and nobody is lost. */
static void many_units_are_dealt(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    enum { MANY = 10000 };
    static double values[MANY];
    for (size_t i = 0; i < MANY; i++)
        values[i] = (double)i - (MANY - 1) / 2.;
    const struct moment_rows rows = {MANY, 1, values, NULL};
    const struct moment_grouping one = {.seed = 1, .stream = 2}, other = {.seed = 1, .stream = 3};
    struct moment_groups groups, others;
    assert_int_equal(moment_groups_make(&ctx, &rows, &one, &groups), STATUS_OK);
    /* a design of one stratum is dealt out as one without strata, though in another way */
    static uint32_t stratum[MANY];
    const struct moment_grouping single = {.seed = 1, .stream = 2, .strata = stratum, .stratum_count = 1};
    assert_int_equal(moment_groups_make(&ctx, &rows, &single, &others), STATUS_OK);
    assert_true(others.count == groups.count && others.stride == groups.stride);
    assert_memory_equal(others.sums, groups.sums, groups.count * groups.stride * sizeof *groups.sums);
    assert_int_equal(moment_groups_make(&ctx, &rows, &other, &others), STATUS_OK);
    assert_int_equal(groups.count, MOMENT_GROUPS_MAX);
    double room[8], covariance = 0, between = 0, differ = 0;
    assert_true(moment_groups_gather(&groups, NULL, room, &covariance) == MANY);
    assert_digits(covariance, (MANY * (double)MANY - 1) / 12, 12);
    for (size_t g = 0; g < groups.count; g++) {
        const double *sums = groups.sums + groups.stride * g;
        assert_true(sums[0] == 2 || sums[0] == 3);
        between += sums[2] * sums[2];
        differ += sums[2] != others.sums[others.stride * g + 2];
    }
    /* neighbours in the order of rows are not together: the groups' sums vary as those of independent rows */
    assert_true(fabs(between / MANY / covariance - 1) < .1);
    assert_true(differ > 4000);
    arena_destroy(ctx.arena);
}

/* "a group lies in one stratum"; a stratum has its part of the groups, but not too few, and each unit once. */
static void strata_are_not_mixed(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    enum { MANY = 9000, SMALL = 40, MIDDLE = 100 };
    static double values[MANY];
    static uint32_t strata[MANY];
    for (size_t i = 0; i < MANY; i++) {
        values[i] = 1;
        strata[i] = i % 3 == 0 ? 1 : i < SMALL * 3 ? 0 : i < (SMALL + MIDDLE) * 3 ? 2 : 1;
    }
    size_t units[3] = {0}, groups_of[3] = {0};
    double rows_of[3] = {0};
    for (size_t i = 0; i < MANY; i++)
        units[strata[i]]++;
    for (size_t i = 0; i < MANY; i++)
        values[i] = strata[i];
    const struct moment_rows rows = {MANY, 1, values, NULL};
    const struct moment_grouping grouping = {.seed = 1, .stream = 2, .strata = strata, .stratum_count = 3};
    struct moment_groups groups;
    assert_int_equal(moment_groups_make(&ctx, &rows, &grouping, &groups), STATUS_OK);
    for (size_t g = 0; g < groups.count; g++) {
        const double *sums = groups.sums + groups.stride * g;
        uint32_t stratum = groups.strata[g];
        assert_true(sums[0] >= 1 && sums[2] == sums[0] * stratum); /* all of its rows are of that stratum */
        groups_of[stratum]++;
        rows_of[stratum] += sums[0];
    }
    for (size_t s = 0; s < 3; s++)
        assert_true(rows_of[s] == (double)units[s]);
    assert_int_equal(groups_of[0], units[0] < STRATUM_GROUPS_MIN ? units[0] : STRATUM_GROUPS_MIN);
    assert_int_equal(groups_of[1], (size_t)((double)MOMENT_GROUPS_MAX * (double)units[1] / MANY));
    assert_true(groups_of[2] >= STRATUM_GROUPS_MIN && groups_of[2] <= units[2]);
    /* few units: each a group of its own */
    struct moment_rows few = rows;
    few.rows = 30;
    assert_int_equal(moment_groups_make(&ctx, &few, &grouping, &groups), STATUS_OK);
    assert_int_equal(groups.count, 30);
    assert_memory_equal(groups.strata, strata, 30 * sizeof *strata);
    arena_destroy(ctx.arena);
}

/* "the variance of a column that is constant in these rows is exactly 0"; "UNDEFINED_SINGULAR"; "UNDEFINED_NO_VARIANCE" */
static void degenerate_cases(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    draw(1);
    for (size_t i = 0; i < N; i++)
        x[N + i] = i < 20 ? .1 : .7; /* constant in the first half */
    const struct regression regression = {.rows = N, .columns = P, .x = x, .y = y, .weights = NULL, .intercept = true};
    struct moment_rows rows;
    assert_int_equal(moment_rows_make(&ctx, &regression, &rows), STATUS_OK);
    uint32_t times[N] = {0};
    for (size_t i = 0; i < 20; i++)
        times[i] = (uint32_t)(1 + i % 3);
    double room[(P + 2) * (P + 2)], covariance[(P + 1) * (P + 1)], slopes[P] = {7}, r_squared = 7;
    cross_moments_gather(&rows, times, room, covariance);
    assert_true(covariance[P + 1 + 1] == 0 && covariance[0] > 0);
    const struct moment_model model = {.covariance = covariance, .columns = P + 1, .count = P};
    assert_int_equal(moment_regression(&model, room, slopes, &r_squared), UNDEFINED_SINGULAR);
    for (size_t i = 0; i < N; i++)
        x[N + i] = 2 * x[i] - x[2 * N + i];
    assert_int_equal(moment_rows_make(&ctx, &regression, &rows), STATUS_OK);
    cross_moments_gather(&rows, NULL, room, covariance);
    assert_int_equal(moment_regression(&model, room, slopes, &r_squared), UNDEFINED_SINGULAR);
    for (size_t i = 0; i < N; i++)
        y[i] = .3;
    draw(2);
    for (size_t i = 0; i < N; i++)
        y[i] = .3;
    assert_int_equal(moment_rows_make(&ctx, &regression, &rows), STATUS_OK);
    cross_moments_gather(&rows, NULL, room, covariance);
    assert_int_equal(moment_regression(&model, room, slopes, &r_squared), UNDEFINED_NO_VARIANCE);
    assert_true(slopes[0] == 7 && r_squared == 7);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_rows_written_out),
        cmocka_unit_test(groups_are_their_rows),
        cmocka_unit_test(many_units_are_dealt),
        cmocka_unit_test(strata_are_not_mixed),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
