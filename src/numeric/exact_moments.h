/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_EXACT_MOMENTS_H
#define GAPMETER_NUMERIC_EXACT_MOMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/status.h"
#include "base/wide.h"
#include "numeric/undefined.h"

/* Means, variances, covariances and standard errors from exact integer sums, each a single exact fraction
 * that is rounded once. Σ runs over observations; x is an integer, w an integer weight. Unweighted: every
 * w is 1, so that w = ww = n. The unit of the weights cancels in all of them. `needs` of all: sums that
 * belong together (made by the _add functions or the same sums kept elsewhere).
 * proof   tests/numeric/exact_moments_test.c: 100,000 random small data sets against libgmp fractions */

/* What the integer x stands for: value = origin + step × x / divisor. A difference of two such values has
 * the same step and divisor and the origin 0. */
struct exact_unit {
    struct decimal origin;
    struct decimal step; /* above 0 */
    int64_t divisor;     /* above 0; 1 for single items */
};

/* How often something was observed, and with what weight. */
struct exact_weight {
    uint64_t n;
    int128 w;  /* Σw; n when unweighted */
    int128 ww; /* Σw²; n when unweighted */
};

/* The sums of one variable. Start from {0}. */
struct exact_sums {
    uint64_t n;
    struct wide w, ww, wx, wxx, wwx, wwxx; /* Σw, Σw², Σwx, Σwx², Σw²x, Σw²x² */
};

/* The sums of two variables over the same observations. Start from {0}. */
struct exact_pair_sums {
    uint64_t n;
    struct wide w, ww, wx, wy, wxx, wyy, wxy;
};

/* Sums and cross-products of several variables over the same observations. Borrowed. */
struct exact_block {
    struct exact_weight all;
    size_t count;           /* variables */
    const int128 *sums;     /* [i] Σw·x_i */
    const int128 *products; /* [i × count + j] Σw·x_i·x_j, symmetric */
};

/* The variance of the weighted mean A/B with clusters c: a_c = Σwx and b_c = Σw within cluster c. */
struct exact_cluster_sums {
    uint64_t clusters;      /* in the whole design */
    struct wide a, b;       /* Σ a_c = Σwx, Σ b_c = Σw */
    struct wide aa, ab, bb; /* Σ a_c², Σ a_c b_c, Σ b_c² */
};

/* Adds one cell of a count table: all its observations have the value x (and y).
 * fails   *overflow is set, never cleared, when a sum does not fit 640 bits
 * cost    constant */
void exact_sums_add(struct exact_sums *sums, const struct exact_weight *weight, int64_t x, bool *overflow);
void exact_pair_sums_add(struct exact_pair_sums *sums, const struct exact_weight *weight, int64_t x, int64_t y, bool *overflow);

/* Adds weight × x × y to one sum, for who needs no other. */
void exact_product_add(struct wide *target, int128 weight, int64_t x, int64_t y, bool *overflow);

/* The weighted mean, origin + step/divisor × Σwx/Σw, correctly rounded. Reads w and wx only.
 * blank   Σw = 0 -> UNDEFINED_TOO_FEW;  UNDEFINED_OVERFLOW
 * source  formulas 6.0   [F1] */
enum undefined exact_mean(const struct exact_sums *sums, const struct exact_unit *unit, double *out) MUST_USE;

/* The variance, correctly rounded: Σw(x−x̄)²/Σw × n_eff/(n_eff−1) = (Σw·Σwx² − (Σwx)²)/((Σw)² − Σw²), which
 * without weights is the one with n−1. Reads n, w, ww, wx, wxx.
 * gives   0 exactly when all x are equal
 * blank   n < 2 or n_eff = 1 -> UNDEFINED_TOO_FEW;  UNDEFINED_OVERFLOW
 * source  formulas 6.0 */
enum undefined exact_variance(const struct exact_sums *sums, const struct exact_unit *unit, double *out) MUST_USE;

/* Its square root, from the same exact fraction, within one unit in the last place. */
enum undefined exact_deviation(const struct exact_sums *sums, const struct exact_unit *unit, double *out) MUST_USE;

/* The effective number of observations (Σw)²/Σw² (Kish 1965); n when unweighted. Correctly rounded.
 * blank   Σw = 0 -> UNDEFINED_TOO_FEW;  UNDEFINED_OVERFLOW */
enum undefined exact_effective_count(const struct exact_weight *weight, double *out) MUST_USE;

/* The linearised standard error of the weighted mean, sqrt(Σw²(x−x̄)²)/Σw × sqrt(m/(m−1)). Without weights
 * and with m = n this is s/√n. Within one unit in the last place of the exact root.
 * takes   design_count  m, observations in the whole design: sums->n, or more when the sums are a segment's
 * gives   0 exactly when all x are equal
 * needs   design_count >= sums->n
 * blank   design_count < 2 or Σw = 0 -> UNDEFINED_TOO_FEW;  UNDEFINED_OVERFLOW
 * source  Taylor linearisation, as survey::svymean   [F20] */
enum undefined exact_linearised_error(const struct exact_sums *sums, uint64_t design_count, const struct exact_unit *unit,
                                      double *out) MUST_USE;

/* The same with clusters: sqrt(C/(C−1) × Σ_c (a_c − (A/B) b_c)²) / B.
 * blank   clusters < 2 or B = 0 -> UNDEFINED_TOO_FEW;  UNDEFINED_OVERFLOW
 * source  as above   [F20] */
enum undefined exact_clustered_error(const struct exact_cluster_sums *sums, const struct exact_unit *unit, double *out) MUST_USE;

/* One stratum's part of the squared standard error of the weighted mean A/B: with m clusters in the stratum
 * m/(m−1) × Σ_c (z_c − z̄)² / B², where z_c = a_c − (A/B) b_c and z̄ is their mean over the stratum. The error is the root of
 * the sum over strata. One exact fraction, correctly rounded: strata have no common denominator that would fit.
 * takes   mean     a, b  A and B over all strata; nothing else is read
 *         stratum  its clusters in the whole design (those without a value count, with z = 0), a, b, aa, ab and bb
 * gives   0 exactly when all z of the stratum are equal
 * blank   clusters < 2 or B = 0 -> UNDEFINED_TOO_FEW;  UNDEFINED_OVERFLOW
 * source  Taylor linearisation, sampling with replacement, as survey::svymean   [F20]
 * proof   tests/numeric/stratum_variance_test.c, tests/oracle/strata_study_test.c */
enum undefined exact_stratum_variance(const struct exact_cluster_sums *mean, const struct exact_cluster_sums *stratum,
                                      const struct exact_unit *unit, double *out) MUST_USE;

/* The covariance, (Σw·Σwxy − Σwx·Σwy)/((Σw)² − Σw²) in the units of x times those of y, correctly rounded.
 * blank   as exact_variance */
enum undefined exact_covariance(const struct exact_pair_sums *sums, const struct exact_unit *unit_x,
                                const struct exact_unit *unit_y, double *out) MUST_USE;

/* Pearson's correlation, within a few units in the last place; exactly 1 or −1 where the integers say so.
 * gives   [−1, 1]
 * blank   n < 2 -> UNDEFINED_TOO_FEW;  x or y constant (found by integers) -> UNDEFINED_NO_VARIANCE;  UNDEFINED_OVERFLOW */
enum undefined exact_correlation(const struct exact_pair_sums *sums, double *out) MUST_USE;

/* The covariance matrix of a block, each element correctly rounded; all variables have the same unit.
 * gives   out[count × count], symmetric
 * blank   n < 2 or n_eff = 1 -> UNDEFINED_TOO_FEW;  UNDEFINED_OVERFLOW
 * cost    time count² */
enum undefined exact_covariance_matrix(const struct exact_block *block, const struct exact_unit *unit, double *out) MUST_USE;

/* What alpha and the item statistics are made of: Σw·Σw·x_i·x_j − Σw·x_i·Σw·x_j, the covariance of variables i and j
 * without its denominator.
 * fails   *overflow is set, never cleared, when it does not fit */
struct wide exact_block_moment(const struct exact_block *block, size_t i, size_t j, bool *overflow);

/* The same for variable i and the sum of all variables, and for that sum alone (its variance).
 * cost    time count, count² */
struct wide exact_block_moment_total(const struct exact_block *block, size_t i, bool *overflow);
struct wide exact_block_total(const struct exact_block *block, bool *overflow);

/* Whether a block has no variances because n < 2 or n_eff = 1. */
bool exact_block_too_few(const struct exact_block *block);

/* xy / sqrt(xx × yy) of such moments, within a few units in the last place; exactly ±1 where xy² = xx × yy.
 * needs   xx > 0, yy > 0, xy² <= xx × yy
 * gives   [−1, 1] */
double exact_moment_correlation(struct wide xy, struct wide xx, struct wide yy);

#endif
