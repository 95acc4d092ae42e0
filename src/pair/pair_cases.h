/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole encounters in an order that depends on what was answered alone. */
#ifndef GAPMETER_PAIR_PAIR_CASES_H
#define GAPMETER_PAIR_PAIR_CASES_H

#include "model/pairs.h"
#include "pair/pair_groups.h"
#include "pair/pair_row.h"

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

/* Gives every group of a by-set its cases: by rank; encounters of equal content by their cluster (or repeated respondent), the
 * clusters compared by all the ranks they have in the group. What is still equal may be exchanged without any effect.
 * takes   room    holds the cases; not those of everyone, which are ranks->sorted
 *         groups  [grouping->group_count]
 * gives   cases and case_count of each group
 * fails   STATUS_MEMORY */
enum status pair_cases_make(struct ctx *ctx, struct arena *room, const struct pair_frame *frame,
                            const struct pair_grouping *grouping, const struct pair_ranks *ranks, struct group *groups) MUST_USE;

#endif
