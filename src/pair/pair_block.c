/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_block.h"

#include <string.h>

#include "numeric/byte_products.h"

static const enum standard block_standard[] = {
    [BLOCK_EXPECTATION] = STANDARD_EXPECTATION,
    [BLOCK_PERCEPTION] = STANDARD_PERCEPTION,
    [BLOCK_DESIRED] = STANDARD_DESIRED,
    [BLOCK_MINIMUM] = STANDARD_MINIMUM,
};

static bool block_asks(const struct pair_frame *frame, enum block_of of, uint32_t item)
{
    if (of == BLOCK_GAP) {
        return pair_frame_asks(frame, STANDARD_EXPECTATION, item) && pair_frame_asks(frame, STANDARD_PERCEPTION, item);
    }
    return pair_frame_asks(frame, block_standard[of], item);
}

static bool block_asked_at_all(const struct pair_frame *frame, enum block_of of)
{
    return of == BLOCK_GAP ? frame->pair_count > 0 : frame->slots[block_standard[of]] != NULL;
}

/* The block's items, and where their numbers stand in a row. */
static void rule_items(const struct pair_frame *frame, struct block_rule *rule, uint32_t *items, uint32_t *places)
{
    const struct study *study = frame->study;
    uint32_t pair = 0;
    for (uint32_t item = 0; item < study->item_count; item++) {
        bool paired = pair < frame->pair_count && frame->pair_items[pair] == item;
        bool inside = rule->dimension == UINT32_MAX || study->items[item].dimension == rule->dimension;
        if (inside && block_asks(frame, (enum block_of)rule->of, item)) {
            places[rule->item_count] = rule->of == BLOCK_GAP ? pair : item;
            items[rule->item_count++] = item;
        }
        pair += paired;
    }
    rule->items = items;
    rule->places = places;
    rule->in_a_row = rule->item_count > 0 && places[rule->item_count - 1] - places[0] == rule->item_count - 1;
}

static enum status block_rule(struct ctx *ctx, struct pair_frame *frame, enum block_of of, uint32_t dimension,
                              struct block_rule *rule)
{
    uint32_t *items = arena_array(ctx->arena, (size_t)frame->study->item_count + 1, sizeof *items);
    uint32_t *places = arena_array(ctx->arena, (size_t)frame->study->item_count + 1, sizeof *places);
    if (items == NULL || places == NULL) {
        return ctx_no_memory(ctx);
    }
    *rule = (struct block_rule){.of = (uint32_t)of, .dimension = dimension};
    rule_items(frame, rule, items, places);
    if (rule->item_count == 0 || !pair_frame_one_scale(frame, items, rule->item_count)) {
        rule->blank = rule->item_count == 0 ? REASON_NOT_ASKED : REASON_MIXED_SCALES;
        return STATUS_OK;
    }
    uint32_t largest = frame->tops[items[0]] - 2;
    rule->pending_most = (uint32_t)INT32_MAX / (largest * largest > 0 ? largest * largest : 1);
    rule->padded = pair_padded(rule->item_count);
    rule->row_offset = frame->block_row;
    rule->product_offset = frame->block_products;
    frame->block_row += rule->padded;
    frame->block_products += (size_t)rule->item_count * rule->padded;
    return STATUS_OK;
}

enum status block_rules_create(struct ctx *ctx, struct pair_frame *frame)
{
    if (!pair_frame_needs(frame, NEED_BLOCKS)) {
        return STATUS_OK;
    }
    uint32_t dimensions = frame->study->dimension_count;
    struct block_rule *rules = arena_array(ctx->arena, BLOCK_OF_COUNT * ((size_t)dimensions + 1), sizeof *rules);
    if (rules == NULL) {
        return ctx_no_memory(ctx);
    }
    frame->blocks = rules;
    for (uint32_t i = 0; i < BLOCK_OF_COUNT * (dimensions + 1); i++) {
        enum block_of of = (enum block_of)(i / (dimensions + 1));
        uint32_t dimension = i % (dimensions + 1);
        if (!block_asked_at_all(frame, of)) {
            continue;
        }
        enum status status =
            block_rule(ctx, frame, of, dimension == dimensions ? UINT32_MAX : dimension, &rules[frame->block_count]);
        if (status != STATUS_OK) {
            return status;
        }
        frame->block_count++;
    }
    return STATUS_OK;
}

/* Are all numbers of the block there?
 * takes   absent  how many are missing before each place */
static bool all_there(const struct block_rule *rule, const uint32_t *absent)
{
    if (rule->in_a_row) {
        return absent[rule->places[0] + rule->item_count] == absent[rule->places[0]];
    }
    for (uint32_t i = 0; i < rule->item_count; i++) {
        if (absent[rule->places[i] + 1] != absent[rule->places[i]]) {
            return false;
        }
    }
    return true;
}

static void lane_less(const uint16_t *restrict from, uint16_t base, int16_t *restrict into)
{
    for (size_t j = 0; j < PAIR_LANES; j++) {
        into[j] = (int16_t)(uint16_t)(from[j] - base);
    }
}

/* Copies the block's numbers less `base`; when they stand in a row, in whole lanes. */
static void gather(const struct block_rule *rule, const uint16_t *numbers, uint16_t base, int16_t *into)
{
    if (!rule->in_a_row) {
        for (uint32_t i = 0; i < rule->item_count; i++) {
            into[i] = (int16_t)(uint16_t)(numbers[rule->places[i]] - base);
        }
        return;
    }
    for (size_t lane = 0; lane < rule->padded; lane += PAIR_LANES) {
        lane_less(numbers + rule->places[0] + lane, base, into + lane);
    }
}

static void count_absent(const struct pair_frame *frame, struct pair_row *row)
{
    for (unsigned standard = 0; standard < STANDARD_IMPORTANCE; standard++) {
        for (uint32_t item = 0; item < frame->study->item_count && frame->slots[standard] != NULL; item++) {
            row->absent[standard][item + 1] = row->absent[standard][item] + (row->codes[standard][item] == 0);
        }
    }
    for (uint32_t i = 0; i < frame->pair_count; i++) {
        row->unpaired[i + 1] = row->unpaired[i] + (row->paired[i] == 0);
    }
}

void block_row_prepare(const struct pair_frame *frame, struct pair_row *row)
{
    count_absent(frame, row);
    for (uint32_t i = 0; i < frame->block_count; i++) {
        const struct block_rule *rule = &frame->blocks[i];
        int16_t *into = row->block_row + rule->row_offset;
        if (rule->blank != REASON_NONE) {
            row->block_complete[i] = false;
        } else if (rule->of == BLOCK_GAP) {
            row->block_complete[i] = all_there(rule, row->unpaired);
            gather(rule, (const uint16_t *)row->gaps, 0, into);
        } else {
            enum standard standard = block_standard[rule->of];
            row->block_complete[i] = all_there(rule, row->absent[standard]);
            gather(rule, row->codes[standard], 1, into);
        }
    }
}

uint64_t pair_block_bytes(const struct pair_frame *frame, uint32_t group_count)
{
    uint64_t per_sum = frame->weighted ? sizeof(int128) : sizeof(int64_t);
    bool by_row = !frame->weighted && pair_tile_rows(frame, group_count) == 0;
    uint64_t per_product = frame->weighted ? sizeof(int128) : sizeof(int64_t);
    per_product += by_row ? sizeof(uint32_t) : 0;
    return group_count * (frame->block_row * per_sum + frame->block_products * per_product +
                          frame->block_count * (sizeof(struct weight_sum) + sizeof(uint32_t)));
}

enum status pair_block_create(struct arena *arena, const struct pair_frame *frame, uint32_t group_count, struct pair_block *out)
{
    size_t rows = group_count * frame->block_row + 1;
    size_t products = group_count * frame->block_products + 1;
    size_t blocks = (size_t)group_count * frame->block_count + 1;
    out->group_count = group_count;
    out->all = arena_array(arena, blocks, sizeof *out->all);
    if (frame->weighted) {
        out->weighted_sums = arena_array(arena, rows, sizeof *out->weighted_sums);
        out->weighted_products = arena_array(arena, products, sizeof *out->weighted_products);
        return out->all != NULL && out->weighted_sums != NULL && out->weighted_products != NULL ? STATUS_OK : STATUS_MEMORY;
    }
    out->sums = arena_array(arena, rows, sizeof *out->sums);
    out->large = arena_array(arena, products, sizeof *out->large);
    if (pair_tile_rows(frame, group_count) > 0) {
        return out->all != NULL && out->sums != NULL && out->large != NULL ? STATUS_OK : STATUS_MEMORY;
    }
    out->small = arena_array(arena, products, sizeof *out->small);
    out->pending = arena_array(arena, blocks, sizeof *out->pending);
    bool all = out->all != NULL && out->sums != NULL && out->small != NULL && out->pending != NULL && out->large != NULL;
    return all ? STATUS_OK : STATUS_MEMORY;
}

/* Loops of a constant count over whole lanes, so that a compiler turns them into vectors. Unsigned: beyond the last
 * item stand any numbers, whose products may wrap. */
static void lane_small(int16_t factor, const int16_t *restrict x, uint32_t *restrict products)
{
    for (size_t j = 0; j < PAIR_LANES; j++) {
        products[j] += (uint32_t)(factor * x[j]);
    }
}

static void add_small(const struct block_rule *rule, const int16_t *x, uint32_t *products)
{
    for (size_t i = 0; i < rule->item_count; i++) {
        for (size_t lane = i / PAIR_LANES * PAIR_LANES; lane < rule->padded; lane += PAIR_LANES) {
            lane_small(x[i], x + lane, products + i * rule->padded + lane);
        }
    }
}

static void block_empty(struct pair_block *block, const struct pair_frame *frame, uint32_t group, uint32_t index)
{
    const struct block_rule *rule = &frame->blocks[index];
    size_t first = group * frame->block_products + rule->product_offset;
    size_t end = first + (size_t)rule->item_count * rule->padded;
    for (size_t i = first; i < end; i++) {
        block->large[i] += (int32_t)block->small[i];
        block->small[i] = 0;
    }
    block->pending[(size_t)group * frame->block_count + index] = 0;
}

static void add_plain(struct pair_block *block, const struct pair_frame *frame, uint32_t group, uint32_t index, const int16_t *x)
{
    const struct block_rule *rule = &frame->blocks[index];
    uint32_t *pending = &block->pending[(size_t)group * frame->block_count + index];
    int64_t *sums = block->sums + group * frame->block_row + rule->row_offset;
    size_t first = group * frame->block_products + rule->product_offset;
    for (uint32_t i = 0; i < rule->item_count; i++) {
        sums[i] += x[i];
    }
    add_small(rule, x, block->small + first);
    if (++*pending >= rule->pending_most) {
        block_empty(block, frame, group, index);
    }
}

static void add_weighted(struct pair_block *block, const struct pair_frame *frame, uint32_t group, uint32_t index,
                         const struct pair_row *row)
{
    const struct block_rule *rule = &frame->blocks[index];
    const int16_t *x = row->block_row + rule->row_offset;
    int128 *sums = block->weighted_sums + group * frame->block_row + rule->row_offset;
    int128 *products = block->weighted_products + group * frame->block_products + rule->product_offset;
    for (uint32_t i = 0; i < rule->item_count; i++) {
        int128 wx = (int128)row->weight * x[i];
        sums[i] += wx;
        for (uint32_t j = i; j < rule->item_count; j++) {
            products[(size_t)i * rule->padded + j] += wx * x[j];
        }
    }
}

void pair_block_add(struct pair_block *block, const struct pair_frame *frame, uint32_t group, const struct pair_row *row)
{
    for (uint32_t i = 0; i < frame->block_count; i++) {
        if (!row->block_complete[i]) {
            continue;
        }
        struct weight_sum *all = &block->all[(size_t)group * frame->block_count + i];
        all->n++;
        if (frame->weighted) {
            all->w += row->weight;
            all->ww += (int128)row->weight * row->weight;
            add_weighted(block, frame, group, i, row);
        } else {
            add_plain(block, frame, group, i, row->block_row + frame->blocks[i].row_offset);
        }
    }
}

static void lane_complete(const uint8_t *restrict codes, int8_t *restrict complete)
{
    for (size_t row = 0; row < BYTE_ROWS; row++) {
        complete[row] = (int8_t)(complete[row] & (codes[row] != 0));
    }
}

static void lane_mask(const int8_t *restrict from, uint8_t base, const int8_t *restrict complete, int8_t *restrict into)
{
    for (size_t row = 0; row < BYTE_ROWS; row++) {
        into[row] = (int8_t)((uint8_t)((uint8_t)from[row] - base) & (uint8_t)(0 - (uint8_t)complete[row]));
    }
}

static void lane_raise(const int8_t *restrict from, uint8_t by, uint8_t *restrict into)
{
    for (size_t row = 0; row < BYTE_ROWS; row++) {
        into[row] = (uint8_t)((uint8_t)from[row] + by);
    }
}

/* The columns of a block, 0 where a row is not complete; after them one of 1 where it is. To the left all are `raised`, since
 * what stands there has no sign. */
static void block_columns(const struct block_rule *rule, const struct tile_columns *tile, uint8_t raised)
{
    bool of_gaps = rule->of == BLOCK_GAP;
    const int8_t *from = of_gaps ? tile->gaps : (const int8_t *)tile->codes[block_standard[rule->of]];
    const uint8_t *there = of_gaps ? (const uint8_t *)tile->paired : tile->codes[block_standard[rule->of]];
    size_t last = rule->item_count * tile->stride;
    int8_t *complete = tile->right + last;
    memset(complete, 1, tile->rows);
    for (uint32_t i = 0; i < rule->item_count; i++) {
        for (size_t row = 0; row < tile->rows; row += BYTE_ROWS) {
            lane_complete(there + rule->places[i] * tile->stride + row, complete + row);
        }
    }
    for (uint32_t i = 0; i < rule->item_count; i++) {
        size_t place = rule->places[i] * tile->stride, to = i * tile->stride;
        for (size_t row = 0; row < tile->rows; row += BYTE_ROWS) {
            lane_mask(from + place + row, of_gaps ? 0 : 1, complete + row, tile->right + to + row);
            lane_raise(tile->right + to + row, raised, tile->left + to + row);
        }
    }
    memcpy(tile->left + last, complete, tile->rows);
}

void pair_block_add_tile(struct pair_block *block, const struct pair_frame *frame, uint32_t group,
                         const struct tile_columns *tile)
{
    for (uint32_t index = 0; index < frame->block_count; index++) {
        const struct block_rule *rule = &frame->blocks[index];
        if (rule->blank != REASON_NONE) {
            continue;
        }
        size_t k = rule->item_count;
        int64_t raised = rule->of == BLOCK_GAP ? 128 : 0;
        const struct byte_pairs pairs = {tile->left, tile->right, k + 1, k + 1, tile->stride, tile->rows, true};
        block_columns(rule, tile, (uint8_t)raised);
        byte_products(kernel_current(), &pairs, tile->products);
        int64_t n = tile->products[k * (k + 1) + k];
        int64_t *sums = block->sums + group * frame->block_row + rule->row_offset;
        int64_t *large = block->large + group * frame->block_products + rule->product_offset;
        block->all[(size_t)group * frame->block_count + index].n += (uint64_t)n;
        for (size_t i = 0; i < k; i++) {
            sums[i] += tile->products[i * (k + 1) + k] - raised * n;
        }
        for (size_t i = 0; i < k; i++) {
            for (size_t j = i; j < k; j++) {
                int64_t sum = tile->products[j * (k + 1) + k] - raised * n;
                large[i * rule->padded + j] += tile->products[i * (k + 1) + j] - raised * sum;
            }
        }
    }
}

static void blocks_empty(struct pair_block *block, const struct pair_frame *frame)
{
    for (uint32_t group = 0; group < block->group_count && block->pending != NULL; group++) {
        for (uint32_t i = 0; i < frame->block_count; i++) {
            if (block->pending[(size_t)group * frame->block_count + i] > 0) {
                block_empty(block, frame, group, i);
            }
        }
    }
}

void pair_block_merge(struct pair_block *into, struct pair_block *from, const struct pair_frame *frame, const uint32_t *map)
{
    size_t rows = from->group_count * frame->block_row;
    size_t products = from->group_count * frame->block_products;
    blocks_empty(from, frame);
    for (size_t i = 0; i < (size_t)from->group_count * frame->block_count; i++) {
        struct weight_sum *all = &into->all[pair_frame_mapped(map, i, frame->block_count)];
        all->n += from->all[i].n;
        all->w += from->all[i].w;
        all->ww += from->all[i].ww;
    }
    for (size_t i = 0; i < rows && frame->weighted; i++) {
        into->weighted_sums[pair_frame_mapped(map, i, frame->block_row)] += from->weighted_sums[i];
    }
    for (size_t i = 0; i < products && frame->weighted; i++) {
        into->weighted_products[pair_frame_mapped(map, i, frame->block_products)] += from->weighted_products[i];
    }
    for (size_t i = 0; i < rows && !frame->weighted; i++) {
        into->sums[pair_frame_mapped(map, i, frame->block_row)] += from->sums[i];
    }
    for (size_t i = 0; i < products && !frame->weighted; i++) {
        into->large[pair_frame_mapped(map, i, frame->block_products)] += from->large[i];
    }
}

void pair_block_track(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track)
{
    for (uint32_t i = 0; i < frame->block_count; i++) {
        if (row->block_complete[i]) {
            run_track_add(track, frame->variables.blocks + i, 0);
        }
    }
}

static enum status block_sums_give(struct ctx *ctx, const struct pair_frame *frame, const struct pair_block *block,
                                   uint32_t group, const struct block_rule *rule, struct block *out)
{
    size_t k = rule->item_count;
    int128 *sums = arena_array(ctx->arena, k, sizeof *sums);
    int128 *products = arena_array(ctx->arena, k * k, sizeof *products);
    if (sums == NULL || products == NULL) {
        return ctx_no_memory(ctx);
    }
    size_t row = group * frame->block_row + rule->row_offset;
    size_t first = group * frame->block_products + rule->product_offset;
    for (size_t i = 0; i < k; i++) {
        sums[i] = frame->weighted ? block->weighted_sums[row + i] : block->sums[row + i];
        for (size_t j = i; j < k; j++) {
            size_t at = first + i * rule->padded + j;
            products[i * k + j] = frame->weighted ? block->weighted_products[at] : block->large[at];
            products[j * k + i] = products[i * k + j];
        }
    }
    out->sums = sums;
    out->products = products;
    return STATUS_OK;
}

enum status pair_block_finish(struct ctx *ctx, const struct pair_frame *frame, struct pair_block *block,
                              const struct run_result *runs, struct block **out)
{
    size_t count = (size_t)block->group_count * frame->block_count;
    blocks_empty(block, frame);
    *out = arena_array(ctx->arena, count + 1, sizeof **out);
    if (*out == NULL) {
        return ctx_no_memory(ctx);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t group = (uint32_t)(i / frame->block_count);
        uint32_t index = (uint32_t)(i % frame->block_count);
        const struct block_rule *rule = &frame->blocks[index];
        struct block *of = *out + i;
        *of = (struct block){.blank = rule->blank,
                             .of = (enum block_of)rule->of,
                             .dimension = rule->dimension,
                             .item_count = rule->item_count,
                             .items = rule->items,
                             .all = block->all[i]};
        if (!frame->weighted) {
            of->all.w = of->all.ww = (int128)of->all.n;
        }
        of->respondents = run_result_respondents(runs, group, frame->variables.blocks + index, of->all.n);
        enum status status = rule->blank == REASON_NONE ? block_sums_give(ctx, frame, block, group, rule, of) : STATUS_OK;
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}
