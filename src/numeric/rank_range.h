/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_RANK_RANGE_H
#define GAPMETER_NUMERIC_RANK_RANGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/* Where one of k units may stand among them; rank 1 is the largest value. */
struct rank_range {
    double median;
    double low, high; /* the middle `confidence` of the drawn ranks */
    double low_fifth; /* share of draws in which it is among the lowest k/5, at least one */
};

/* Draws all true values together: `draw` writes [count] values of one draw, which depend on nothing but its number.
 * takes   draws       such as 1000
 *         confidence  such as .95 */
struct rank_draws {
    uint32_t draws;
    double confidence;
    size_t count;
    void (*draw)(const void *context, uint32_t number, double *values);
    const void *context;
};

/* Ranks of k true values that are known by draws alone. Of equal values the first comes first.
 * gives   ranks  [how->count]
 * needs   draws >= 40, count >= 1
 * fails   STATUS_MEMORY
 * cost    time draws × count × log(draws × count); memory draws × count
 * source  Goldstein & Spiegelhalter 1996   [F117]
 * proof   tests/numeric/rank_range_test.c */
enum status rank_ranges_find(struct ctx *ctx, const struct rank_draws *how, struct rank_range *ranks) MUST_USE;

#endif
