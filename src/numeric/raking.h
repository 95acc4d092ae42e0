/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_RAKING_H
#define GAPMETER_NUMERIC_RAKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "numeric/undefined.h"

/* Cases that are alike: of the same categories and with the same weight to begin with. */
struct raking_cells {
    size_t count;
    const double *cases;   /* [count] how many cases, above 0 */
    const double *weights; /* [count] the weight of each before raking, above 0 */
};

/* One classification of the cells, and the totals that it is to have. */
struct raking_margin {
    const uint32_t *categories; /* [count] of each cell */
    const double *targets;      /* [category_count] above 0; brought to the common total */
    size_t category_count;
};

/* Written by raking. */
struct raked {
    enum undefined undefined; /* DEFINED, or why there are no weights */
    double *weights;          /* [count] of one case of each cell, in ctx->arena */
    unsigned loops;           /* over all margins, both rounds together */
    double worst;             /* max |Σ − T| / T over all categories at the end of the first round */
    size_t worst_margin, worst_category;
    size_t trimmed;       /* cells whose weights were cut or raised between the rounds */
    double least, most;   /* the smallest and largest weight, in means of all cases */
    double design_effect; /* n Σw² / (Σw)² */
    double effective;     /* n / design_effect */
};

/* Weights under which every category of every margin has its share: w ← w T/Σw, margin after margin, until max |Σ − T| / T is
 * below 1e-12, or below 1e-6 after 100 loops. The total of the weights stays what it was before.
 * takes   trim  then brings the weights within 0.3 and 3 times their mean, and rakes once more
 * gives   *out
 * needs   cells in an order that the answers decide: sums of reals are made in it
 * blank   no cells -> UNDEFINED_TOO_FEW;  a target or weight not above 0, or a category without cases ->
 *         UNDEFINED_INADMISSIBLE with worst_margin and worst_category;  UNDEFINED_NOT_CONVERGED with what is worst
 * fails   STATUS_MEMORY
 * cost    time loops × margins × cells
 * source  Deming & Stephan 1940; design effect: Kish 1965   [F110]
 * proof   tests/numeric/raking_test.c */
enum status raking(struct ctx *ctx, const struct raking_cells *cells, const struct raking_margin *margins, size_t margin_count,
                   bool trim, struct raked *out) MUST_USE;

#endif
