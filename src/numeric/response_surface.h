/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_RESPONSE_SURFACE_H
#define GAPMETER_NUMERIC_RESPONSE_SURFACE_H

#include <stddef.h>

#include "base/ctx.h"
#include "numeric/least_squares.h"
#include "numeric/number_column.h"
#include "numeric/undefined.h"

/* Does an outcome z follow the difference y − x of two measurements, or each of them in its own way? The surface
 * z = b0 + b1x + b2y + b3x² + b4xy + b5y², its shape, and the models of differences that it contains.
 * source  Edwards & Parry 1993; Edwards 1994, 2002   [F71–F75] */

enum { SURFACE_PARAMETERS = 6, SURFACE_TESTS = 5 };

/* Columns made of x and y about the centre: computed when a row is read. */
enum surface_column {
    SURFACE_X,
    SURFACE_Y,
    SURFACE_XX,
    SURFACE_XY,
    SURFACE_YY,
    SURFACE_DIFFERENCE,
    SURFACE_SQUARE,
    SURFACE_COLUMNS
};

/* Rows of two measurements in the same unit, and an outcome. */
struct surface_rows {
    size_t rows;
    const uint32_t *chosen;       /* [rows] places in the columns; NULL = all of them */
    struct number_column x, y, z; /* of each row */
    struct number_column weights; /* of each row; without values = all 1 */
    double centre;                /* taken from x and from y: the middle of their common scale */
};

/* Which of the columns a regression has. Borrowed by it. */
struct surface_reading {
    const struct surface_rows *rows;
    size_t first, count;
};

/* Written by surface_fit. A model that cannot be fitted tells why in `undefined`. */
struct surface_models {
    struct regression regression;    /* of the full model; reads the rows that it was made of */
    struct least_squares difference; /* z on y − x */
    struct least_squares linear;     /* z on x, y */
    struct least_squares full;       /* the surface */
    struct least_squares square;     /* z on (y − x)² */
};

/* z on some columns that stand together.
 * takes   reading  lives as long as the regression */
struct regression surface_regression(const struct surface_reading *reading);

/* Fits the four models to the same rows.
 * takes   rows  finite values; lives as long as out->regression
 * gives   *out  in ctx->arena
 * fails   STATUS_MEMORY
 * blank   as least_squares_fit, for each model
 * cost    time rows × 60, memory none of each row above LEAST_SQUARES_KEPT_MAX
 * source  [F71, F74, F75]
 * proof   tests/numeric/response_surface_test.c, against lm */
enum status surface_fit(struct ctx *ctx, const struct surface_rows *rows, struct surface_models *out) MUST_USE;

/* a1 = b1 + b2 and a2 = b3 + b4 + b5: slope and curvature along y = x; a3 = b1 − b2 and a4 = b3 − b4 + b5: along y = −x;
 * a5 = b3 − b5.
 * takes   coefficients  b0 … b5
 *         covariance    [6 × 6] of them, of any kind; NULL = no errors wanted
 * gives   a[5], se[5]
 * source  [F72]
 * proof   tests/numeric/response_surface_test.c */
void surface_slopes(const double coefficients[SURFACE_PARAMETERS], const double *covariance, double a[SURFACE_TESTS],
                    double se[SURFACE_TESTS]);

/* Written by surface_shape_find. */
struct surface_shape {
    enum undefined point_undefined; /* UNDEFINED_SINGULAR: a ridge, a trough or a plane has no such point */
    double x0, y0;                  /* about the centre */
    enum undefined axes_undefined;  /* as the point; UNDEFINED_UNBOUNDED: they run along x and y, one slope is infinite */
    double intercept1, slope1;      /* first principal axis: y = intercept1 + slope1 × x */
    double intercept2, slope2;      /* second, at a right angle */
};

/* The stationary point and the principal axes of a surface, where they exist.
 * blank   4b3b5 − b4² within 1e-8 of nothing -> no point and no axes;  b4 within 1e-8 of nothing -> no axes
 * source  [F73]
 * proof   tests/numeric/response_surface_test.c, against eigenvectors */
void surface_shape_find(const double coefficients[SURFACE_PARAMETERS], struct surface_shape *out);

/* The constraints under which the surface is a model of the difference (b1 + b2, b3, b4, b5 all 0: four rows), of
 * the squared difference (b1, b2, b3 − b5, b4 + 2b3), or linear (b3, b4, b5: three rows), each row over b0 … b5, for wald_test.
 */
extern const double surface_difference_constraints[4 * SURFACE_PARAMETERS];
extern const double surface_square_constraints[4 * SURFACE_PARAMETERS];
extern const double surface_linear_constraints[3 * SURFACE_PARAMETERS];

#endif
