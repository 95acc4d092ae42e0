/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_DIFFERENCE_RELIABILITY_H
#define GAPMETER_NUMERIC_DIFFERENCE_RELIABILITY_H

#include "base/status.h"
#include "numeric/undefined.h"

/* Two scores and their difference, over the same people. */
struct difference_parts {
    double first_variance, first_reliability;
    double second_variance, second_reliability;
    double difference_variance; /* s₁² + s₂² − 2 s₁₂; give it exactly (exact_variance of the difference) */
};

/* The reliability of a difference of two scores whose errors are uncorrelated:
 * (s₁² r₁₁ + s₂² r₂₂ − 2 s₁₂) / s_D², computed as 1 − (s₁²(1−r₁₁) + s₂²(1−r₂₂)) / s_D², which is the same.
 * gives   *out  at most 1 for reliabilities of at most 1; negative when the two correlate more than they are reliable
 * needs   variances >= 0, all finite
 * blank   the difference has no variance -> UNDEFINED_NO_VARIANCE
 * source  Johns 1981; Peter, Churchill & Brown 1993   [F16]
 * proof   tests/numeric/difference_reliability_test.c */
enum undefined difference_reliability(const struct difference_parts *parts, double *out) MUST_USE;

#endif
