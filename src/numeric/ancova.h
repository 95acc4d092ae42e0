/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_ANCOVA_H
#define GAPMETER_NUMERIC_ANCOVA_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* What one group contributes: n, the means of x and y, and their variances and covariance with n − 1. */
struct ancova_group {
    double n, mean_x, mean_y, variance_x, variance_y, covariance;
};

/* Written by ancova_test. */
struct ancova {
    double slope; /* of y on x within groups */
    double f, df1, df2, p;
};

/* Whether y differs between groups at equal x, with one slope for all groups: the F test of the groups in y = group + b x.
 * takes   groups  [count], of independent people; n = 1 has variances of 0
 * needs   n >= 1, variances >= 0
 * blank   count < 2 or Σn < count + 2 -> UNDEFINED_TOO_FEW;  x does not vary within groups, or y follows x exactly ->
 *         UNDEFINED_NO_VARIANCE
 * cost    time count
 * source  Fisher 1932; what it asks against the difference y − x: Lord 1967   [F27]
 * proof   tests/numeric/ancova_test.c, against anova(lm) */
enum undefined ancova_test(const struct ancova_group *groups, size_t count, struct ancova *out) MUST_USE;

#endif
