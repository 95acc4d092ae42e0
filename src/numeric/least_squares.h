/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_LEAST_SQUARES_H
#define GAPMETER_NUMERIC_LEAST_SQUARES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "numeric/undefined.h"

/* One outcome on several predictors: y = b0 + b1 x1 + … + e. Sums run over the rows in the order given; who wants figures
 * that do not depend on the order of rows gives them in an order of their own. */

/* Above so many rows nothing is kept for each of them: they are put into as few as there are columns, block by block
 * (numeric/row_compression.h), and residuals and leverages are computed when they are needed. */
#define LEAST_SQUARES_KEPT_MAX 65536u

/* What is regressed on what. */
struct regression {
    size_t rows, columns;  /* columns: predictors, without the intercept */
    const double *x;       /* column j stands at x + j × rows */
    const double *y;       /* [rows] */
    const double *weights; /* [rows], each above 0; NULL = all 1 */
    bool intercept;
    /* Rows that are not held as x, y and weights: gives the weight of a row, its predictors in out, then its outcome. NULL = they
     * are held. */
    double (*read)(const void *state, size_t row, double *out); /* out [columns + 1] */
    const void *state;
};

/* One row, wherever it stands: its predictors, then its outcome.
 * gives   out [columns + 1], its weight */
static inline double regression_row(const struct regression *regression, size_t row, double *out)
{
    if (regression->read)
        return regression->read(regression->state, row, out);
    for (size_t j = 0; j < regression->columns; j++)
        out[j] = regression->x[j * regression->rows + row];
    out[regression->columns] = regression->y[row];
    return regression->weights ? regression->weights[row] : 1;
}

/* Written by least_squares_fit; arrays lie in ctx->arena. Parameter 0 is the intercept when there is one. */
struct least_squares {
    enum undefined undefined; /* DEFINED, or why there are no figures; then only `dependent` may hold something */
    bool intercept;           /* as in the regression */
    size_t rows, parameters;  /* parameters: columns + intercept */
    double df;                /* rows − parameters */
    double *coefficients;     /* [parameters] */
    double *inverse;          /* [parameters × parameters] (X′WX)⁻¹ */
    double *residuals;        /* [rows] y − Xb; NULL above LEAST_SQUARES_KEPT_MAX rows */
    double *leverages;        /* [rows] the diagonal of the hat matrix, in (0, 1]; NULL likewise */
    double *deviations;       /* [columns] Σw(x − x̄)²; without intercept Σwx² */
    bool *dependent;          /* [columns] takes part in a linear dependency (a constant column depends on the intercept alone) */
    double residual_squares, total_squares; /* Σwe², Σw(y − ȳ)²; without intercept Σwy² */
    double r_squared, adjusted_r_squared;
    double sigma_squared; /* Σwe² / df */
    bool perfect;         /* nothing is left over, but for rounding: R² is 1, and no standard error exists */
};

/* Least squares, weighted when there are weights, by orthogonalising the columns twice (a QR decomposition).
 * takes   regression  finite values
 * gives   *out
 * needs   weights above 0
 * fails   STATUS_MEMORY
 * blank   in out->undefined: rows <= parameters -> UNDEFINED_TOO_FEW;  a column that is, to seven digits, a linear combination of
 *         others, or constant beside an intercept -> UNDEFINED_SINGULAR, and `dependent` says which columns take part;
 *         constant outcome -> UNDEFINED_NO_VARIANCE
 * cost    time rows × columns², memory min(rows, LEAST_SQUARES_KEPT_MAX) × columns
 * source  Gauss 1809; twice is enough: Giraud, Langou & Rozložník 2005   [F34]
 * proof   tests/numeric/least_squares_test.c, against lm */
enum status least_squares_fit(struct ctx *ctx, const struct regression *regression, struct least_squares *out) MUST_USE;

/* How sure the coefficients are. */
enum covariance_kind {
    COVARIANCE_CLASSICAL, /* equal variances */
    COVARIANCE_HC3,       /* any variances: e²/(1 − h)² */
    COVARIANCE_CLUSTER,   /* any dependence within units: CR1, G/(G − 1) × (n − 1)/(n − k) */
    COVARIANCE_STRATA     /* units (or rows) drawn within strata: linearised, m/(m − 1) in each stratum */
};

/* Strata in which units were drawn apart. */
struct covariance_strata {
    const uint32_t *of; /* [unit_count, rows without units] number of the stratum */
    size_t count;
    const uint64_t *units; /* [count] in the whole design: those without a row count, with a score of 0 */
};

struct covariance_method {
    enum covariance_kind kind;
    const uint32_t *units; /* [rows] dense numbers from 0: rows of one unit belong together; read for COVARIANCE_CLUSTER and
                              COVARIANCE_STRATA, where NULL means that every row is a unit */
    size_t unit_count;     /* rows without units */
    const struct covariance_strata *strata; /* of COVARIANCE_STRATA */
};

/* How many strata the units lie in. */
size_t covariance_strata_present(const struct covariance_strata *strata, size_t unit_count);

/* The covariance matrix of the coefficients.
 * takes   fit  of the same regression, DEFINED
 * gives   out  [parameters × parameters]
 *         *undefined
 * fails   STATUS_MEMORY
 * blank   a perfect fit -> UNDEFINED_NO_VARIANCE;  HC3 with a row that alone decides a coefficient (leverage 1), fewer than two
 *         units, a stratum of one unit, as many strata as units -> UNDEFINED_TOO_FEW
 * cost    time rows × parameters²
 * source  HC3: MacKinnon & White 1985; CR1: Liang & Zeger 1986 with the usual small-sample factor; strata: Binder 1983, as
 *         survey::svyglm   [F34, F20]
 * proof   tests/numeric/least_squares_test.c, against sandwich; tests/numeric/stratified_regression_test.c, against survey */
enum status least_squares_covariance(struct ctx *ctx, const struct regression *regression, const struct least_squares *fit,
                                     const struct covariance_method *method, double *out, enum undefined *undefined) MUST_USE;

/* Cook's distance of a row: we²/(parameters × σ²) × h/(1 − h)².
 * takes   room  [parameters + 1]
 * gives   *out
 * blank   a perfect fit -> UNDEFINED_NO_VARIANCE;  a leverage of 1 -> UNDEFINED_TOO_FEW
 * source  Cook 1977   [F76]
 * proof   tests/numeric/least_squares_test.c */
enum undefined least_squares_cook(const struct regression *regression, const struct least_squares *fit, size_t row, double *room,
                                  double *out) MUST_USE;

/* The variance inflation of a predictor: 1/(1 − R²) of its regression on the others.
 * takes   column  0 … columns − 1
 * needs   fit DEFINED
 * source  Marquardt 1970   [F34]
 * proof   tests/numeric/least_squares_test.c */
double least_squares_inflation(const struct least_squares *fit, size_t column);

/* Written by least_squares_compare. */
struct constraint_test {
    double f, df1, df2, p; /* df1 = parameters that the small model lacks, df2 = df of the large one */
};

/* The constraint test: does the small model explain less than the large one, of which it is a special case?
 * takes   small, large  fitted to the same rows with the same weights
 * gives   *out
 * needs   both DEFINED
 * blank   a perfect large fit -> UNDEFINED_NO_VARIANCE
 * source  Fisher 1922   [F74]
 * proof   tests/numeric/least_squares_test.c, against anova */
enum undefined least_squares_compare(const struct least_squares *small, const struct least_squares *large,
                                     struct constraint_test *out) MUST_USE;

#endif
