/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_LOGISTIC_REGRESSION_H
#define GAPMETER_NUMERIC_LOGISTIC_REGRESSION_H

#include "numeric/least_squares.h"

/* Written by logistic_fit; arrays lie in ctx->arena. */
struct logistic {
    enum undefined undefined; /* DEFINED, or why there are no figures; then only `dependent` may hold something */
    size_t rows, parameters;
    double *coefficients; /* [parameters] log odds; the intercept first */
    double *covariance;   /* [parameters²] inverse of the information */
    double *fitted;       /* [rows] probabilities, in (0, 1) */
    bool *dependent;      /* [columns] takes part in a linear dependency */
    double deviance;      /* −2 log likelihood, Σw times it */
    double null_deviance; /* of the intercept alone (without one, of probability ½) */
    unsigned iterations;
};

/* The probability of a linear predictor: 1/(1 + exp(−η)), without overflow. */
double logistic_probability(double linear);

/* The chance of a 1 on several predictors: log(p/(1 − p)) = b0 + b1x1 + …, by maximum likelihood (iteratively reweighted least
 * squares, the step halved where the likelihood would fall).
 * takes   regression  y is 0 or 1; weights as frequencies
 * gives   *out
 * fails   STATUS_MEMORY
 * blank   in out->undefined: rows <= parameters -> UNDEFINED_TOO_FEW;  dependent columns -> UNDEFINED_SINGULAR;  y all alike ->
 *         UNDEFINED_NO_VARIANCE;  the predictors tell some zeros and ones wholly apart, so that the likelihood has no
 *         finite maximum -> UNDEFINED_UNBOUNDED;  UNDEFINED_NOT_CONVERGED
 * cost    time iterations × rows × columns²
 * source  Nelder & Wedderburn 1972; separation: Albert & Anderson 1984   [F84]
 * proof   tests/numeric/logistic_regression_test.c, against glm */
enum status logistic_fit(struct ctx *ctx, const struct regression *regression, struct logistic *out) MUST_USE;

#endif
