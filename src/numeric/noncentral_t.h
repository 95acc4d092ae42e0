/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_NONCENTRAL_T_H
#define GAPMETER_NUMERIC_NONCENTRAL_T_H

#include "base/status.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* Non-central t: T' = (Z + ncp) / sqrt(χ²(df)/df). libRmath's pnt changes its method at |ncp| > 37.62, loses
 * the upper tail and prints warnings; these do not. P(T' <= t) = ∫ Φ(ts − ncp) f(s) ds over s = sqrt(χ²/df),
 * and the upper tail with the sign turned: each integrand is positive and log-concave, so each tail
 * is found to its own relative accuracy by adaptive Gauss–Legendre around its one peak. */

/* P(T' <= t).
 * takes   t    any number up to ±1e100
 *         df   real degrees of freedom
 *         ncp  non-centrality, any number up to ±1e100
 * gives   [0, 1], relative error about 1e-12 also far in the tail; 0 below the smallest double
 * needs   df >= 1 (the integrand has one peak), all finite
 * cost    some ten microseconds
 * source  integral: Johnson, Kotz & Balakrishnan 1995, chapter 31; switches of pnt avoided: AS 243, Lenth 1989   [F21]
 * proof   tests/numeric/noncentral_t_test.c */
double noncentral_t_lower(double t, double df, double ncp);

/* P(T' > t), the same in the other tail. */
double noncentral_t_upper(double t, double df, double ncp);

/* The confidence interval of the non-centrality behind an observed t: low has P(T' > t) = (1−confidence)/2,
 * high has P(T' <= t) = (1−confidence)/2. Divide by √n for the interval of dz.
 * takes   t           observed
 *         df          real degrees of freedom
 *         confidence  such as .95
 * gives   *out  low < high
 * needs   0 < confidence < 1, t finite
 * cost    some four microseconds (numeric/noncentrality.h); half a millisecond with fewer than 3 degrees of freedom or t above 10 √df
 * blank   df < 1 -> UNDEFINED_TOO_FEW;  |t| above 1e60 -> UNDEFINED_NOT_CONVERGED
 * source  Steiger & Fouladi 1997; Cumming & Finch 2001   [F21]
 * proof   tests/numeric/noncentral_t_test.c */
enum undefined noncentrality_interval(double t, double df, double confidence, struct interval *out) MUST_USE;

#endif
