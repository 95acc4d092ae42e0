/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/response_surface.h"

#include <math.h>
#include <string.h>

#define NOTHING 1e-8 /* of the terms that a difference is made of */

const double surface_difference_constraints[4 * SURFACE_PARAMETERS] = {
    0, 1, 1, 0, 0, 0, /* opposite slopes */
    0, 0, 0, 1, 0, 0, /* no curvature at all: each of the three terms */
    0, 0, 0, 0, 1, 0, /* … */
    0, 0, 0, 0, 0, 1, /* … */
};

const double surface_square_constraints[4 * SURFACE_PARAMETERS] = {
    0, 1, 0, 0, 0, 0,  /* no slopes */
    0, 0, 1, 0, 0, 0,  /* … */
    0, 0, 0, 1, 0, -1, /* the same curvature */
    0, 0, 0, 2, 1, 0,  /* and twice its opposite for the product */
};

const double surface_linear_constraints[3 * SURFACE_PARAMETERS] = {
    0, 0, 0, 1, 0, 0, /* no curvature */
    0, 0, 0, 0, 1, 0, /* … */
    0, 0, 0, 0, 0, 1, /* … */
};

/* A row of some of the columns, then z. */
static double columns_read(const void *state, size_t row, double *out)
{
    const struct surface_reading *reading = state;
    const struct surface_rows *rows = reading->rows;
    size_t at = rows->chosen ? rows->chosen[row] : row;
    double x = number_at(&rows->x, at) - rows->centre, y = number_at(&rows->y, at) - rows->centre;
    const double all[SURFACE_COLUMNS] = {[SURFACE_X] = x,
                                         [SURFACE_Y] = y,
                                         [SURFACE_XX] = x * x,
                                         [SURFACE_XY] = x * y,
                                         [SURFACE_YY] = y * y,
                                         [SURFACE_DIFFERENCE] = y - x,
                                         [SURFACE_SQUARE] = (y - x) * (y - x)};
    memcpy(out, all + reading->first, reading->count * sizeof *out);
    out[reading->count] = number_at(&rows->z, at);
    return rows->weights.values ? number_at(&rows->weights, at) : 1;
}

struct regression surface_regression(const struct surface_reading *reading)
{
    return (struct regression){
        .rows = reading->rows->rows, .columns = reading->count, .intercept = true, .read = columns_read, .state = reading};
}

/* One of the models. */
static enum status model_fit(struct ctx *ctx, const struct surface_rows *rows, size_t first, size_t count,
                             struct least_squares *out)
{
    const struct surface_reading reading = {rows, first, count};
    const struct regression regression = surface_regression(&reading);
    return least_squares_fit(ctx, &regression, out);
}

enum status surface_fit(struct ctx *ctx, const struct surface_rows *rows, struct surface_models *out)
{
    struct surface_reading *full = arena_alloc(ctx->arena, sizeof *full);
    if (!full)
        return ctx_no_memory(ctx);
    *full = (struct surface_reading){rows, SURFACE_X, SURFACE_PARAMETERS - 1};
    out->regression = surface_regression(full);
    enum status status = least_squares_fit(ctx, &out->regression, &out->full);
    if (!status)
        status = model_fit(ctx, rows, SURFACE_X, 2, &out->linear);
    if (!status)
        status = model_fit(ctx, rows, SURFACE_DIFFERENCE, 1, &out->difference);
    if (!status)
        status = model_fit(ctx, rows, SURFACE_SQUARE, 1, &out->square);
    return status;
}

void surface_slopes(const double coefficients[SURFACE_PARAMETERS], const double *covariance, double a[SURFACE_TESTS],
                    double se[SURFACE_TESTS])
{
    static const double combinations[SURFACE_TESTS][SURFACE_PARAMETERS] = {
        {0, 1, 1, 0, 0, 0}, {0, 0, 0, 1, 1, 1}, {0, 1, -1, 0, 0, 0}, {0, 0, 0, 1, -1, 1}, {0, 0, 0, 1, 0, -1}};
    for (size_t t = 0; t < SURFACE_TESTS; t++) {
        double variance = 0;
        a[t] = 0;
        for (size_t i = 0; i < SURFACE_PARAMETERS; i++) {
            a[t] += combinations[t][i] * coefficients[i];
            for (size_t j = 0; covariance && j < SURFACE_PARAMETERS; j++)
                variance += combinations[t][i] * covariance[i * SURFACE_PARAMETERS + j] * combinations[t][j];
        }
        if (covariance)
            se[t] = sqrt(fmax(variance, 0));
    }
}

void surface_shape_find(const double coefficients[SURFACE_PARAMETERS], struct surface_shape *out)
{
    double b1 = coefficients[1], b2 = coefficients[2], b3 = coefficients[3], b4 = coefficients[4], b5 = coefficients[5];
    double bend = 4 * b3 * b5, twist = b4 * b4, below = bend - twist;
    *out = (struct surface_shape){.point_undefined = UNDEFINED_SINGULAR, .axes_undefined = UNDEFINED_SINGULAR};
    if (!(fabs(below) > NOTHING * (fabs(bend) + twist)))
        return;
    out->point_undefined = DEFINED;
    out->x0 = (b2 * b4 - 2 * b1 * b5) / below;
    out->y0 = (b1 * b4 - 2 * b2 * b3) / below;
    double apart = b5 - b3, root = hypot(apart, b4);
    out->axes_undefined = UNDEFINED_UNBOUNDED;
    if (!(fabs(b4) > NOTHING * (fabs(b3) + fabs(b5))))
        return;
    out->axes_undefined = DEFINED;
    /* The root of two numbers of one sign loses nothing; the other axis is at a right angle. */
    if (apart >= 0) {
        out->slope1 = (apart + root) / b4;
        out->slope2 = -1 / out->slope1;
    } else {
        out->slope2 = (apart - root) / b4;
        out->slope1 = -1 / out->slope2;
    }
    out->intercept1 = out->y0 - out->slope1 * out->x0;
    out->intercept2 = out->y0 - out->slope2 * out->x0;
}
