/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_WILCOXON_H
#define GAPMETER_NUMERIC_WILCOXON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* One difference and how often it was observed. */
struct difference_count {
    int64_t difference; /* in any integer unit */
    uint64_t count;
};

/* Written by wilcoxon_signed_rank. */
struct wilcoxon {
    uint64_t nonzero;         /* N: differences other than 0; zeros are dropped */
    double positive_ranks;    /* T⁺, sum of the mid-ranks of the positive ones */
    double negative_ranks;    /* T⁻ */
    double p;                 /* two-sided; 1 when every difference is 0 */
    bool exact;               /* p by counting all sign patterns (N <= EXACT_WILCOXON_MAX), else by the normal tail */
    enum undefined undefined; /* of z and rank_biserial: UNDEFINED_NO_VARIANCE when every difference is 0 */
    double z;                 /* with ties and the continuity correction ½ */
    double rank_biserial;     /* (T⁺ − T⁻)/(T⁺ + T⁻), in [−1, 1] */
};

/* The signed-rank test from a table of differences: zeros dropped, mid-ranks for ties.
 * takes   cells  sorted by difference, each difference once; counts may be 0
 * gives   *out
 * needs   cells sorted strictly ascending
 * blank   no observation at all -> UNDEFINED_TOO_FEW;  more than 2^40 observations -> UNDEFINED_OVERFLOW
 * cost    time cells, and for the exact p N² × (N+1) / 2
 * source  Wilcoxon 1945; ties: Lehmann 1975; exact with ties by dynamic programming on doubled mid-ranks;
 *         effect: Kerby 2014   [F22]
 * proof   tests/numeric/wilcoxon_test.c */
enum undefined wilcoxon_signed_rank(const struct difference_count *cells, size_t cell_count, struct wilcoxon *out) MUST_USE;

#endif
