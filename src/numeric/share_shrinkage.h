/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_SHARE_SHRINKAGE_H
#define GAPMETER_NUMERIC_SHARE_SHRINKAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* Many shares x/n, each of its own n: how far do they differ in truth, and where does each stand? True shares follow a beta
 * distribution. Counts may be real numbers (weights make them so). */

/* Written by share_spread_find. */
struct share_spread {
    double share;       /* p = Σx/Σn */
    double chi_square;  /* X² = Σ(x − np)²/(np(1 − p)) */
    double correlation; /* ρ = (X² − (k − 1))/Σ(n − 1)(1 − n/N); 0 or less: no more than chance */
    double precision;   /* M = (1 − ρ)/ρ, what the common share counts for; 0 when ρ <= 0 */
};

/* takes   with, counts  [count] x and n
 * needs   0 <= x <= n, n > 0
 * blank   count < 2 -> UNDEFINED_TOO_FEW;  p = 0 or 1, or all n = 1 -> UNDEFINED_NO_VARIANCE
 * source  Kleinman 1973; Fleiss, Levin & Paik 2003   [F116]
 * proof   tests/numeric/share_shrinkage_test.c */
enum undefined share_spread_find(const double *with, const double *counts, size_t count, struct share_spread *out) MUST_USE;

/* (x + Mp)/(n + M); p itself where ρ <= 0.
 * source  [F116] */
double shrunken_share(double with, double count, const struct share_spread *spread);

/* What is known of r = √ρ after seeing the shares, when before every r in (0, 1) was equally likely, with the common share that
 * belongs to each r, Σwx/n ÷ Σw, w = n/(1 + (n − 1)ρ). In ctx->arena. */
struct share_posterior {
    size_t count;
    const double *with, *counts; /* borrowed */
    size_t grid_count;
    const double *precisions; /* [grid] M */
    const double *weights;    /* [grid] add to 1; those that do not count are left out */
    const double *shares;     /* [grid] common share */
};

/* takes   as share_spread_find; with and counts must outlive *out
 * needs   count >= 3, and what share_spread_find needs; 0 < Σx < Σn
 * fails   STATUS_MEMORY
 * cost    time grid × count
 * source  [F116]
 * proof   tests/numeric/share_shrinkage_test.c: R's integrate; coverage by simulation */
enum status share_posterior_create(struct ctx *ctx, const double *with, const double *counts, size_t count,
                                   struct share_posterior **out) MUST_USE;

/* The middle `confidence` of what is known of one true share.
 * blank   UNDEFINED_NOT_CONVERGED
 * cost    time some sixty × grid */
enum undefined share_posterior_interval(const struct share_posterior *posterior, size_t which, double confidence,
                                        struct interval *out) MUST_USE;

/* Where draws come from. */
struct share_draws {
    const struct share_posterior *posterior;
    uint64_t seed, stream;
};

/* One draw of all true shares together, each as ln(share/(1 − share)), which keeps their order near 0 and 1: chance is a function
 * of seed, stream and number alone.
 * gives   values  [count]
 * cost    time grid + count
 * source  [F117] proof
 * tests/numeric/share_shrinkage_test.c */
void share_posterior_draw(const struct share_draws *draws, uint32_t number, double *values);

#endif
