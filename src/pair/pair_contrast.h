/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences between the gaps of two items, over people who have both pairs. */
#ifndef GAPMETER_PAIR_PAIR_CONTRAST_H
#define GAPMETER_PAIR_PAIR_CONTRAST_H

#include "model/tally.h"
#include "pair/pair_row.h"
#include "pair/pair_runs.h"
#include "pair/pair_tile.h"

/* With weights: one contrast in one group. */
struct contrast_sums {
    struct weight_sum all;
    int128 wd, wdd, wwd, wwdd;
    bool overflow; /* of wwdd, which grows fastest */
};

/* Without weights the sums of first × second stand at first × padded + second (positions among the pair
 * items), from first's lane on; 32 bits are emptied into 64 before they could overflow, or they come in tiles
 * (pair_tile.h). */
struct pair_contrast {
    uint32_t group_count;
    size_t cells; /* pair_count × pair_padded */
    uint32_t pending_most;
    uint32_t *pending; /* [group] rows in the small sums; NULL, and the small sums, with tiles */
    uint32_t *small_d, *small_dd;
    uint32_t *n;
    int64_t *d;
    uint64_t *dd;
    struct contrast_sums *sums; /* [group × contrast_count] with weights, in place of all above */
};

/* Bytes that it begins with. */
uint64_t pair_contrast_bytes(const struct pair_frame *frame, uint32_t group_count);

/* fails   STATUS_MEMORY */
enum status pair_contrast_create(struct arena *arena, const struct pair_frame *frame, uint32_t group_count,
                                 struct pair_contrast *out) MUST_USE;
void pair_contrast_add(struct pair_contrast *contrast, const struct pair_frame *frame, uint32_t group,
                       const struct pair_row *row);
/* The rows of a tile, all of one group: in place of adding them one by one. */
void pair_contrast_add_tile(struct pair_contrast *contrast, const struct pair_frame *frame, uint32_t group,
                            const struct tile_columns *tile);
void pair_contrast_merge(struct pair_contrast *into, struct pair_contrast *from, const struct pair_frame *frame,
                         const uint32_t *map);

/* The variables of a row that runs follow. */
void pair_contrast_track(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track);

/* gives   *out  [group × contrast_count] in ctx->arena, first < second among the items of which both standards are asked */
enum status pair_contrast_finish(struct ctx *ctx, const struct pair_frame *frame, struct pair_contrast *contrast,
                                 const struct run_result *runs, struct contrast **out) MUST_USE;

#endif
