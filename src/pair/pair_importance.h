/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaps weighted by each person's own importance: 100 points over dimensions (F3), or a rating per item (F4). */
#ifndef GAPMETER_PAIR_PAIR_IMPORTANCE_H
#define GAPMETER_PAIR_PAIR_IMPORTANCE_H

#include "model/tally.h"
#include "pair/pair_row.h"
#include "pair/pair_runs.h"

/* One part, or the overall, in one group: fields as in struct importance_sum. */
struct part_sums {
    struct weight_sum all;
    uint64_t rescaled, refused;
    int128 share, rating, gap, weighted, performance, weighted_performance;
    struct long_sum wweighted2, wwweighted, wwweighted2;
};

struct pair_importance {
    uint32_t group_count;
    struct part_sums *sums; /* [group × (part_count + 1) + part] */
};

/* Decides which parts there are, and which have no value.
 * fails   STATUS_MEMORY */
enum status importance_rules_create(struct ctx *ctx, struct pair_frame *frame) MUST_USE;

/* Fills row->parts, rescaled and refused.
 * needs   score_row_prepare was called */
void importance_row_prepare(const struct pair_frame *frame, struct pair_row *row);

/* Bytes that it begins with. */
uint64_t pair_importance_bytes(const struct pair_frame *frame, uint32_t group_count);

/* fails   STATUS_MEMORY */
enum status pair_importance_create(struct arena *arena, const struct pair_frame *frame, uint32_t group_count,
                                   struct pair_importance *out) MUST_USE;
void pair_importance_add(struct pair_importance *importance, const struct pair_frame *frame, uint32_t group,
                         const struct pair_row *row);
void pair_importance_merge(struct pair_importance *into, const struct pair_importance *from, const struct pair_frame *frame,
                           const uint32_t *map);

/* The variables of a row that runs follow. */
void pair_importance_track(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track);

/* gives   *out  [group × (part_count + 1)] in ctx->arena */
enum status pair_importance_finish(struct ctx *ctx, const struct pair_frame *frame, struct pair_importance *importance,
                                   const struct run_result *runs, struct importance_sum **out) MUST_USE;

#endif
