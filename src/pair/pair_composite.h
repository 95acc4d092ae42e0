/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tallies of people's dimension, overall and item-mean scores. */
#ifndef GAPMETER_PAIR_PAIR_COMPOSITE_H
#define GAPMETER_PAIR_PAIR_COMPOSITE_H

#include "pair/cell_store.h"
#include "pair/pair_row.h"
#include "pair/pair_runs.h"

/* The moments of one score in one group. */
struct composite_sums {
    struct weight_sum all, ceiling; /* without weights only n */
    int128 we, wp;
    int128 ee, pp, ep;             /* without weights: below 2^47 squared × 2^32 fits */
    struct long_sum wee, wpp, wep; /* with weights */
    uint64_t expectation_only, perception_only;
};

struct pair_composite {
    uint32_t group_count;
    struct composite_sums *sums; /* [group × score_count + score] */
    struct cell_store gaps;      /* value: gap + the rule's `most` */
};

/* Bytes that it begins with. */
uint64_t pair_composite_bytes(const struct pair_frame *frame, uint32_t group_count);

/* fails   STATUS_MEMORY */
enum status pair_composite_create(struct arena *arena, const struct pair_frame *frame, uint32_t group_count,
                                  struct pair_composite *out) MUST_USE;
enum status pair_composite_add(struct pair_composite *composite, const struct pair_frame *frame, uint32_t group,
                               const struct pair_row *row) MUST_USE;
enum status pair_composite_merge(struct pair_composite *into, const struct pair_composite *from, const struct pair_frame *frame,
                                 const uint32_t *map) MUST_USE;

/* The variables of a row that runs follow. */
void pair_composite_track(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track);

/* gives   *out  [group × score_count] in ctx->arena: dimensions, overall, mean of items */
enum status pair_composite_finish(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                                  struct pair_composite *composite, const struct run_result *runs,
                                  struct composite **out) MUST_USE;

#endif
