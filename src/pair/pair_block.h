/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moment blocks: integer sums and cross-products of items over complete cases. */
#ifndef GAPMETER_PAIR_PAIR_BLOCK_H
#define GAPMETER_PAIR_PAIR_BLOCK_H

#include "model/tally.h"
#include "pair/pair_row.h"
#include "pair/pair_runs.h"
#include "pair/pair_tile.h"

/* Sums of one worker. Without weights products are added in 32 bits and emptied into 64 before they could overflow,
 * or in tiles (pair_tile.h); with weights in 128. Products of items i, j stand at i × padded + j, for j from i's lane on;
 * what stands beyond the last item is never read. */
struct pair_block {
    uint32_t group_count;
    struct weight_sum *all;    /* [group × block_count + block] */
    int64_t *sums;             /* [group × block_row] without weights */
    uint32_t *small;           /* [group × block_products]; NULL, and the next, with tiles */
    uint32_t *pending;         /* [group × block_count] rows in these */
    int64_t *large;            /* [group × block_products] */
    int128 *weighted_sums;     /* [group × block_row] with weights */
    int128 *weighted_products; /* [group × block_products] */
};

/* Decides which blocks there are: for each standard asked, then the gap: each dimension, then all items.
 * fails   STATUS_MEMORY */
enum status block_rules_create(struct ctx *ctx, struct pair_frame *frame) MUST_USE;

/* Fills row->block_row and row->block_complete. */
void block_row_prepare(const struct pair_frame *frame, struct pair_row *row);

/* Bytes that it begins with. */
uint64_t pair_block_bytes(const struct pair_frame *frame, uint32_t group_count);

/* fails   STATUS_MEMORY */
enum status pair_block_create(struct arena *arena, const struct pair_frame *frame, uint32_t group_count,
                              struct pair_block *out) MUST_USE;
void pair_block_add(struct pair_block *block, const struct pair_frame *frame, uint32_t group, const struct pair_row *row);
/* The rows of a tile, all of one group: in place of adding them one by one. */
void pair_block_add_tile(struct pair_block *block, const struct pair_frame *frame, uint32_t group,
                         const struct tile_columns *tile);
void pair_block_merge(struct pair_block *into, struct pair_block *from, const struct pair_frame *frame, const uint32_t *map);

/* The variables of a row that runs follow (only counted). */
void pair_block_track(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track);

/* gives   *out  [group × block_count] in ctx->arena */
enum status pair_block_finish(struct ctx *ctx, const struct pair_frame *frame, struct pair_block *block,
                              const struct run_result *runs, struct block **out) MUST_USE;

#endif
