/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_RATIO_INTERVAL_H
#define GAPMETER_NUMERIC_RATIO_INTERVAL_H

#include "base/status.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* Two means of one sample. The variances are those OF THE MEANS: s²/n, or squared standard errors. */
struct ratio_parts {
    double numerator, denominator; /* means */
    double numerator_variance, denominator_variance, covariance;
};

/* Fieller's interval of numerator/denominator.
 * takes   quantile  t quantile of the confidence, such as t_quantile_upper(.025, n − 1)
 * gives   *out  both ends finite; contains the ratio
 * needs   variances >= 0, quantile > 0, all finite
 * blank   denominator² <= quantile² × denominator_variance -> UNDEFINED_UNBOUNDED (the denominator may be zero)
 * source  Fieller 1954   [F10]
 * proof   tests/numeric/ratio_interval_test.c */
enum undefined fieller_interval(const struct ratio_parts *parts, double quantile, struct interval *out) MUST_USE;

#endif
