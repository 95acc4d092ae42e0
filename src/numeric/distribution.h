/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_DISTRIBUTION_H
#define GAPMETER_NUMERIC_DISTRIBUTION_H

/* The distributions of libRmath that are used: distribution.c is the only file that includes Rmath.h.
 * A probability is always asked for in the tail it is wanted in, never computed as 1 − cdf, so a
 * p-value keeps its digits down to 1e-300. All are pure functions, safe in any thread. Degrees of
 * freedom are real numbers above 0 (survey weights make them so). Arguments outside what `needs`
 * says are programming mistakes and stop the program (assert).
 * source  R 4.2.2's nmath (Wichura 1988 AS241; Didonato & Morris 1992 TOMS 708; Loader 2000)
 * proof   tests/numeric/distribution_test.c against R's printed values and exact identities */

/* P(Z <= z) and P(Z > z) of the standard normal.
 * needs   z finite
 * gives   [0, 1]; 0 where the true value is below the smallest double */
double normal_lower(double z);
double normal_upper(double z);

/* ln P(Z <= z), good where the probability itself is too small for a double. */
double normal_lower_log(double z);

/* P(|Z| > |z|): the two-sided p-value. */
double normal_two_sided(double z);

/* The z with P(Z > z) = tail; with tail = .025 this is 1.959963984540054.
 * needs   0 < tail < 1 */
double normal_quantile_upper(double tail);

/* P(T <= t), P(T > t) and P(|T| > |t|) of Student's t.
 * needs   df > 0, t finite */
double t_lower(double t, double df);
double t_upper(double t, double df);
double t_two_sided(double t, double df);

/* The t with P(T > t) = tail; for a 95 % interval tail = .025.
 * needs   0 < tail < 1, df > 0
 * gives   finite; with very few degrees of freedom it is very large */
double t_quantile_upper(double tail, double df);

/* P(F > f).
 * needs   f >= 0, both df > 0 */
double f_upper(double f, double df1, double df2);

/* The f with P(F > f) = tail.
 * needs   0 < tail < 1, both df > 0 */
double f_quantile_upper(double tail, double df1, double df2);

/* P(X > x) of chi-square.
 * needs   x >= 0, df > 0 */
double chi_square_upper(double x, double df);

/* P(B <= x) of the beta distribution.
 * needs   0 <= x <= 1, both shapes > 0 */
double beta_lower(double x, double shape1, double shape2);

/* The x with P(B <= x) = probability.
 * needs   0 <= probability <= 1, both shapes > 0 */
double beta_quantile(double probability, double shape1, double shape2);

/* ln P(B = k) of the binomial distribution.
 * needs   0 <= k <= n, 0 < probability < 1
 * source  Loader 2000 */
double binomial_mass_log(double k, double n, double probability);

/* ln(1 + x) − x without cancellation.
 * needs   x > −1 */
double log1p_minus(double x);

#endif
