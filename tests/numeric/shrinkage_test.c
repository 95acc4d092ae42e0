/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/shrinkage.h"

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
    assert_true(count <= UNITS_MAX);
    for (size_t i = 0; i < count; i++)
        out[i] = json_number_value(json_array_get(array, i));
    return count;
}

/* τ², μ, its error and the shrunken values of one method. */
static void check_method(struct agreement *agreement, const json_t *row, const char *method, double between)
{
    double y[UNITS_MAX], v[UNITS_MAX], shrunken[UNITS_MAX];
    size_t count = read_numbers(row, "y", y);
    assert_int_equal(read_numbers(row, "v", v), count);
    const json_t *expected = json_object_get(row, method);
    assert_int_equal(read_numbers(expected, "shrunken", shrunken), count);
    struct common_mean mean = common_mean_of(y, v, count, between);
    agreement_add_member(agreement, true, between, expected, "tau2");
    agreement_add_member(agreement, true, mean.mean, expected, "mean");
    agreement_add_member(agreement, true, mean.se, expected, "se");
    for (size_t i = 0; i < count; i++)
        agreement_add(agreement, shrunken_value(y[i], v[i], between, mean.mean), shrunken[i]);
}

/* "against metafor's rma": DerSimonian–Laird, Paule–Mandel, common means and shrunken values */
static void agrees_with_metafor(void **state)
{
    (void)state;
    json_t *root = oracle_read("shrinkage");
    struct agreement laird = {.name = "DerSimonian-Laird", .wanted = 12.5}, mandel = {.name = "Paule-Mandel", .wanted = 11};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "values"), index, row) {
        double y[UNITS_MAX], v[UNITS_MAX], between = 0;
        size_t count = read_numbers(row, "y", y);
        assert_int_equal(read_numbers(row, "v", v), count);
        assert_int_equal(dersimonian_laird(y, v, count, &between), DEFINED);
        check_method(&laird, row, "dl", between);
        assert_int_equal(paule_mandel(y, v, count, &between), DEFINED);
        check_method(&mandel, row, "pm", between);
    }
    agreement_print(&laird);
    agreement_print(&mandel);
    json_decref(root);
}

/* formulas.md section 9: "EB y 7.9 8.3 6.8 8.8 7.2 8.1, v .10 .04 .20 .25 .05 .02: DL τ² .2436709539 μ 7.851360 …; PM τ²
 * .3757259328 μ 7.848974 → 7.88927 8.25660 7.16440 8.42003 7.27622 8.08731" */
static void the_formula_sheets_example(void **state)
{
    (void)state;
    static const double y[] = {7.9, 8.3, 6.8, 8.8, 7.2, 8.1}, v[] = {.10, .04, .20, .25, .05, .02};
    static const double laird[] = {7.88585, 8.23674, 7.27394, 8.31960, 7.31090, 8.08114};
    static const double mandel[] = {7.88927, 8.25660, 7.16440, 8.42003, 7.27622, 8.08731};
    double between = 0;
    assert_int_equal(dersimonian_laird(y, v, 6, &between), DEFINED);
    assert_digits(between, .2436709539, 9.5);
    double mean = common_mean_of(y, v, 6, between).mean;
    assert_digits(mean, 7.851360, 7);
    for (size_t i = 0; i < 6; i++)
        assert_digits(shrunken_value(y[i], v[i], between, mean), laird[i], 6);
    assert_int_equal(paule_mandel(y, v, 6, &between), DEFINED);
    assert_digits(between, .3757259328, 9.5);
    mean = common_mean_of(y, v, 6, between).mean;
    assert_digits(mean, 7.848974, 7);
    for (size_t i = 0; i < 6; i++)
        assert_digits(shrunken_value(y[i], v[i], between, mean), mandel[i], 6);
}

/* "every τ and every μ was equally likely": against R's integrate */
static void intervals_agree_with_integrals(void **state)
{
    (void)state;
    json_t *root = oracle_read("shrinkage");
    struct agreement agreement = {.name = "posterior interval", .wanted = 7};
    struct ctx ctx;
    open_ctx(&ctx);
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "values"), index, row) {
        double y[UNITS_MAX], v[UNITS_MAX], low[UNITS_MAX], high[UNITS_MAX];
        size_t count = read_numbers(row, "y", y);
        assert_int_equal(read_numbers(row, "v", v), count);
        if (json_is_null(json_object_get(row, "low")))
            continue;
        assert_int_equal(read_numbers(row, "low", low), count);
        assert_int_equal(read_numbers(row, "high", high), count);
        struct posterior *posterior = NULL;
        assert_int_equal(posterior_create(&ctx, y, v, count, &posterior), STATUS_OK);
        for (size_t i = 0; i < count; i++) {
            struct interval interval;
            assert_int_equal(posterior_interval(posterior, i, member_number(row, "confidence"), &interval), DEFINED);
            agreement_add(&agreement, interval.low, low[i]);
            agreement_add(&agreement, interval.high, high[i]);
        }
    }
    agreement_print(&agreement);
    arena_destroy(ctx.arena);
    json_decref(root);
}

/* How often intervals cover the true values. */
struct coverage {
    size_t integrated, plain, none, all;
};

/* One simulated study of k units with τ² = v = 1. */
static void simulate(struct ctx *ctx, uint64_t k, uint64_t study, struct coverage *coverage)
{
    double truth[UNITS_MAX], y[UNITS_MAX], v[UNITS_MAX], between = 0;
    for (uint64_t i = 0; i < k; i++) {
        v[i] = 1;
        truth[i] = normal_quantile_upper(chance_uniform(115, k, study * 1000 + 2 * i));
        y[i] = truth[i] + normal_quantile_upper(chance_uniform(115, k, study * 1000 + 2 * i + 1));
    }
    struct posterior *posterior = NULL;
    assert_int_equal(posterior_create(ctx, y, v, k, &posterior), STATUS_OK);
    assert_int_equal(paule_mandel(y, v, k, &between), DEFINED);
    coverage->none += between == 0;
    double mean = common_mean_of(y, v, k, between).mean;
    for (uint64_t i = 0; i < k; i++) {
        struct interval interval;
        assert_int_equal(posterior_interval(posterior, i, .95, &interval), DEFINED);
        coverage->integrated += interval.low <= truth[i] && truth[i] <= interval.high;
        double half = 1.959963985 * sqrt(between / (between + 1)), shrunken = shrunken_value(y[i], 1, between, mean);
        coverage->plain += fabs(truth[i] - shrunken) <= half;
        assert_true(interval.low < shrunken && shrunken < interval.high);
        coverage->all++;
    }
}

/* formulas.md F115: "Plain posterior 95 % intervals cover only 63, 76, 86 % at k = 5, 10, 20: integrate over τ with a flat prior
 * (92–95 %)"; τ² = 0 "happens in 27 % of studies with k=5 and true τ²=v" */
static void intervals_cover_as_they_promise(void **state)
{
    (void)state;
    enum { STUDIES = 120 };
    static const uint64_t sizes[] = {5, 10, 20};
    static const double plain[] = {.63, .76, .86};
    for (size_t s = 0; s < 3; s++) {
        struct coverage coverage = {0, 0, 0, 0};
        for (uint64_t study = 0; study < STUDIES; study++) {
            struct ctx ctx;
            open_ctx(&ctx);
            simulate(&ctx, sizes[s], study, &coverage);
            arena_destroy(ctx.arena);
        }
        double all = (double)coverage.all, integrated = (double)coverage.integrated / all;
        print_message("k = %d: integrated %.3f, plain %.3f, no spread found %.3f\n", (int)sizes[s], integrated,
                      (double)coverage.plain / all, (double)coverage.none / STUDIES);
        assert_true(integrated > .92 && integrated < .98);
        assert_true(fabs((double)coverage.plain / all - plain[s]) < .08);
        assert_true(s > 0 || fabs((double)coverage.none / STUDIES - .27) < .1);
    }
}

/* Draws of all values together have the middle and the width that the intervals tell. */
static void draws_follow_the_posterior(void **state)
{
    (void)state;
    enum { DRAWS = 20000 };
    static const double y[] = {7.9, 8.3, 6.8, 8.8, 7.2, 8.1}, v[] = {.10, .04, .20, .25, .05, .02};
    struct ctx ctx;
    open_ctx(&ctx);
    struct posterior *posterior = NULL;
    assert_int_equal(posterior_create(&ctx, y, v, 6, &posterior), STATUS_OK);
    struct posterior_draws draws = {posterior, 3, 9};
    size_t above = 0;
    double values[6], difference = 0;
    for (uint32_t d = 0; d < DRAWS; d++) {
        posterior_draw(&draws, d, values);
        above += values[5] > values[4];
        difference += (values[5] - values[4]) / DRAWS;
    }
    /* the difference of two true values given τ does not depend on μ but through shrinking: its mean by the grid */
    double expected = 0;
    for (size_t i = 0; i < posterior->grid_count; i++) {
        double between = posterior->deviations[i] * posterior->deviations[i], mean = posterior->means[i].mean;
        expected +=
            posterior->weights[i] * (shrunken_value(y[5], v[5], between, mean) - shrunken_value(y[4], v[4], between, mean));
    }
    assert_true(fabs(difference - expected) < .01);
    assert_true((double)above / DRAWS > .99);
    double again[6];
    posterior_draw(&draws, DRAWS - 1, again);
    for (size_t i = 0; i < 6; i++)
        assert_true(again[i] == values[i]);
    arena_destroy(ctx.arena);
}

/* A change of unit and of order changes everything alike, and a very precise value stays where it is. */
static void laws(void **state)
{
    (void)state;
    static const double y[] = {-.5, .3, .1, -.9, .2}, v[] = {.1, .02, .3, .05, 1e-9};
    double moved[5], scaled[5], between = 0, other = 0;
    for (size_t i = 0; i < 5; i++) {
        moved[4 - i] = 3 - 10 * y[i];
        scaled[4 - i] = 100 * v[i];
    }
    struct ctx ctx;
    open_ctx(&ctx);
    struct posterior *posterior = NULL, *turned = NULL;
    assert_int_equal(posterior_create(&ctx, y, v, 5, &posterior), STATUS_OK);
    assert_int_equal(posterior_create(&ctx, moved, scaled, 5, &turned), STATUS_OK);
    for (size_t i = 0; i < 5; i++) {
        struct interval a, b;
        assert_int_equal(posterior_interval(posterior, i, .9, &a), DEFINED);
        assert_int_equal(posterior_interval(turned, 4 - i, .9, &b), DEFINED);
        assert_digits(b.low, 3 - 10 * a.high, 9);
        assert_digits(b.high, 3 - 10 * a.low, 9);
        assert_true(i < 4 || (fabs(a.low - .2) < 1e-4 && fabs(a.high - .2) < 1e-4));
    }
    assert_int_equal(paule_mandel(y, v, 5, &between), DEFINED);
    assert_int_equal(paule_mandel(moved, scaled, 5, &other), DEFINED);
    assert_digits(other, 100 * between, 11);
    struct interval funnel = funnel_limits(-.4, .04, .001);
    assert_digits(funnel.low, -.4 - 3.090232306 * .2, 9);
    assert_digits(funnel.high, -.4 + 3.090232306 * .2, 8.5);
    arena_destroy(ctx.arena);
}

/* "count < 2 -> UNDEFINED_TOO_FEW"; equal values have no spread */
static void degenerate_cases(void **state)
{
    (void)state;
    static const double y[] = {1, 1, 1}, v[] = {.5, .2, .1};
    double between = 7;
    assert_int_equal(dersimonian_laird(y, v, 1, &between), UNDEFINED_TOO_FEW);
    assert_int_equal(paule_mandel(y, v, 0, &between), UNDEFINED_TOO_FEW);
    assert_true(between == 7);
    assert_int_equal(dersimonian_laird(y, v, 3, &between), DEFINED);
    assert_true(between == 0);
    assert_int_equal(paule_mandel(y, v, 3, &between), DEFINED);
    assert_true(between == 0);
    assert_true(shrunken_value(5, .1, 0, 1) == 1);
    struct ctx ctx;
    open_ctx(&ctx);
    struct posterior *posterior = NULL;
    struct interval interval;
    assert_int_equal(posterior_create(&ctx, y, v, 3, &posterior), STATUS_OK);
    assert_int_equal(posterior_interval(posterior, 0, .95, &interval), DEFINED);
    assert_true(interval.low < 1 && 1 < interval.high && isfinite(interval.low) && isfinite(interval.high));
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_metafor),
        cmocka_unit_test(the_formula_sheets_example),
        cmocka_unit_test(intervals_agree_with_integrals),
        cmocka_unit_test(intervals_cover_as_they_promise),
        cmocka_unit_test(draws_follow_the_posterior),
        cmocka_unit_test(laws),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
