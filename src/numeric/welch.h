/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_WELCH_H
#define GAPMETER_NUMERIC_WELCH_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/interval.h"
#include "numeric/studentised_range.h"
#include "numeric/undefined.h"

/* Comparing the means of groups whose variances may differ. */

/* A mean, and how sure it is. Of n independent observations with standard deviation s: variance s²/n, df n − 1. */
struct mean_estimate {
    double mean;
    double variance; /* of the mean: its standard error squared */
    double df;
};

/* Written by welch_t_test and games_howell. */
struct mean_comparison {
    double difference; /* second − first */
    double se, df;
    double statistic; /* Welch: t;  Games–Howell: the studentised range q, always >= 0 */
    double p;
    struct interval interval; /* of the difference */
};

/* Written by welch_f_test. */
struct welch_f {
    double f, df1, df2, p;
};

/* Two means: t = (second − first)/se, se² = v1 + v2, df = se⁴/(v1²/df1 + v2²/df2), two-sided p.
 * takes   confidence  of the interval
 * needs   finite means and variances >= 0, 0 < confidence < 1
 * blank   df < 1 in a group -> UNDEFINED_TOO_FEW;  both variances 0 -> UNDEFINED_NO_VARIANCE
 * source  Welch 1947; df: Satterthwaite 1946   [F27]
 * proof   tests/numeric/welch_test.c, against t.test */
enum undefined welch_t_test(const struct mean_estimate *first, const struct mean_estimate *second, double confidence,
                            struct mean_comparison *out) MUST_USE;

/* Whether k means are equal: with w = 1/v, W = Σw, ȳ = Σwy/W and L = Σ(1 − w/W)²/df,
 * F = Σw(y − ȳ)²/(k − 1) / (1 + 2(k − 2)L/(k² − 1)), df1 = k − 1, df2 = (k² − 1)/(3L). For two groups it is t² of Welch.
 * takes   means  [count], in an order that does not depend on the data
 * needs   finite means and variances >= 0
 * blank   count < 2 or df < 1 in a group -> UNDEFINED_TOO_FEW;  a variance of 0 -> UNDEFINED_NO_VARIANCE
 * cost    time count
 * source  Welch 1951   [F27]
 * proof   tests/numeric/welch_test.c, against oneway.test */
enum undefined welch_f_test(const struct mean_estimate *means, size_t count, struct welch_f *out) MUST_USE;

/* One pair out of k groups, allowing for all pairs: q = |second − first|/√((v1 + v2)/2) with Welch's df, p and interval by the
 * studentised range of k means.
 * takes   range   of k, how many groups are compared pair by pair
 * needs   as welch_t_test
 * blank   as welch_t_test;  no quantile found -> UNDEFINED_NOT_CONVERGED
 * source  Games & Howell 1976   [F27]
 * proof   tests/numeric/welch_test.c: the definition in R; two groups are Welch's t */
enum undefined games_howell(const struct mean_estimate *first, const struct mean_estimate *second,
                            const struct studentised_range *range, double confidence, struct mean_comparison *out) MUST_USE;

#endif
