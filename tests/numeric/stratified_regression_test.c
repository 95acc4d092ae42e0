/* SPDX-License-Identifier: GPL-3.0-or-later */
/* least_squares.h: COVARIANCE_STRATA, against survey::svyglm (tests/oracle/stratified_regression.R). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/least_squares.h"
#include "support/agreement.h"
#include "support/oracle_fixture.h"

enum { ROWS_ROOM = 64, PREDICTORS = 2, PARAMETERS = 3 };

/* One case with its room. */
struct stratified {
    double x[PREDICTORS * ROWS_ROOM], y[ROWS_ROOM], weights[ROWS_ROOM];
    uint32_t units[ROWS_ROOM], of[ROWS_ROOM];
    uint64_t sizes[ROWS_ROOM];
    struct covariance_strata strata;
    struct covariance_method method;
    struct regression regression;
};

static size_t read_numbers(const json_t *from, double *into)
{
    for (size_t i = 0; i < json_array_size(from); i++)
        into[i] = json_number_value(json_array_get(from, i));
    return json_array_size(from);
}

static size_t read_numerals(const json_t *from, uint32_t *into)
{
    for (size_t i = 0; i < json_array_size(from); i++)
        into[i] = (uint32_t)json_integer_value(json_array_get(from, i));
    return json_array_size(from);
}

static void read_case(json_t *from, struct stratified *into)
{
    *into = (struct stratified){.regression = {.columns = PREDICTORS, .intercept = true}};
    into->regression.rows = read_numbers(oracle_at(from, "y"), into->y);
    assert_in_range(into->regression.rows, 1, ROWS_ROOM);
    for (size_t j = 0; j < PREDICTORS; j++)
        (void)read_numbers(json_array_get(oracle_at(from, "x"), j), into->x + j * into->regression.rows);
    (void)read_numbers(oracle_at(from, "weights"), into->weights);
    into->regression.x = into->x;
    into->regression.y = into->y;
    into->regression.weights = into->weights;
    into->method = (struct covariance_method){.kind = COVARIANCE_STRATA, .strata = &into->strata};
    if (read_numerals(json_object_get(from, "units"), into->units))
        into->method.units = into->units;
    into->method.unit_count = read_numerals(oracle_at(from, "strata"), into->of);
    into->strata = (struct covariance_strata){.of = into->of, .units = into->sizes};
    for (; into->strata.count < json_array_size(oracle_at(from, "sizes")); into->strata.count++)
        into->sizes[into->strata.count] =
            (uint64_t)json_integer_value(json_array_get(oracle_at(from, "sizes"), into->strata.count));
}

static enum undefined covariance_of(struct ctx *ctx, const struct stratified *of, double covariance[PARAMETERS * PARAMETERS],
                                    struct least_squares *fit)
{
    enum undefined undefined = UNDEFINED_COUNT;
    assert_int_equal(least_squares_fit(ctx, &of->regression, fit), STATUS_OK);
    assert_int_equal(fit->undefined, DEFINED);
    assert_int_equal(least_squares_covariance(ctx, &of->regression, fit, &of->method, covariance, &undefined), STATUS_OK);
    return undefined;
}

/* "linearised, m/(m − 1) in each stratum", "those without a row count, with a score of 0" */
static void agrees_with_svyglm(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    struct agreement agreement = {.name = "regressions within strata", .wanted = 11};
    json_t *root = oracle_read("stratified_regression"), *expected = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(root, "cases"), index, expected) {
        struct stratified of;
        struct least_squares fit;
        double covariance[PARAMETERS * PARAMETERS];
        read_case(expected, &of);
        assert_int_equal(covariance_of(&ctx, &of, covariance, &fit), DEFINED);
        for (size_t j = 0; j < PARAMETERS; j++) {
            agreement_add(&agreement, fit.coefficients[j],
                          json_number_value(json_array_get(oracle_at(expected, "coefficients"), j)));
            agreement_add(&agreement, sqrt(covariance[j * (PARAMETERS + 1)]),
                          json_number_value(json_array_get(oracle_at(expected, "errors"), j)));
        }
        agreement_add(&agreement, covariance[PARAMETERS + 2], oracle_number(expected, "covariance"));
        assert_int_equal(covariance_strata_present(&of.strata, of.method.unit_count), (int)oracle_number(expected, "present"));
    }
    agreement_print(&agreement);
    json_decref(root);
    arena_destroy(ctx.arena);
}

/* "a stratum of one unit, as many strata as units -> UNDEFINED_TOO_FEW" */
static void strata_that_are_too_thin(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    json_t *root = oracle_read("stratified_regression");
    struct stratified of;
    struct least_squares fit;
    double covariance[PARAMETERS * PARAMETERS];
    read_case(json_array_get(oracle_at(root, "cases"), 0), &of);
    of.sizes[1] = 1;
    assert_int_equal(covariance_of(&ctx, &of, covariance, &fit), UNDEFINED_TOO_FEW);
    of.method.unit_count = of.regression.rows = 4;
    for (uint32_t i = 0; i < 4; i++) {
        of.of[i] = i;
        of.sizes[i] = 3;
    }
    of.strata.count = 4;
    of.regression.columns = 1;
    assert_int_equal(covariance_of(&ctx, &of, covariance, &fit), UNDEFINED_TOO_FEW);
    json_decref(root);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_svyglm), cmocka_unit_test(strata_that_are_too_thin)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
