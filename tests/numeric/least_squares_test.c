/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/least_squares.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

enum { ROWS_ROOM = 64, COLUMNS_ROOM = 8 };

/* One regression with its room. */
struct room {
    double x[ROWS_ROOM * COLUMNS_ROOM], y[ROWS_ROOM], weights[ROWS_ROOM];
    uint32_t units[ROWS_ROOM];
    struct covariance_method cluster;
    struct regression regression;
};

static void open_ctx(struct ctx *ctx)
{
    *ctx = (struct ctx){.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx->arena), STATUS_OK);
}

static size_t read_numbers(const json_t *from, double *into)
{
    for (size_t i = 0; i < json_array_size(from); i++)
        into[i] = json_number_value(json_array_get(from, i));
    return json_array_size(from);
}

static void read_regression(const json_t *row, struct room *room)
{
    struct regression *r = &room->regression;
    *r = (struct regression){.x = room->x, .y = room->y, .intercept = json_is_true(json_object_get(row, "intercept"))};
    r->rows = read_numbers(json_object_get(row, "y"), room->y);
    assert_in_range(r->rows, 1, ROWS_ROOM);
    const json_t *x = json_object_get(row, "x");
    r->columns = json_array_size(x);
    assert_in_range(r->columns, 1, COLUMNS_ROOM);
    for (size_t j = 0; j < r->columns; j++)
        assert_int_equal(read_numbers(json_array_get(x, j), room->x + j * r->rows), r->rows);
    if (read_numbers(json_object_get(row, "weights"), room->weights))
        r->weights = room->weights;
    room->cluster = (struct covariance_method){.kind = COVARIANCE_CLUSTER, .units = room->units};
    for (size_t i = 0; i < json_array_size(json_object_get(row, "units")); i++) {
        room->units[i] = (uint32_t)json_integer_value(json_array_get(json_object_get(row, "units"), i));
        room->cluster.unit_count = room->units[i] >= room->cluster.unit_count ? room->units[i] + 1 : room->cluster.unit_count;
    }
}

static void add_all(struct agreement *agreement, const json_t *expected, const double *actual)
{
    for (size_t i = 0; i < json_array_size(expected); i++)
        agreement_add(agreement, actual[i], json_number_value(json_array_get(expected, i)));
}

/* Standard errors by one method against a member of the fixture. */
static void add_errors(struct ctx *ctx, const struct room *room, const struct least_squares *fit,
                       const struct covariance_method *method, struct agreement *agreement, const json_t *expected)
{
    double v[COLUMNS_ROOM * COLUMNS_ROOM + 1], se[COLUMNS_ROOM];
    enum undefined undefined = UNDEFINED_COUNT;
    assert_int_equal(least_squares_covariance(ctx, &room->regression, fit, method, v, &undefined), STATUS_OK);
    assert_int_equal(undefined, DEFINED);
    for (size_t j = 0; j < fit->parameters; j++)
        se[j] = sqrt(v[j * fit->parameters + j]);
    add_all(agreement, expected, se);
}

/* The constraint test of the smaller model with some of the columns. */
static void add_test(struct ctx *ctx, const struct room *room, const struct least_squares *large, const json_t *expected,
                     struct agreement *agreement)
{
    static double x[ROWS_ROOM * COLUMNS_ROOM];
    struct regression some = room->regression;
    some.x = x;
    some.columns = json_array_size(json_object_get(expected, "columns"));
    for (size_t j = 0; j < some.columns; j++) {
        size_t from = (size_t)json_integer_value(json_array_get(json_object_get(expected, "columns"), j));
        memcpy(x + j * some.rows, room->x + from * some.rows, some.rows * sizeof *x);
    }
    struct least_squares small;
    assert_int_equal(least_squares_fit(ctx, &some, &small), STATUS_OK);
    struct constraint_test test;
    assert_int_equal(least_squares_compare(&small, large, &test), DEFINED);
    agreement_add_member(agreement, true, test.f, expected, "f");
    agreement_add_member(agreement, true, test.df1, expected, "df1");
    agreement_add_member(agreement, true, test.df2, expected, "df2");
    agreement_add_member(agreement, true, test.p, expected, "p");
}

/* Coefficients, R², errors of three kinds, leverages, Cook's distances, inflation and constraint test, against lm and sandwich;
 * Longley's coefficients against those that NIST certifies. */
static void agrees_with_lm(void **state)
{
    (void)state;
    json_t *root = oracle_read("least_squares");
    struct ctx ctx;
    open_ctx(&ctx);
    struct agreement coefficients = {.name = "coefficients", .wanted = 10}, squares = {.name = "R² and σ²", .wanted = 10};
    struct agreement errors = {.name = "classical errors", .wanted = 9.5}, hc3 = {.name = "HC3 errors", .wanted = 11};
    struct agreement cluster = {.name = "cluster errors", .wanted = 11}, rows = {.name = "leverages, Cook", .wanted = 8};
    struct agreement inflation = {.name = "inflation", .wanted = 11}, tests = {.name = "constraint test", .wanted = 9};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        static struct room room;
        read_regression(row, &room);
        struct least_squares fit;
        assert_int_equal(least_squares_fit(&ctx, &room.regression, &fit), STATUS_OK);
        assert_int_equal(fit.undefined, DEFINED);
        add_all(&coefficients, json_object_get(row, "coefficients"), fit.coefficients);
        agreement_add_member(&squares, true, fit.r_squared, row, "r_squared");
        agreement_add_member(&squares, true, fit.adjusted_r_squared, row, "adjusted");
        agreement_add_member(&squares, true, fit.sigma_squared, row, "sigma_squared");
        agreement_add_member(&squares, true, fit.df, row, "df");
        const struct covariance_method classical = {.kind = COVARIANCE_CLASSICAL}, robust = {.kind = COVARIANCE_HC3};
        add_errors(&ctx, &room, &fit, &classical, &errors, json_object_get(row, "classical"));
        if (json_is_array(json_object_get(row, "hc3")))
            add_errors(&ctx, &room, &fit, &robust, &hc3, json_object_get(row, "hc3"));
        if (room.cluster.unit_count)
            add_errors(&ctx, &room, &fit, &room.cluster, &cluster, json_object_get(row, "cluster"));
        add_all(&rows, json_object_get(row, "leverages"), fit.leverages);
        double cook[ROWS_ROOM], room_of_row[COLUMNS_ROOM + 2], vif[COLUMNS_ROOM];
        for (size_t i = 0; i < room.regression.rows; i++)
            assert_int_equal(least_squares_cook(&room.regression, &fit, i, room_of_row, &cook[i]), DEFINED);
        add_all(&rows, json_object_get(row, "cook"), cook);
        for (size_t j = 0; j < room.regression.columns; j++)
            vif[j] = least_squares_inflation(&fit, j);
        add_all(&inflation, json_object_get(row, "vif"), vif);
        if (json_is_object(json_object_get(row, "test")))
            add_test(&ctx, &room, &fit, json_object_get(row, "test"), &tests);
    }
    const struct agreement *const all[] = {&coefficients, &squares, &errors, &hc3, &cluster, &rows, &inflation, &tests};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        agreement_print(all[i]);
    arena_destroy(ctx.arena);
    json_decref(root);
}

/* Random predictors on their own scales, with origins far away. */
static void draw(struct room *room, uint64_t seed, size_t rows, size_t columns)
{
    room->regression = (struct regression){.rows = rows, .columns = columns, .x = room->x, .y = room->y, .intercept = true};
    for (size_t i = 0; i < rows * columns; i++)
        room->x[i] = 1000 + 3 * chance_uniform(seed, 1, i);
    for (size_t i = 0; i < rows; i++) {
        room->y[i] = room->x[i] + chance_uniform(seed, 2, i);
        room->weights[i] = 1 + (double)chance_below(seed, 3, i, 3);
    }
}

/* "a column that is a linear combination of others, or constant: `dependent` says which columns take part" */
static void names_what_depends(void **state)
{
    (void)state;
    static struct room room;
    struct ctx ctx;
    open_ctx(&ctx);
    for (uint64_t seed = 0; seed < 20; seed++) {
        draw(&room, seed, 12, 6);
        double *x = room.x;
        for (size_t i = 0; i < 12; i++)
            x[4 * 12 + i] = 7 - 2 * x[0 * 12 + i] + .5 * x[2 * 12 + i]; /* the fifth of the first and the third */
        for (size_t i = 0; i < 12 && seed % 2; i++)
            x[5 * 12 + i] = .1;
        struct least_squares fit;
        assert_int_equal(least_squares_fit(&ctx, &room.regression, &fit), STATUS_OK);
        assert_int_equal(fit.undefined, UNDEFINED_SINGULAR);
        assert_true(fit.dependent[0] && !fit.dependent[1] && fit.dependent[2] && !fit.dependent[3] && fit.dependent[4]);
        assert_int_equal(fit.dependent[5], seed % 2);
        assert_null(fit.coefficients);
        room.regression.intercept = false; /* now nothing is constant beside it, and 7 is no column */
        assert_int_equal(least_squares_fit(&ctx, &room.regression, &fit), STATUS_OK);
        assert_int_equal(fit.undefined, seed % 2 ? UNDEFINED_SINGULAR : DEFINED);
    }
    arena_destroy(ctx.arena);
}

/* "weighted": a weight of k is k rows, for the coefficients and R² */
static void weights_are_rows(void **state)
{
    (void)state;
    static struct room room, many;
    struct ctx ctx;
    open_ctx(&ctx);
    draw(&room, 5, 15, 2);
    room.regression.weights = room.weights;
    many.regression = (struct regression){.columns = 2, .x = many.x, .y = many.y, .intercept = true};
    for (size_t i = 0; i < 15; i++)
        many.regression.rows += (size_t)room.weights[i];
    size_t at = 0;
    for (size_t i = 0; i < 15; i++) {
        for (double k = 0; k < room.weights[i]; k++, at++) {
            many.y[at] = room.y[i];
            many.x[at] = room.x[i];
            many.x[many.regression.rows + at] = room.x[15 + i];
        }
    }
    struct least_squares once, often;
    assert_int_equal(least_squares_fit(&ctx, &room.regression, &once), STATUS_OK);
    assert_int_equal(least_squares_fit(&ctx, &many.regression, &often), STATUS_OK);
    for (size_t j = 0; j < 3; j++)
        assert_digits(once.coefficients[j], often.coefficients[j], 9);
    assert_digits(once.r_squared, often.r_squared, 11);
    assert_digits(least_squares_inflation(&once, 1), least_squares_inflation(&often, 1), 12);
    arena_destroy(ctx.arena);
}

/* Reads a row that another regression holds. */
static double read_from(const void *state, size_t row, double *out)
{
    return regression_row(state, row, out);
}

/* "Rows that are not held as x, y and weights" give the same bits: with and without weights and intercept. */
static void rows_may_be_read(void **state)
{
    (void)state;
    static struct room room;
    struct ctx ctx;
    open_ctx(&ctx);
    for (uint64_t seed = 0; seed < 4; seed++) {
        draw(&room, seed, 15, 2);
        room.regression.weights = seed % 2 ? room.weights : NULL;
        room.regression.intercept = seed < 2;
        const struct regression read = {
            .rows = 15, .columns = 2, .intercept = seed < 2, .read = read_from, .state = &room.regression};
        const struct covariance_method hc3 = {.kind = COVARIANCE_HC3};
        struct least_squares a, b;
        enum undefined undefined[2];
        double v[2][9] = {{0}}, cook[2], row[4];
        assert_int_equal(least_squares_fit(&ctx, &room.regression, &a), STATUS_OK);
        assert_int_equal(least_squares_fit(&ctx, &read, &b), STATUS_OK);
        assert_true(a.undefined == DEFINED && b.undefined == DEFINED && a.df == b.df);
        assert_memory_equal(a.coefficients, b.coefficients, a.parameters * sizeof *a.coefficients);
        assert_memory_equal(a.residuals, b.residuals, 15 * sizeof *a.residuals);
        assert_memory_equal(a.leverages, b.leverages, 15 * sizeof *a.leverages);
        assert_int_equal(least_squares_covariance(&ctx, &room.regression, &a, &hc3, v[0], &undefined[0]), STATUS_OK);
        assert_int_equal(least_squares_covariance(&ctx, &read, &b, &hc3, v[1], &undefined[1]), STATUS_OK);
        assert_true(undefined[0] == DEFINED && undefined[1] == DEFINED);
        assert_memory_equal(v[0], v[1], sizeof v[0]);
        for (size_t i = 0; i < 15; i++) {
            assert_int_equal(least_squares_cook(&room.regression, &a, i, row, &cook[0]), DEFINED);
            assert_int_equal(least_squares_cook(&read, &b, i, row, &cook[1]), DEFINED);
            assert_true(cook[0] == cook[1]);
        }
    }
    arena_destroy(ctx.arena);
}

/* The blanks, each for its reason. */
static void degenerate_cases(void **state)
{
    (void)state;
    static struct room room;
    struct ctx ctx;
    open_ctx(&ctx);
    struct least_squares fit;
    draw(&room, 7, 3, 2);
    assert_int_equal(least_squares_fit(&ctx, &room.regression, &fit), STATUS_OK);
    assert_int_equal(fit.undefined, UNDEFINED_TOO_FEW);
    draw(&room, 7, 4, 2);
    assert_int_equal(least_squares_fit(&ctx, &room.regression, &fit), STATUS_OK);
    assert_int_equal(fit.undefined, DEFINED);
    for (size_t i = 0; i < 4; i++)
        room.y[i] = .1;
    assert_int_equal(least_squares_fit(&ctx, &room.regression, &fit), STATUS_OK);
    assert_int_equal(fit.undefined, UNDEFINED_NO_VARIANCE);
    /* nothing left over: R² is exactly 1, and no error exists */
    for (size_t i = 0; i < 4; i++)
        room.y[i] = 2 * room.x[i] - room.x[4 + i];
    assert_int_equal(least_squares_fit(&ctx, &room.regression, &fit), STATUS_OK);
    assert_true(fit.undefined == DEFINED && fit.perfect && fit.r_squared == 1);
    assert_digits(fit.coefficients[1], 2, 10);
    double v[9], cook, room_of_row[4];
    enum undefined undefined = DEFINED;
    const struct covariance_method classical = {.kind = COVARIANCE_CLASSICAL}, hc3 = {.kind = COVARIANCE_HC3};
    assert_int_equal(least_squares_covariance(&ctx, &room.regression, &fit, &classical, v, &undefined), STATUS_OK);
    assert_int_equal(undefined, UNDEFINED_NO_VARIANCE);
    assert_int_equal(least_squares_cook(&room.regression, &fit, 0, room_of_row, &cook), UNDEFINED_NO_VARIANCE);
    /* one row alone has the second predictor */
    draw(&room, 9, 6, 2);
    for (size_t i = 0; i < 6; i++)
        room.x[6 + i] = i == 2;
    assert_int_equal(least_squares_fit(&ctx, &room.regression, &fit), STATUS_OK);
    assert_digits(fit.leverages[2], 1, 14);
    assert_int_equal(least_squares_covariance(&ctx, &room.regression, &fit, &hc3, v, &undefined), STATUS_OK);
    assert_int_equal(undefined, UNDEFINED_TOO_FEW);
    assert_int_equal(least_squares_cook(&room.regression, &fit, 2, room_of_row, &cook), UNDEFINED_TOO_FEW);
    assert_int_equal(least_squares_cook(&room.regression, &fit, 1, room_of_row, &cook), DEFINED);
    const uint32_t together[6] = {0};
    const struct covariance_method one = {.kind = COVARIANCE_CLUSTER, .units = together, .unit_count = 1};
    assert_int_equal(least_squares_covariance(&ctx, &room.regression, &fit, &one, v, &undefined), STATUS_OK);
    assert_int_equal(undefined, UNDEFINED_TOO_FEW);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_lm),   cmocka_unit_test(names_what_depends), cmocka_unit_test(weights_are_rows),
        cmocka_unit_test(rows_may_be_read), cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
