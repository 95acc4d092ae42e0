/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_WAVE_CHANGE_H
#define GAPMETER_NUMERIC_WAVE_CHANGE_H

#include "numeric/welch.h"

/* What ties two waves together: those who answered in both. */
struct wave_overlap {
    double n_first, n_second; /* observations of each wave */
    double n_both;            /* people in both, at most the smaller of the two; 0 = independent waves */
    double correlation;       /* of their two values, in [−1, 1]; read when n_both > 0 */
};

/* The change of a mean from one wave to the next: se² = v1 + v2 − 2ρ √(v1 v2) n_both/√(n1 n2).
 * takes   first, second  mean, variance of the mean, df (n − 1)
 *         overlap        who answered in both
 * gives   *out  second − first, t, p, interval; df of Welch for independent waves, the smaller of both otherwise, which is
 *               n − 1 of the paired test when everybody answered in both
 * needs   0 <= n_both <= min(n1, n2), n above 0
 * blank   df < 1 in a wave -> UNDEFINED_TOO_FEW;  se = 0 -> UNDEFINED_NO_VARIANCE
 * source  Kish 1965, section 12.4; independent waves as Welch 1947   [F114]
 * proof   tests/numeric/wave_change_test.c: t.test, paired and not; simulated panels */
enum undefined wave_change(const struct mean_estimate *first, const struct mean_estimate *second,
                           const struct wave_overlap *overlap, double confidence, struct mean_comparison *out) MUST_USE;

#endif
