/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_RELATIVE_IMPORTANCE_H
#define GAPMETER_NUMERIC_RELATIVE_IMPORTANCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* How the R² of a regression is shared out among its predictors. Everything is computed from correlations, weighted or not:
 * no answers are needed. Room is the caller's, so that a resample takes no memory. */

/* Predictors as correlations. */
struct correlations {
    size_t count;          /* predictors */
    const double *between; /* [count²] */
    const double *outcome; /* [count] of each predictor with the outcome */
};

/* Correlations out of covariances whose last column is the outcome.
 * takes   covariance  [(count + 1)²]
 * gives   between [count²], outcome [count]
 * blank   a constant predictor -> UNDEFINED_SINGULAR;  constant outcome -> UNDEFINED_NO_VARIANCE */
enum undefined correlations_make(const double *covariance, size_t count, double *between, double *outcome) MUST_USE;

/* Doubles of room that importance_lmg and importance_owen need: the R² of every subset, and more.
 * needs   count <= LMG_EXACT_MAX */
size_t importance_room(size_t count);

/* LMG: what a predictor adds to R², averaged over all orders in which the predictors may enter (the Shapley value of R²).
 * takes   room  [importance_room(count)]
 * gives   out   [count]; they sum to R², and none is below 0 but for rounding
 *         *r_squared
 * needs   1 <= count <= LMG_EXACT_MAX
 * blank   a predictor that leaves less than 1e-10 of its variance to the others -> UNDEFINED_SINGULAR
 * cost    time 8 × 2^count
 * source  Lindeman, Merenda & Gold 1980; Grömping 2006   [F35]
 * proof   tests/numeric/relative_importance_test.c, against all subsets by lm */
enum undefined importance_lmg(const struct correlations *correlations, double *room, double *out, double *r_squared) MUST_USE;

/* The same over orders that keep the predictors of a block together (the Owen value); a block's sum is the LMG of the block as a
 * whole.
 * takes   block_of  [count] the block of each predictor, dense numbers from 0
 * cost    time count × 2^count
 * source  Owen 1977; grouped: LeBreton, Tonidandel & Krasikova 2013   [F37]
 * proof   tests/numeric/relative_importance_test.c */
enum undefined importance_owen(const struct correlations *correlations, const uint32_t *block_of, double *room, double *out,
                               double *r_squared) MUST_USE;

/* Which orders are drawn. */
struct importance_draw {
    uint64_t seed, stream;
    uint32_t pairs; /* pairs of a random order and its reverse; at least 2 */
};

/* Doubles of room that importance_lmg_sampled needs. */
size_t importance_sampled_room(size_t count);

/* LMG by random orders, for more predictors than can be enumerated; the sum is R² all the same.
 * takes   room  [importance_sampled_room(count)]
 * gives   out [count]; se [count] its Monte Carlo error
 *         *r_squared
 * blank   as importance_lmg
 * cost    time pairs × count³ / 3
 * source  Castro, Gómez & Tejada 2009; the reversed order halves the noise   [F35]
 * proof   tests/numeric/relative_importance_test.c, against importance_lmg */
enum undefined importance_lmg_sampled(const struct correlations *correlations, const struct importance_draw *draw, double *room,
                                      double *out, double *se, double *r_squared) MUST_USE;

/* Doubles of room that importance_johnson needs. */
size_t importance_johnson_room(size_t count);

/* Johnson's relative weights: R² shared out through the uncorrelated variables that are nearest to the predictors.
 * takes   room  [importance_johnson_room(count)]
 * gives   out   [count]; they sum to R²
 * blank   smallest eigenvalue below 1e-10 -> UNDEFINED_SINGULAR;  UNDEFINED_NOT_CONVERGED
 * cost    time count³
 * source  Johnson 2000   [F36]
 * proof   tests/numeric/relative_importance_test.c */
enum undefined importance_johnson(const struct correlations *correlations, double *room, double *out) MUST_USE;

#endif
