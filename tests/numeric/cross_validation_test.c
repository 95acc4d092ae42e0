/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/cross_validation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/job_fixture.h"
#include "support/oracle_fixture.h"

#define ROWS_MAX 200

static double x[4 * ROWS_MAX], y[ROWS_MAX], weights[ROWS_MAX];
static uint32_t units[ROWS_MAX];

/* A case of the fixture. */
static struct regression regression_of(const json_t *row, struct fold_plan *plan)
{
    const json_t *given = json_object_get(row, "weights"), *unit = json_object_get(row, "units");
    const json_t *columns = json_object_get(row, "x");
    size_t rows = json_array_size(json_object_get(row, "y")), count = json_array_size(json_array_get(columns, 0));
    assert_true(rows <= ROWS_MAX && count <= 4);
    plan->unit_count = 0;
    for (size_t i = 0; i < rows; i++) {
        y[i] = json_number_value(json_array_get(json_object_get(row, "y"), i));
        for (size_t j = 0; j < count; j++)
            x[j * rows + i] = json_number_value(json_array_get(json_array_get(columns, i), j));
        weights[i] = json_is_null(given) ? 1 : json_number_value(json_array_get(given, i));
        units[i] = json_is_null(unit) ? 0 : (uint32_t)json_integer_value(json_array_get(unit, i));
        plan->unit_count = units[i] >= plan->unit_count ? units[i] + 1u : plan->unit_count;
    }
    plan->units = json_is_null(unit) ? NULL : units;
    return (struct regression){
        .rows = rows, .columns = count, .x = x, .y = y, .weights = json_is_null(given) ? NULL : weights, .intercept = true};
}

/* "1 − Σw(y − ŷ)²/Σw(y − ȳ)², both ŷ and ȳ from the rows of the other folds"; "against AIC(lm)" */
static void agrees_with_r(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    json_t *root = oracle_read("cross_validation");
    struct agreement figures = {.name = "cross-validated R², AIC", .wanted = 12};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct fold_plan plan = {.folds = UINT32_MAX, .repeats = 2, .seed = 1};
        struct regression regression = regression_of(row, &plan);
        struct cross_validation validation;
        struct least_squares fit;
        double aic = 0;
        assert_ok(&job, cross_validate(&job.ctx, &regression, &plan, &validation));
        assert_int_equal(validation.undefined, DEFINED);
        assert_ok(&job, least_squares_fit(&job.ctx, &regression, &fit));
        assert_int_equal(akaike(&regression, &fit, &aic), DEFINED);
        agreement_add(&figures, validation.r_squared, member_number(row, "r_squared"));
        agreement_add(&figures, aic, member_number(row, "aic"));
        assert_digits(validation.least, validation.most, 13);
    }
    agreement_print(&figures);
    json_decref(root);
    job_end(&job);
}

/* A line with noise. */
static struct regression noisy_line(size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        x[i] = chance_uniform(5, 1, i);
        y[i] = 3 * x[i] + 2 * chance_uniform(5, 2, i);
    }
    return (struct regression){.rows = rows, .columns = 1, .x = x, .y = y, .intercept = true};
}

/* "sizes differ by at most one"; "other folds each time"; chance is a function of seed, stream, repeat and unit */
static void folds_are_even_and_repeat(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    struct fold_plan plan = {.folds = 10, .repeats = 2, .seed = 7, .stream = 3};
    uint32_t first[103], second[103], again[103], sizes[10] = {0}, same = 0;
    assert_ok(&job, folds_deal(&job.ctx, &plan, 0, 103, first));
    assert_ok(&job, folds_deal(&job.ctx, &plan, 1, 103, second));
    assert_ok(&job, folds_deal(&job.ctx, &plan, 0, 103, again));
    assert_memory_equal(first, again, sizeof first);
    for (size_t i = 0; i < 103; i++) {
        sizes[first[i]]++;
        same += first[i] == second[i];
    }
    for (size_t f = 0; f < 10; f++)
        assert_in_range(sizes[f], 10, 11);
    assert_in_range(same, 1, 30);
    job_end(&job);
}

/* A line is foretold nearly as well as it fits; the same seed gives the same bits, another seed others. */
static void ten_folds(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    struct regression regression = noisy_line(200);
    struct fold_plan plan = {.folds = 10, .repeats = 5, .seed = 7};
    struct cross_validation one, again, other;
    struct least_squares fit;
    assert_ok(&job, cross_validate(&job.ctx, &regression, &plan, &one));
    assert_ok(&job, cross_validate(&job.ctx, &regression, &plan, &again));
    plan.seed = 8;
    assert_ok(&job, cross_validate(&job.ctx, &regression, &plan, &other));
    assert_ok(&job, least_squares_fit(&job.ctx, &regression, &fit));
    assert_true(one.r_squared == again.r_squared && one.r_squared != other.r_squared);
    assert_true(one.least <= one.r_squared && one.r_squared <= one.most && one.least < one.most);
    assert_true(one.r_squared < fit.r_squared && one.r_squared > fit.r_squared - 0.03);
    job_end(&job);
}

/* "fewer than two units"; "the rows of the other folds have no regression"; "a perfect fit" */
static void what_does_not_exist(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    struct fold_plan plan = {.folds = 10, .repeats = 1};
    struct cross_validation validation;
    struct regression regression = noisy_line(1);
    assert_ok(&job, cross_validate(&job.ctx, &regression, &plan, &validation));
    assert_int_equal(validation.undefined, UNDEFINED_TOO_FEW);
    regression = noisy_line(3);
    assert_ok(&job, cross_validate(&job.ctx, &regression, &plan, &validation));
    assert_int_equal(validation.undefined, UNDEFINED_TOO_FEW);
    regression = noisy_line(20);
    for (size_t i = 0; i < 20; i++)
        x[i] = i == 4;
    assert_ok(&job, cross_validate(&job.ctx, &regression, &plan, &validation));
    assert_int_equal(validation.undefined, UNDEFINED_SINGULAR);
    struct least_squares fit;
    double aic = 7;
    for (size_t i = 0; i < 20; i++) {
        x[i] = (double)i;
        y[i] = 2 * (double)i;
    }
    assert_ok(&job, least_squares_fit(&job.ctx, &regression, &fit));
    assert_int_equal(akaike(&regression, &fit, &aic), UNDEFINED_NO_VARIANCE);
    assert_true(aic == 7);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(folds_are_even_and_repeat),
        cmocka_unit_test(ten_folds),
        cmocka_unit_test(what_does_not_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
