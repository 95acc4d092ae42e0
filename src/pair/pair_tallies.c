/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_tallies.h"

static bool needs_importance(const struct pair_frame *frame)
{
    return pair_frame_needs(frame, NEED_IMPORTANCE) && frame->part_count > 0;
}

uint64_t pair_tallies_bytes(const struct pair_frame *frame, uint32_t group_count)
{
    uint64_t bytes = 0;
    bytes += pair_frame_needs(frame, NEED_PAIRS) ? pair_joint_bytes(frame, JOINT_PAIRS, group_count) : 0;
    bytes += pair_frame_needs(frame, NEED_ZONES) ? pair_joint_bytes(frame, JOINT_ZONES, group_count) : 0;
    bytes += pair_frame_needs(frame, NEED_SINGLES) ? pair_joint_bytes(frame, JOINT_SINGLES, group_count) : 0;
    bytes += pair_frame_needs(frame, NEED_COMPOSITES) ? pair_composite_bytes(frame, group_count) : 0;
    bytes += pair_frame_needs(frame, NEED_BLOCKS) ? pair_block_bytes(frame, group_count) : 0;
    bytes += pair_frame_needs(frame, NEED_CONTRASTS) ? pair_contrast_bytes(frame, group_count) : 0;
    bytes += needs_importance(frame) ? pair_importance_bytes(frame, group_count) : 0;
    bytes += pair_tile_bytes(frame, group_count);
    return bytes;
}

enum status pair_tallies_create(struct arena *arena, const struct pair_frame *frame, const struct pair_grouping *grouping,
                                struct pair_tallies *out)
{
    uint32_t groups = grouping->group_count;
    out->grouping = grouping;
    out->encounters = arena_array(arena, (size_t)groups + 1, sizeof *out->encounters);
    enum status status = out->encounters == NULL ? STATUS_MEMORY : STATUS_OK;
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_PAIRS)) {
        status = pair_joint_create(arena, frame, JOINT_PAIRS, groups, &out->pairs);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_ZONES)) {
        status = pair_joint_create(arena, frame, JOINT_ZONES, groups, &out->zones);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_SINGLES)) {
        status = pair_joint_create(arena, frame, JOINT_SINGLES, groups, &out->singles);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_COMPOSITES)) {
        status = pair_composite_create(arena, frame, groups, &out->composite);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_BLOCKS)) {
        status = pair_block_create(arena, frame, groups, &out->block);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_CONTRASTS)) {
        status = pair_contrast_create(arena, frame, groups, &out->contrast);
    }
    if (status == STATUS_OK && needs_importance(frame)) {
        status = pair_importance_create(arena, frame, groups, &out->importance);
    }
    if (status == STATUS_OK) {
        status = pair_tile_create(arena, frame, groups, &out->tile);
    }
    return status;
}

/* Counts the rows that a group has gathered. */
static void tile_count(struct pair_tallies *tallies, const struct pair_frame *frame, uint32_t group)
{
    const struct tile_columns *columns = pair_tile_turn(&tallies->tile, frame, group);
    if (columns != NULL && pair_frame_needs(frame, NEED_BLOCKS)) {
        pair_block_add_tile(&tallies->block, frame, group, columns);
    }
    if (columns != NULL && pair_frame_needs(frame, NEED_CONTRASTS)) {
        pair_contrast_add_tile(&tallies->contrast, frame, group, columns);
    }
}

/* Counts what all groups have gathered. */
static void tiles_count(struct pair_tallies *tallies, const struct pair_frame *frame)
{
    for (uint32_t group = 0; group < tallies->grouping->group_count && tallies->tile.rows_most > 0; group++) {
        tile_count(tallies, frame, group);
    }
}

/* Blocks and contrasts: by tiles where they can be. */
static void moments_add(struct pair_tallies *tallies, const struct pair_frame *frame, uint32_t group, const struct pair_row *row)
{
    if (tallies->tile.rows_most > 0) {
        if (pair_tile_add(&tallies->tile, group, row)) {
            tile_count(tallies, frame, group);
        }
        return;
    }
    if (pair_frame_needs(frame, NEED_BLOCKS)) {
        pair_block_add(&tallies->block, frame, group, row);
    }
    if (pair_frame_needs(frame, NEED_CONTRASTS)) {
        pair_contrast_add(&tallies->contrast, frame, group, row);
    }
}

enum status pair_tallies_add(struct pair_tallies *tallies, const struct pair_frame *frame, const struct pair_row *row)
{
    uint32_t group = pair_grouping_find(tallies->grouping, row->chunk, row->at);
    enum status status = STATUS_OK;
    tallies->encounters[group]++;
    if (!row->usable) {
        return STATUS_OK;
    }
    if (pair_frame_needs(frame, NEED_PAIRS)) {
        status = pair_joint_add(&tallies->pairs, frame, group, row);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_ZONES)) {
        status = pair_joint_add(&tallies->zones, frame, group, row);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_SINGLES)) {
        status = pair_joint_add(&tallies->singles, frame, group, row);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_COMPOSITES)) {
        status = pair_composite_add(&tallies->composite, frame, group, row);
    }
    moments_add(tallies, frame, group, row);
    if (needs_importance(frame)) {
        pair_importance_add(&tallies->importance, frame, group, row);
    }
    return status;
}

void pair_tallies_add_plain(struct pair_tallies *tallies, const struct pair_row *row, const uint16_t *cells, uint32_t items)
{
    uint32_t group = pair_grouping_find(tallies->grouping, row->chunk, row->at);
    uint32_t *counts = tallies->pairs.cells.counts + group * tallies->pairs.cells.stride;
    tallies->encounters[group]++;
    for (uint32_t item = 0; item < items; item++) {
        counts[cells[item]]++;
    }
}

enum status pair_tallies_merge(struct pair_tallies *into, struct pair_tallies *from, const struct pair_frame *frame,
                               const uint32_t *map)
{
    enum status status = STATUS_OK;
    tiles_count(from, frame);
    for (uint32_t group = 0; group < from->grouping->group_count; group++) {
        into->encounters[map == NULL ? group : map[group]] += from->encounters[group];
    }
    if (pair_frame_needs(frame, NEED_PAIRS)) {
        status = pair_joint_merge(&into->pairs, &from->pairs, map);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_ZONES)) {
        status = pair_joint_merge(&into->zones, &from->zones, map);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_SINGLES)) {
        status = pair_joint_merge(&into->singles, &from->singles, map);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_COMPOSITES)) {
        status = pair_composite_merge(&into->composite, &from->composite, frame, map);
    }
    if (pair_frame_needs(frame, NEED_BLOCKS)) {
        pair_block_merge(&into->block, &from->block, frame, map);
    }
    if (pair_frame_needs(frame, NEED_CONTRASTS)) {
        pair_contrast_merge(&into->contrast, &from->contrast, frame, map);
    }
    if (needs_importance(frame)) {
        pair_importance_merge(&into->importance, &from->importance, frame, map);
    }
    return status;
}

void pair_tallies_track(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track)
{
    if (pair_frame_needs(frame, NEED_PAIRS)) {
        pair_joint_track(frame, JOINT_PAIRS, row, track);
    }
    if (pair_frame_needs(frame, NEED_ZONES)) {
        pair_joint_track(frame, JOINT_ZONES, row, track);
    }
    if (pair_frame_needs(frame, NEED_SINGLES)) {
        pair_joint_track(frame, JOINT_SINGLES, row, track);
    }
    if (pair_frame_needs(frame, NEED_COMPOSITES)) {
        pair_composite_track(frame, row, track);
    }
    if (pair_frame_needs(frame, NEED_BLOCKS)) {
        pair_block_track(frame, row, track);
    }
    if (pair_frame_needs(frame, NEED_CONTRASTS)) {
        pair_contrast_track(frame, row, track);
    }
    if (needs_importance(frame)) {
        pair_importance_track(frame, row, track);
    }
}

/* What finishing made, before it is dealt out to the groups. */
struct finished {
    struct joint *pairs, *zones, *singles;
    struct composite *composites;
    struct block *blocks;
    struct contrast *contrasts;
    struct importance_sum *importance;
};

static enum status finish_all(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                              struct pair_tallies *tallies, const struct run_result *runs, struct finished *out)
{
    enum status status = STATUS_OK;
    tiles_count(tallies, frame);
    if (pair_frame_needs(frame, NEED_PAIRS)) {
        status = pair_joint_finish(ctx, scratch, frame, &tallies->pairs, runs, &out->pairs);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_ZONES)) {
        status = pair_joint_finish(ctx, scratch, frame, &tallies->zones, runs, &out->zones);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_SINGLES)) {
        status = pair_joint_finish(ctx, scratch, frame, &tallies->singles, runs, &out->singles);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_COMPOSITES)) {
        status = pair_composite_finish(ctx, scratch, frame, &tallies->composite, runs, &out->composites);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_BLOCKS)) {
        status = pair_block_finish(ctx, frame, &tallies->block, runs, &out->blocks);
    }
    if (status == STATUS_OK && pair_frame_needs(frame, NEED_CONTRASTS)) {
        status = pair_contrast_finish(ctx, frame, &tallies->contrast, runs, &out->contrasts);
    }
    if (status == STATUS_OK && needs_importance(frame)) {
        status = pair_importance_finish(ctx, frame, &tallies->importance, runs, &out->importance);
    }
    return status;
}

static void group_scores(const struct pair_frame *frame, const struct finished *all, size_t index, struct group *group)
{
    uint32_t dimensions = frame->study->dimension_count;
    if (all->composites != NULL) {
        const struct composite *first = all->composites + index * frame->score_count;
        group->dimensions = first;
        group->overall = first + dimensions;
        group->items_mean = first + dimensions + 1;
    }
}

static void group_fill(const struct pair_frame *frame, const struct finished *all, size_t index, struct group *group)
{
    uint32_t items = frame->study->item_count;
    uint32_t parts = frame->part_count + 1;
    group->pairs = all->pairs == NULL ? NULL : all->pairs + index * items;
    group->zones = all->zones == NULL ? NULL : all->zones + index * items;
    group->singles = all->singles == NULL ? NULL : all->singles + index * items;
    group_scores(frame, all, index, group);
    if (all->blocks != NULL) {
        group->blocks = all->blocks + index * frame->block_count;
        group->block_count = frame->block_count;
    }
    if (all->contrasts != NULL) {
        group->contrasts = all->contrasts + index * frame->contrast_count;
        group->contrast_count = frame->contrast_count;
    }
    if (all->importance != NULL) {
        group->importance = all->importance + index * parts;
        group->importance_count = parts;
    }
}

enum status pair_tallies_finish(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                                struct pair_tallies *tallies, const struct run_result *runs, struct group_set *out)
{
    const struct pair_grouping *grouping = tallies->grouping;
    struct finished all = {.pairs = NULL};
    struct group *groups = arena_array(ctx->arena, (size_t)grouping->group_count + 1, sizeof *groups);
    if (groups == NULL) {
        return ctx_no_memory(ctx);
    }
    enum status status = finish_all(ctx, scratch, frame, tallies, runs, &all);
    if (status != STATUS_OK) {
        return status;
    }
    for (uint32_t i = 0; i < grouping->group_count; i++) {
        groups[i].values = grouping->values == NULL ? NULL : grouping->values + (size_t)i * grouping->by->segment_count;
        groups[i].encounters = tallies->encounters[i];
        groups[i].respondents = runs->respondents == NULL ? tallies->encounters[i] : runs->respondents->runs[i];
        groups[i].clusters = !frame->clustered ? 0 : runs->design->runs[i];
        group_fill(frame, &all, i, &groups[i]);
    }
    *out = (struct group_set){.by = *grouping->by, .group_count = grouping->group_count, .groups = groups};
    return STATUS_OK;
}
