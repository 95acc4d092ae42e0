/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_PAIRED_T_H
#define GAPMETER_NUMERIC_PAIRED_T_H

#include "base/status.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* Written by paired_t_test; every field is defined when it says DEFINED. */
struct paired_t {
    double t, df;
    double p;                 /* two-sided, in the tail */
    struct interval interval; /* of the mean difference */
};

/* Whether a mean difference is other than zero, and its interval mean ± t × se.
 * takes   mean        mean difference
 *         se          its standard error: s/√n, linearised, or clustered
 *         df          n − 1, or clusters − 1
 *         confidence  such as .95
 * gives   *out  t = mean/se, two-sided p, interval
 * needs   0 < confidence < 1, se >= 0, all finite
 * blank   df < 1 -> UNDEFINED_TOO_FEW;  se = 0 -> UNDEFINED_NO_VARIANCE (a constant difference has no test)
 * source  Student 1908   [F20]
 * proof   tests/numeric/paired_t_test.c */
enum undefined paired_t_test(double mean, double se, double df, double confidence, struct paired_t *out) MUST_USE;

#endif
