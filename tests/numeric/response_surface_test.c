/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/response_surface.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/wald_test.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/number_file.h"
#include "support/oracle_fixture.h"

enum { ROWS_ROOM = 300 };

static double x[ROWS_ROOM], y[ROWS_ROOM], z[ROWS_ROOM], weights[ROWS_ROOM];

static size_t read_numbers(const json_t *from, double *into)
{
    assert_true(json_array_size(from) <= ROWS_ROOM);
    for (size_t i = 0; i < json_array_size(from); i++)
        into[i] = json_number_value(json_array_get(from, i));
    return json_array_size(from);
}

static void open_ctx(struct ctx *ctx)
{
    *ctx = (struct ctx){.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx->arena), STATUS_OK);
}

static void add_all(struct agreement *agreement, const json_t *expected, const double *actual)
{
    assert_true(json_array_size(expected) > 0);
    for (size_t i = 0; i < json_array_size(expected); i++)
        agreement_add(agreement, actual[i], json_number_value(json_array_get(expected, i)));
}

static void add_test(struct agreement *agreement, const struct constraint_test *test, const json_t *expected)
{
    agreement_add_member(agreement, true, test->f, expected, "f");
    agreement_add_member(agreement, true, test->df1, expected, "df1");
    agreement_add_member(agreement, true, test->df2, expected, "df2");
    agreement_add_member(agreement, true, test->p, expected, "p");
}

/* Both ways to the constraint tests, and the robust one. */
static void add_tests(struct ctx *ctx, const struct surface_models *models, const json_t *row, struct agreement *tests)
{
    struct constraint_test test;
    double classical[36], robust[36];
    enum undefined undefined = DEFINED;
    const struct covariance_method method = {.kind = COVARIANCE_CLASSICAL}, hc3 = {.kind = COVARIANCE_HC3};
    assert_int_equal(least_squares_covariance(ctx, &models->regression, &models->full, &method, classical, &undefined),
                     STATUS_OK);
    assert_int_equal(least_squares_covariance(ctx, &models->regression, &models->full, &hc3, robust, &undefined), STATUS_OK);
    assert_int_equal(least_squares_compare(&models->difference, &models->full, &test), DEFINED);
    add_test(tests, &test, json_object_get(row, "gap_test"));
    struct wald_hypothesis hypothesis = {surface_difference_constraints, 4, SURFACE_PARAMETERS, models->full.df};
    assert_int_equal(wald_test(models->full.coefficients, classical, &hypothesis, &test), DEFINED);
    add_test(tests, &test, json_object_get(row, "gap_test"));
    assert_int_equal(wald_test(models->full.coefficients, robust, &hypothesis, &test), DEFINED);
    add_test(tests, &test, json_object_get(row, "gap_test_hc3"));
    hypothesis.combinations = surface_square_constraints;
    assert_int_equal(wald_test(models->full.coefficients, classical, &hypothesis, &test), DEFINED);
    add_test(tests, &test, json_object_get(row, "square_test"));
    assert_int_equal(least_squares_compare(&models->square, &models->full, &test), DEFINED);
    add_test(tests, &test, json_object_get(row, "square_test"));
    hypothesis.combinations = surface_linear_constraints;
    hypothesis.count = 3;
    assert_int_equal(wald_test(models->full.coefficients, classical, &hypothesis, &test), DEFINED);
    add_test(tests, &test, json_object_get(row, "linear_test"));
    double a[SURFACE_TESTS], se[SURFACE_TESTS];
    surface_slopes(models->full.coefficients, robust, a, se);
    add_all(tests, json_object_get(row, "hc3"), se);
    surface_slopes(models->full.coefficients, classical, a, se);
    add_all(tests, json_object_get(row, "se"), se);
    add_all(tests, json_object_get(row, "a"), a);
}

/* Models, slopes, errors, tests, point and axes against lm, sandwich and eigenvectors. */
static void agrees_with_lm(void **state)
{
    (void)state;
    json_t *root = oracle_read("response_surface");
    struct ctx ctx;
    open_ctx(&ctx);
    struct agreement squares = {.name = "R²", .wanted = 12}, tests = {.name = "slopes, errors and tests", .wanted = 10.5};
    struct agreement shapes = {.name = "point and axes", .wanted = 10.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct surface_rows rows = {
            .x = {.values = x}, .y = {.values = y}, .z = {.values = z}, .centre = member_number(row, "centre")};
        rows.rows = read_numbers(json_object_get(row, "x"), x);
        read_numbers(json_object_get(row, "y"), y);
        read_numbers(json_object_get(row, "z"), z);
        if (read_numbers(json_object_get(row, "weights"), weights))
            rows.weights.values = weights;
        struct surface_models models;
        assert_int_equal(surface_fit(&ctx, &rows, &models), STATUS_OK);
        agreement_add_member(&squares, true, models.difference.r_squared, row, "r2_gap");
        agreement_add_member(&squares, true, models.linear.r_squared, row, "r2_linear");
        agreement_add_member(&squares, true, models.full.r_squared, row, "r2_full");
        agreement_add_member(&squares, true, models.square.r_squared, row, "r2_square");
        add_all(&tests, json_object_get(row, "coefficients"), models.full.coefficients);
        add_tests(&ctx, &models, row, &tests);
        struct surface_shape shape;
        surface_shape_find(models.full.coefficients, &shape);
        assert_true(shape.point_undefined == DEFINED && shape.axes_undefined == DEFINED);
        add_all(&shapes, json_object_get(row, "point"), (const double[]){shape.x0, shape.y0});
        add_all(&shapes, json_object_get(row, "slopes"), (const double[]){shape.slope1, shape.slope2});
        add_all(&shapes, json_object_get(row, "intercepts"), (const double[]){shape.intercept1, shape.intercept2});
    }
    agreement_print(&squares);
    agreement_print(&tests);
    agreement_print(&shapes);
    arena_destroy(ctx.arena);
    json_decref(root);
}

/* formulas.md section 9, "Polynomial (centre 5.5, S = mean CUSA)", E = mean(CUEX), P = mean(PERQ) */
static void mobile_phones(void **state)
{
    (void)state;
    static const char *const columns[] = {"CUEX1", "CUEX2", "CUEX3", "PERQ1", "PERQ2", "PERQ3", "PERQ4",
                                          "PERQ5", "PERQ6", "PERQ7", "CUSA1", "CUSA2", "CUSA3", NULL};
    static double answers[13 * ROWS_ROOM];
    size_t n = number_file_read("mobi-ecsi/mobi.csv", columns, ROWS_ROOM, answers);
    assert_int_equal(n, 250);
    for (size_t i = 0; i < n; i++) {
        x[i] = y[i] = z[i] = 0;
        for (size_t j = 0; j < 13; j++) {
            double *into = j < 3 ? x : j < 10 ? y : z;
            into[i] += answers[j * ROWS_ROOM + i] / (j >= 3 && j < 10 ? 7 : 3);
        }
    }
    const struct surface_rows rows = {.rows = n, .x = {.values = x}, .y = {.values = y}, .z = {.values = z}, .centre = 5.5};
    struct ctx ctx;
    open_ctx(&ctx);
    struct surface_models models;
    assert_int_equal(surface_fit(&ctx, &rows, &models), STATUS_OK);
    static const double b[] = {5.596793, .0496556, .7288606, .0209933, -.0160234, .0206925};
    static const double a[] = {.7785162, .0256623, -.6792050, .0577092, .0003008};
    static const double errors[] = {.1161421, .0271602, .1649515, .0787142, .0428388};
    double v[36], found[5], se[5];
    enum undefined undefined = DEFINED;
    const struct covariance_method method = {.kind = COVARIANCE_CLASSICAL};
    assert_int_equal(least_squares_covariance(&ctx, &models.regression, &models.full, &method, v, &undefined), STATUS_OK);
    surface_slopes(models.full.coefficients, v, found, se);
    for (size_t i = 0; i < 6; i++)
        assert_true(fabs(models.full.coefficients[i] - b[i]) < 6e-7);
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(found[i] - a[i]) < 6e-8 && fabs(se[i] - errors[i]) < 6e-8);
    assert_digits(models.full.r_squared, .6294905662, 9.5);
    assert_digits(models.linear.r_squared, .6274215333, 9.5);
    assert_digits(models.difference.r_squared, .09166246778, 9.5);
    struct constraint_test test;
    assert_int_equal(least_squares_compare(&models.difference, &models.full, &test), DEFINED);
    assert_digits(test.f, 88.54704, 7);
    assert_true(test.df1 == 4 && test.df2 == 244);
    struct surface_shape shape;
    surface_shape_find(models.full.coefficients, &shape);
    assert_true(shape.point_undefined == DEFINED && fabs(shape.x0 - -9.3) < .1); /* "X0 = −9.3 outside the scale" */
    arena_destroy(ctx.arena);
}

/* "no point and no axes" of a plane, a ridge; "UNDEFINED_UNBOUNDED: they run along x and y" */
static void shapes_that_are_none(void **state)
{
    (void)state;
    const double plane[] = {1, 2, 3, 0, 0, 0}, ridge[] = {5, 0, 0, -1, 2, -1}, straight[] = {1, 4, 6, -1, 0, -3};
    const double nearly[] = {1, 4, 6, -1, 1e-12, -3}, tilted[] = {0, 2, 0, -2, 3, -2};
    struct surface_shape shape;
    surface_shape_find(plane, &shape);
    assert_true(shape.point_undefined == UNDEFINED_SINGULAR && shape.axes_undefined == UNDEFINED_SINGULAR);
    surface_shape_find(ridge, &shape);
    assert_true(shape.point_undefined == UNDEFINED_SINGULAR && shape.axes_undefined == UNDEFINED_SINGULAR);
    surface_shape_find(straight, &shape);
    assert_true(shape.point_undefined == DEFINED && shape.x0 == 2 && shape.y0 == 1 &&
                shape.axes_undefined == UNDEFINED_UNBOUNDED);
    surface_shape_find(nearly, &shape);
    assert_true(shape.point_undefined == DEFINED && shape.axes_undefined == UNDEFINED_UNBOUNDED);
    /* equal bends: the axes are the diagonals */
    surface_shape_find(tilted, &shape);
    assert_true(shape.axes_undefined == DEFINED && shape.slope1 == 1 && shape.slope2 == -1);
    assert_digits(shape.intercept1, shape.y0 - shape.x0, 14);
    /* where x0 and y0 are, both slopes of the surface are 0 */
    assert_true(fabs(2 - 4 * shape.x0 + 3 * shape.y0) < 1e-12 && fabs(3 * shape.x0 - 4 * shape.y0) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_lm),
        cmocka_unit_test(mobile_phones),
        cmocka_unit_test(shapes_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
