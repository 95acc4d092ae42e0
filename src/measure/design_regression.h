/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_DESIGN_REGRESSION_H
#define GAPMETER_MEASURE_DESIGN_REGRESSION_H

#include "measure/case_columns.h"
#include "measure/group_row.h"
#include "numeric/least_squares.h"

/* How sure the coefficients of whole persons are, by the design of the study. Private to measure/. */
struct design_error {
    enum undefined undefined; /* of the covariance */
    enum reason test_blank;   /* REASON_NONE, or why no p-value may be given although there is an interval */
    const double *covariance; /* [parameters²]: HC3; with clusters CR1; with strata linearised within them */
    double df;                /* n − k; with clusters their number − 1; with strata clusters (or rows) − strata */
};

/* The covariance of a fit over the rows of a matrix.
 * takes   fit  DEFINED
 * gives   *out  fewer than CLUSTERS_FOR_TEST clusters: test_blank is few_clusters
 * fails   STATUS_MEMORY
 * blank   as least_squares_covariance
 * source  [F34]
 * proof   tests/measure/drivers/drivers_test.c, against sandwich */
enum status design_error_find(struct ctx *ctx, const struct case_matrix *matrix, const struct regression *regression,
                              const struct least_squares *fit, struct design_error *out) MUST_USE;

/* What a table shows of an estimate. */
struct estimate_cells {
    struct value se, low, high, t, p;
};

/* Its error, interval and test against zero.
 * takes   variance  of the estimate
 * blank   the reason of the error; a variance of 0 -> no_variance; p: test_blank
 * source  [F34] */
struct estimate_cells estimate_cells_of(double estimate, double variance, const struct design_error *error, double confidence);

#endif
