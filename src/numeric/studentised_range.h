/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_STUDENTISED_RANGE_H
#define GAPMETER_NUMERIC_STUDENTISED_RANGE_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* The range of k independent standard normals over an independent estimate s of their standard deviation with df degrees of
 * freedom. R's ptukey is not used: with few degrees of freedom it has five digits, and its upper tail is 1 − cdf, noise below
 * 1e-10. Ours is an integral of positive terms: P(Q > q) = ∫ f(s) W(qs) ds with W(w) = k ∫ φ(z) [Φ(z)^(k−1) − (Φ(z) − Φ(z −
 * w))^(k−1)] dz, both by the trapezoid rule, which for such integrands converges faster than any power of the step. source  Tukey
 * 1953; the integral as in Copenhaver & Holland 1988 proof   tests/numeric/studentised_range_test.c: integrals in long
 * arithmetic, 2 P(T > q/√2) for k = 2; R's ptukey to the digits that it has */

/* P(Q > q).
 * takes   groups  k
 * gives   [0, 1]; ten digits or more, down to 1e-200
 * needs   q >= 0 finite, groups >= 2, df >= 1
 * cost    some thousand normal tails */
double studentised_range_upper(double q, size_t groups, double df);

/* The q with P(Q > q) = tail.
 * needs   0 < tail < 1, groups >= 2, df >= 1
 * blank   not found -> UNDEFINED_NOT_CONVERGED
 * cost    about ten calls of studentised_range_upper */
enum undefined studentised_range_quantile_upper(double tail, size_t groups, double df, double *out) MUST_USE;

#endif
