/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All tallies of one by-set, as the plan needs them. */
#ifndef GAPMETER_PAIR_PAIR_TALLIES_H
#define GAPMETER_PAIR_PAIR_TALLIES_H

#include "model/pairs.h"
#include "pair/pair_block.h"
#include "pair/pair_composite.h"
#include "pair/pair_contrast.h"
#include "pair/pair_groups.h"
#include "pair/pair_importance.h"
#include "pair/pair_joint.h"
#include "pair/pair_tile.h"

/* Of one worker. Members that the plan does not need stay empty. */
struct pair_tallies {
    const struct pair_grouping *grouping;
    uint64_t *encounters; /* [group] */
    struct pair_joint pairs, zones, singles;
    struct pair_composite composite;
    struct pair_block block;
    struct pair_contrast contrast;
    struct pair_importance importance;
    struct pair_tile tile; /* rows that block and contrast have yet to count */
};

/* Bytes of one worker's tallies of so many groups, and of the groups when they are finished. */
uint64_t pair_tallies_bytes(const struct pair_frame *frame, uint32_t group_count);

/* fails   STATUS_MEMORY */
enum status pair_tallies_create(struct arena *arena, const struct pair_frame *frame, const struct pair_grouping *grouping,
                                struct pair_tallies *out) MUST_USE;
enum status pair_tallies_add(struct pair_tallies *tallies, const struct pair_frame *frame, const struct pair_row *row) MUST_USE;

/* Adds a row of which nothing but pairs is counted.
 * takes   row    of which `chunk` and `at` are read
 *         cells  [items] where each pair is counted (pair_plain.h); items 0: the row is left out */
void pair_tallies_add_plain(struct pair_tallies *tallies, const struct pair_row *row, const uint16_t *cells, uint32_t items);

/* Adds all that another worker, or a by-set with more segments, has counted.
 * takes   map  [group of from] the group it becomes; NULL = the same groups */
enum status pair_tallies_merge(struct pair_tallies *into, struct pair_tallies *from, const struct pair_frame *frame,
                               const uint32_t *map) MUST_USE;

/* The variables of a row that runs follow. */
void pair_tallies_track(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track);

/* gives   *out  the groups of the by-set, in ctx->arena */
enum status pair_tallies_finish(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                                struct pair_tallies *tallies, const struct run_result *runs, struct group_set *out) MUST_USE;

#endif
