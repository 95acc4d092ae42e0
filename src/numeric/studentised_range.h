/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_STUDENTISED_RANGE_H
#define GAPMETER_NUMERIC_STUDENTISED_RANGE_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* The range of k independent standard normals over an independent estimate s of their standard deviation with df degrees of
 * freedom. R's ptukey is not used: with few degrees of freedom it has five digits, and its upper tail is 1 − cdf, noise below
 * 1e-10. Ours is an integral of positive terms: P(Q > q) = ∫ f(s) W(qs) ds with W(w) = k ∫ φ(z) [Φ(z)^(k−1) − (Φ(z) − Φ(z −
 * w))^(k−1)] dz, both by the trapezoid rule, which for such integrands converges faster than any power of the step.
 * source  Tukey
 * 1953; the integral as in Copenhaver & Holland 1988
 * proof   tests/numeric/studentised_range_test.c: integrals in long
 * arithmetic, 2 P(T > q/√2) for k = 2; R's ptukey to the digits that it has */

#define RANGE_PIECES 64u
#define RANGE_ORDER  16u

/* W for one number of groups: W(w) exp(w²/4), which is smooth, by Chebyshev polynomials on pieces of w. Written by
 * studentised_range_open; may be used by many threads. */
struct studentised_range {
    size_t groups;
    double pieces[RANGE_PIECES][RANGE_ORDER];
};

/* Makes W ready for k groups.
 * needs   groups >= 2
 * cost    a thousand integrals of some hundred normal tails: 10 ms */
void studentised_range_open(size_t groups, struct studentised_range *out);

/* P(Q > q).
 * gives   [0, 1]; ten digits or more, down to 1e-200
 * needs   q >= 0 finite, df >= 1
 * cost    some hundred polynomials */
double studentised_range_upper(const struct studentised_range *range, double q, double df);

/* The q with P(Q > q) = tail.
 * needs   0 < tail < 1, df >= 1
 * blank   not found -> UNDEFINED_NOT_CONVERGED
 * cost    about ten calls of studentised_range_upper */
enum undefined studentised_range_quantile_upper(const struct studentised_range *range, double tail, double df,
                                                double *out) MUST_USE;

#endif
