/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/share_shrinkage.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/chance.h"
#include "numeric/distribution.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

enum { UNITS_MAX = 64 };

static void open_ctx(struct ctx *ctx)
{
    *ctx = (struct ctx){.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx->arena), STATUS_OK);
}

static size_t read_numbers(const json_t *row, const char *key, double *out)
{
    const json_t *array = json_object_get(row, key);
    size_t count = json_array_size(array);
    assert_true(count >= 1 && count <= UNITS_MAX);
    for (size_t i = 0; i < count; i++)
        out[i] = json_number_value(json_array_get(array, i));
    return count;
}

/* "X² = Σ(x − np)²/(np(1 − p))", "ρ = (X² − (k − 1))/Σ(n − 1)(1 − n/N)", "(x + Mp)/(n + M)"; intervals by R's integrate */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("shrinkage");
    struct agreement agreement = {.name = "shrunken shares", .wanted = 12}, ends = {.name = "their intervals", .wanted = 6.5};
    struct ctx ctx;
    open_ctx(&ctx);
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "shares"), index, row) {
        double x[UNITS_MAX], n[UNITS_MAX], shrunken[UNITS_MAX], low[UNITS_MAX], high[UNITS_MAX];
        size_t count = read_numbers(row, "x", x);
        assert_int_equal(read_numbers(row, "n", n), count);
        assert_int_equal(read_numbers(row, "shrunken", shrunken), count);
        assert_int_equal(read_numbers(row, "low", low), count);
        assert_int_equal(read_numbers(row, "high", high), count);
        struct share_spread spread = {0};
        assert_int_equal(share_spread_find(x, n, count, &spread), DEFINED);
        agreement_add_member(&agreement, true, spread.share, row, "share");
        agreement_add_member(&agreement, true, spread.chi_square, row, "chi2");
        agreement_add_member(&agreement, true, spread.correlation, row, "rho");
        agreement_add_member(&agreement, spread.correlation > 0, spread.precision, row, "m");
        struct share_posterior *posterior = NULL;
        assert_int_equal(share_posterior_create(&ctx, x, n, count, &posterior), STATUS_OK);
        for (size_t i = 0; i < count; i++) {
            agreement_add(&agreement, shrunken_share(x[i], n[i], &spread), shrunken[i]);
            struct interval interval;
            assert_int_equal(share_posterior_interval(posterior, i, member_number(row, "confidence"), &interval), DEFINED);
            agreement_add(&ends, 1 + interval.low, 1 + low[i]); /* near 0 what counts is the distance */
            agreement_add(&ends, 1 + interval.high, 1 + high[i]);
        }
    }
    agreement_print(&agreement);
    agreement_print(&ends);
    arena_destroy(ctx.arena);
    json_decref(root);
}

/* formulas.md section 9: "Beta-binomial x 4 25 2 30 7 1 of 50 120 40 110 90 30: p .1568182, X² 26.98008, ρ .0637104,
 * M 14.69603 → .09745 .20271 .07870 .25907 .08887 .07394" */
static void the_formula_sheets_example(void **state)
{
    (void)state;
    static const double x[] = {4, 25, 2, 30, 7, 1}, n[] = {50, 120, 40, 110, 90, 30};
    static const double shrunken[] = {.09745, .20271, .07870, .25907, .08887, .07394};
    struct share_spread spread;
    assert_int_equal(share_spread_find(x, n, 6, &spread), DEFINED);
    assert_digits(spread.share, .1568182, 6.5);
    assert_digits(spread.chi_square, 26.98008, 7);
    assert_digits(spread.correlation, .0637104, 6);
    assert_digits(spread.precision, 14.69603, 6.5);
    for (size_t i = 0; i < 6; i++)
        assert_digits(shrunken_share(x[i], n[i], &spread), shrunken[i], 4);
}

/* One simulated study: 40 people in each unit, true shares beta with mean .3 and M = 20.
 * gives   how many intervals cover */
static size_t simulate(uint64_t k, uint64_t study)
{
    enum { PEOPLE = 40 };
    double truth[UNITS_MAX], x[UNITS_MAX] = {0}, n[UNITS_MAX];
    for (uint64_t i = 0; i < k; i++) {
        truth[i] = beta_quantile(chance_uniform(116, k, study * 10000 + i), 6, 14);
        n[i] = PEOPLE;
        for (uint64_t p = 0; p < PEOPLE; p++)
            x[i] += chance_uniform(116, k, study * 10000 + 100 + i * PEOPLE + p) < truth[i];
    }
    struct ctx ctx;
    open_ctx(&ctx);
    struct share_posterior *posterior = NULL;
    assert_int_equal(share_posterior_create(&ctx, x, n, k, &posterior), STATUS_OK);
    size_t covered = 0;
    for (size_t i = 0; i < k; i++) {
        struct interval interval;
        assert_int_equal(share_posterior_interval(posterior, i, .95, &interval), DEFINED);
        covered += interval.low <= truth[i] && truth[i] <= interval.high;
    }
    arena_destroy(ctx.arena);
    return covered;
}

/* "coverage by simulation" */
static void intervals_cover_as_they_promise(void **state)
{
    (void)state;
    enum { STUDIES = 60 };
    static const uint64_t sizes[] = {5, 10, 20};
    for (size_t s = 0; s < 3; s++) {
        size_t covered = 0;
        for (uint64_t study = 0; study < STUDIES; study++)
            covered += simulate(sizes[s], study);
        double share = (double)covered / (double)(STUDIES * sizes[s]);
        print_message("k = %d: %.3f\n", (int)sizes[s], share);
        assert_true(share > .89 && share < .98);
    }
}

/* Short and not short are two names of one thing; draws lie about the shrunken share. */
static void laws(void **state)
{
    (void)state;
    static const double x[] = {4, 25, 2, 30, 7, 1}, n[] = {50, 120, 40, 110, 90, 30};
    double rest[6];
    for (size_t i = 0; i < 6; i++)
        rest[i] = n[i] - x[i];
    struct ctx ctx;
    open_ctx(&ctx);
    struct share_posterior *posterior = NULL, *turned = NULL;
    assert_int_equal(share_posterior_create(&ctx, x, n, 6, &posterior), STATUS_OK);
    assert_int_equal(share_posterior_create(&ctx, rest, n, 6, &turned), STATUS_OK);
    for (size_t i = 0; i < 6; i++) {
        struct interval a, b;
        assert_int_equal(share_posterior_interval(posterior, i, .9, &a), DEFINED);
        assert_int_equal(share_posterior_interval(turned, i, .9, &b), DEFINED);
        assert_digits(b.low, 1 - a.high, 10);
        assert_digits(b.high, 1 - a.low, 10);
    }
    struct share_draws draws = {posterior, 1, 2};
    double sum = 0, values[6];
    for (uint32_t d = 0; d < 2000; d++) {
        share_posterior_draw(&draws, d, values);
        assert_true(isfinite(values[3]));
        sum += 1 / (1 + exp(-values[3])) / 2000;
    }
    assert_true(fabs(sum - .259) < .01);
    arena_destroy(ctx.arena);
}

/* "One draw of all true shares together": of one unit as often below a share as its interval says, also with shapes below 1 */
static void draws_follow_the_posterior(void **state)
{
    (void)state;
    enum { DRAWS = 4000 };
    static const double x[] = {0, 5, 12, 3}, n[] = {2, 11, 13, 40};
    struct ctx ctx;
    open_ctx(&ctx);
    struct share_posterior *posterior = NULL;
    assert_int_equal(share_posterior_create(&ctx, x, n, 4, &posterior), STATUS_OK);
    struct share_draws draws = {posterior, 5, 6};
    for (size_t i = 0; i < 4; i++) {
        struct interval half;
        double values[4];
        unsigned below = 0, above = 0;
        assert_int_equal(share_posterior_interval(posterior, i, .5, &half), DEFINED);
        for (uint32_t d = 0; d < DRAWS; d++) {
            share_posterior_draw(&draws, d, values);
            double share = 1 / (1 + exp(-values[i]));
            below += share < half.low;
            above += share > half.high;
        }
        assert_true(fabs((double)below / DRAWS - .25) < .03 && fabs((double)above / DRAWS - .25) < .03);
    }
    arena_destroy(ctx.arena);
}

/* "count < 2 -> UNDEFINED_TOO_FEW;  p = 0 or 1, or all n = 1 -> UNDEFINED_NO_VARIANCE"; no spread beyond chance pools all */
static void degenerate_cases(void **state)
{
    (void)state;
    static const double none[] = {0, 0, 0}, n[] = {3, 7, 11}, ones[] = {1, 1, 1}, x[] = {1, 0, 1}, even[] = {1.5, 3.5, 5.5};
    struct share_spread spread = {.share = 7};
    assert_int_equal(share_spread_find(x, ones, 1, &spread), UNDEFINED_TOO_FEW);
    assert_int_equal(share_spread_find(none, n, 3, &spread), UNDEFINED_NO_VARIANCE);
    assert_int_equal(share_spread_find(n, n, 3, &spread), UNDEFINED_NO_VARIANCE);
    assert_int_equal(share_spread_find(x, ones, 3, &spread), UNDEFINED_NO_VARIANCE);
    assert_true(spread.share == 7);
    assert_int_equal(share_spread_find(even, n, 3, &spread), DEFINED);
    assert_true(spread.correlation < 0 && spread.precision == 0 && shrunken_share(3, 3, &spread) == .5);
    /* each unit all or nothing: ρ near 1 */
    static const double split[] = {0, 7, 11};
    assert_int_equal(share_spread_find(split, n, 3, &spread), DEFINED);
    assert_true(spread.precision >= 0 && isfinite(shrunken_share(0, 3, &spread)));
    struct ctx ctx;
    open_ctx(&ctx);
    struct share_posterior *posterior = NULL;
    struct interval interval;
    assert_int_equal(share_posterior_create(&ctx, split, n, 3, &posterior), STATUS_OK);
    assert_int_equal(share_posterior_interval(posterior, 0, .95, &interval), DEFINED);
    assert_true(interval.low >= 0 && interval.low < interval.high && interval.high < 1);
    assert_int_equal(share_posterior_create(&ctx, x, ones, 3, &posterior), STATUS_OK);
    assert_int_equal(share_posterior_interval(posterior, 1, .95, &interval), DEFINED);
    assert_true(interval.low >= 0 && interval.low < interval.high && interval.high <= 1);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(the_formula_sheets_example),
        cmocka_unit_test(intervals_cover_as_they_promise),
        cmocka_unit_test(draws_follow_the_posterior),
        cmocka_unit_test(laws),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
