/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_SHRINKAGE_H
#define GAPMETER_NUMERIC_SHRINKAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* Many means, each with its own error: how far do they differ in truth, and where does each stand? Values y with known
 * variances v of error, true values normal about a common mean with variance τ². */

/* DerSimonian and Laird's τ² = max(0, (Q − (k − 1))/(Σw − Σw²/Σw)), w = 1/v, Q = Σw(y − ȳ)².
 * takes   values, variances  [count] y and v
 * needs   finite values, variances > 0
 * blank   count < 2 -> UNDEFINED_TOO_FEW
 * source  DerSimonian & Laird 1986   [F115]
 * proof   tests/numeric/shrinkage_test.c, against metafor's rma(method = "DL") */
enum undefined dersimonian_laird(const double *values, const double *variances, size_t count, double *out) MUST_USE;

/* Paule and Mandel's τ²: the root of Σ(y − μ)²/(v + τ²) = k − 1, or 0 where the left side is below k − 1 already at 0.
 * takes,
 * needs  as dersimonian_laird
 * blank   count < 2 -> UNDEFINED_TOO_FEW;  UNDEFINED_NOT_CONVERGED
 * source  Paule & Mandel 1982   [F115]
 * proof   tests/numeric/shrinkage_test.c, against metafor's rma(method = "PM") */
enum undefined paule_mandel(const double *values, const double *variances, size_t count, double *out) MUST_USE;

/* μ = Σ y/(v + τ²) / Σ 1/(v + τ²), and its standard error 1/√Σ 1/(v + τ²). */
struct common_mean {
    double mean, se;
};

/* The common mean at one τ².
 * takes   between  τ²
 * cost    time count */
struct common_mean common_mean_of(const double *values, const double *variances, size_t count, double between);

/* μ + τ²/(τ² + v) (y − μ).
 * takes   between  τ²
 * source  Efron & Morris 1973   [F115] */
double shrunken_value(double value, double variance, double between, double mean);

/* What is known of τ after seeing the values, when before every τ and every μ was equally likely: a grid of τ with weights, at
 * equal steps of t, τ = s exp(π sinh t), which integrates such functions to the last digits. Made by posterior_create; in
 * ctx->arena. */
struct posterior {
    size_t count;                     /* values */
    const double *values, *variances; /* borrowed */
    size_t grid_count;
    const double *deviations;        /* [grid] τ */
    const double *weights;           /* [grid] add to 1; those that do not count are left out */
    const struct common_mean *means; /* [grid] μ given τ */
};

/* takes   as dersimonian_laird; values and variances must outlive *out
 * gives   *out
 * needs   count >= 3: with two the weight of large τ does not end
 * fails   STATUS_MEMORY
 * cost    time grid × count
 * source  Gelman, Carlin, Stern, Dunson, Vehtari & Rubin 2013, chapter 5; the flat prior of τ: Gelman 2006   [F115]
 * proof   tests/numeric/shrinkage_test.c: R's integrate; coverage by simulation */
enum status posterior_create(struct ctx *ctx, const double *values, const double *variances, size_t count,
                             struct posterior **out) MUST_USE;

/* The middle `confidence` of what is known of one true value.
 * blank   UNDEFINED_NOT_CONVERGED
 * cost    time some forty × grid */
enum undefined posterior_interval(const struct posterior *posterior, size_t which, double confidence,
                                  struct interval *out) MUST_USE;

/* Where draws come from. */
struct posterior_draws {
    const struct posterior *posterior;
    uint64_t seed, stream;
};

/* One draw of all true values together, each less the μ of the draw: chance is a function of seed, stream and number alone.
 * gives   values  [count]
 * cost    time grid + count
 * source  [F117]
 * proof   tests/numeric/shrinkage_test.c */
void posterior_draw(const struct posterior_draws *draws, uint32_t number, double *values);

/* Limits of a funnel plot, mean ± z √v, that a unit leaves by chance alone in `tail` of all cases on each side.
 * source  Spiegelhalter 2005   [F117] */
struct interval funnel_limits(double mean, double variance, double tail);

#endif
