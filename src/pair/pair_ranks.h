/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encounters in the order of what was answered. */
#ifndef GAPMETER_PAIR_PAIR_RANKS_H
#define GAPMETER_PAIR_PAIR_RANKS_H

#include "pair/pair_frame.h"

/* The content rank of every usable encounter, made once for all by-sets, in ctx->arena. */
struct pair_ranks {
    uint32_t *ranks;  /* [encounter] equal for equal content; UINT32_MAX: left out by PAIRS_COMPLETE; NULL without clusters */
    uint32_t *sorted; /* [count] usable encounters, by rank */
    uint32_t count;
};

/* Ranks the encounters by their answers, outcomes, points and weights, bytewise, and by the texts of their segments. Ids and
 * the order of the file do not enter.
 * takes   scratch  for what is not kept
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * cost    time n log n comparisons, memory 8 bytes per encounter, with clusters 12, and 32 for each of those whose first answers are
 *         alike
 * proof   tests/pair/pair_cases_test.c */
enum status pair_ranks_make(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                            struct pair_ranks *out) MUST_USE;

#endif
