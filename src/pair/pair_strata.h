/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strata of the design: their order, and how many units were sampled in each. */
#ifndef GAPMETER_PAIR_PAIR_STRATA_H
#define GAPMETER_PAIR_PAIR_STRATA_H

#include "model/pairs.h"
#include "pair/pair_frame.h"

/* Puts the strata in the order of their names, which no order of the rows changes: frame->strata.
 * fails   STATUS_MEMORY */
enum status pair_strata_order(struct ctx *ctx, struct pair_frame *frame) MUST_USE;

/* Counts the units of each stratum over all encounters, whether they are usable or not: clusters, repeated respondents or
 * encounters. A cluster in two strata is two units.
 * takes   scratch  for what is not kept
 * gives   *out  [stratum_count] in ctx->arena, NULL without strata; *units  of all strata together
 * fails   STATUS_MEMORY
 * cost    time encounters */
enum status pair_strata_count(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame, const struct stratum **out,
                              uint64_t *units) MUST_USE;

/* The place of an encounter's stratum among the sorted ones.
 * needs   frame->stratified */
static inline uint32_t pair_stratum(const struct pair_frame *frame, uint32_t encounter)
{
    const struct answers_chunk *chunk = &frame->answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    return frame->strata[chunk->strata[encounter % ANSWERS_CHUNK_ROWS]];
}

#endif
