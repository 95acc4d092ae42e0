/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_CASE_ERROR_H
#define GAPMETER_MEASURE_CASE_ERROR_H

#include "measure/case_columns.h"
#include "measure/mean_error.h"

/* How sure a figure of whole persons is, by the design of the study. Private to measure/. */

/* The linearised standard error of a figure from what each row adds to it: se² = f Σ (Σ influence of the rows of a unit)²,
 * f = n/(n − 1), with clusters C/(C − 1), C of the whole design; with strata as mean_error_find.
 * takes   influences  [rows] weights included, so that they add to 0
 * gives   *out        as mean_error_find for tallies: df = units − 1, units − strata; few clusters forbid a test
 * fails   STATUS_MEMORY
 * blank   fewer than two rows or units, no degree of freedom -> too_few; lonely_stratum
 * source  [F20]
 * proof   tests/measure/index/nps_test.c, csat_test.c, against survey::svymean */
enum status case_error_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                            const double *influences, struct mean_error *out) MUST_USE;

/* A weighted mean of the rows, and what it is worth. */
struct case_mean {
    enum undefined undefined; /* of all but n */
    uint64_t n;
    double mean;
    double spread; /* Σw(x − x̄)²/Σw */
    double count;  /* how many independent answers would give the mean the certainty it has: n; with weights (Σw)²/Σw²; with
                      clusters spread/se², or as many as there are clusters when all answers are equal */
    struct mean_error error;
};

/* What is averaged of each row. */
struct case_figures {
    struct number_column numbers;                   /* [rows] */
    double (*of)(const void *state, double number); /* what a number counts as; NULL = as it is */
    const void *state;
};

/* Its mean and error, of figures that are read.
 * fails   STATUS_MEMORY
 * blank   as case_mean_find
 * cost    time rows, memory of each row for clusters and strata alone
 * source  [F20, F29]
 * proof   tests/measure/index/nps_test.c, csat_test.c, against survey::svymean */
enum status case_mean_of(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                         const struct case_figures *figures, struct case_mean *out) MUST_USE;

/* The same of numbers as they are.
 * takes   values  [rows]
 * fails   STATUS_MEMORY
 * blank   no row -> UNDEFINED_TOO_FEW
 * source  [F20, F29]
 * proof   tests/measure/index/nps_test.c, csat_test.c, against survey::svymean */
enum status case_mean_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                           const double *values, struct case_mean *out) MUST_USE;

/* Why a share or score of a group has no interval by its count: REASON_NONE, few_clusters or lonely_stratum. */
enum reason case_interval_blank(const struct measuring *measuring, const struct case_mean *mean);

#endif
