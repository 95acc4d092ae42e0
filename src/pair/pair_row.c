/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_row.h"

#include <string.h>

#include "pair/pair_block.h"
#include "pair/pair_importance.h"
#include "pair/pair_score.h"

enum status pair_row_create(struct arena *arena, const struct pair_frame *frame, struct pair_row *out)
{
    memset(out, 0, sizeof *out);
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        out->codes[standard] = arena_array(arena, (size_t)frame->study->item_count + 1, sizeof(uint16_t));
        if (out->codes[standard] == NULL) {
            return STATUS_MEMORY;
        }
    }
    out->gaps = arena_array(arena, (size_t)frame->pair_padded + 1, sizeof *out->gaps);
    out->paired = arena_array(arena, (size_t)frame->pair_padded + 1, sizeof *out->paired);
    out->scores = arena_array(arena, (size_t)frame->score_count + 1, sizeof *out->scores);
    out->parts = arena_array(arena, (size_t)frame->part_count + 1, sizeof *out->parts);
    out->block_row = arena_array(arena, frame->block_row + 1, sizeof *out->block_row);
    out->block_complete = arena_array(arena, (size_t)frame->block_count + 1, sizeof *out->block_complete);
    bool all = out->gaps != NULL && out->paired != NULL && out->scores != NULL && out->parts != NULL && out->block_row != NULL &&
               out->block_complete != NULL;
    return all ? STATUS_OK : STATUS_MEMORY;
}

/* The common case, slots side by side, is a widening copy. */
static void load_bytes(const uint8_t *codes, const uint32_t *slots, bool side_by_side, uint32_t items, uint16_t *into)
{
    if (side_by_side) {
        for (uint32_t item = 0; item < items; item++) {
            into[item] = codes[slots[0] + item];
        }
        return;
    }
    for (uint32_t item = 0; item < items; item++) {
        into[item] = slots[item] == NO_SLOT ? 0 : codes[slots[item]];
    }
}

static void load_words(const uint16_t *codes, const uint32_t *slots, uint32_t items, uint16_t *into)
{
    for (uint32_t item = 0; item < items; item++) {
        into[item] = slots[item] == NO_SLOT ? 0 : codes[slots[item]];
    }
}

void pair_row_load(const struct pair_frame *frame, uint32_t encounter, struct pair_row *row)
{
    const struct answers *answers = frame->answers;
    uint32_t items = frame->study->item_count;
    row->chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    row->at = encounter % ANSWERS_CHUNK_ROWS;
    row->weight = frame->weighted ? row->chunk->weights[row->at] : 1;
    size_t first = (size_t)row->at * answers->slot_count;
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        const uint32_t *slots = frame->slots[standard];
        if (slots == NULL) {
            continue;
        }
        if (answers->code_bytes == 1) {
            load_bytes((const uint8_t *)row->chunk->codes + first, slots, frame->side_by_side[standard], items,
                       row->codes[standard]);
        } else {
            load_words((const uint16_t *)row->chunk->codes + first, slots, items, row->codes[standard]);
        }
    }
}

/* Importance keeps its direction: an item asked the other way round is not less important. */
static void row_turn(const struct pair_frame *frame, struct pair_row *row)
{
    for (uint32_t i = 0; i < frame->reversed_count; i++) {
        uint32_t item = frame->reversed[i];
        for (unsigned standard = 0; standard < STANDARD_IMPORTANCE; standard++) {
            uint16_t *code = &row->codes[standard][item];
            *code = *code == 0 ? 0 : (uint16_t)(frame->tops[item] - *code);
        }
    }
}

static void row_pairs(const struct pair_frame *frame, struct pair_row *row)
{
    const uint16_t *expectation = row->codes[STANDARD_EXPECTATION];
    const uint16_t *perception = row->codes[STANDARD_PERCEPTION];
    uint32_t count = 0;
    for (uint32_t i = 0; i < frame->pair_count; i++) {
        uint32_t item = frame->pair_items[i];
        int32_t both = -(int32_t)((expectation[item] != 0) & (perception[item] != 0));
        row->paired[i] = both;
        row->gaps[i] = ((int32_t)perception[item] - (int32_t)expectation[item]) & both;
        count += (uint32_t)-both;
    }
    row->pair_count = count;
    row->usable = frame->plan->policy == PAIRS_AVAILABLE || count == frame->pair_count;
}

void pair_row_prepare(const struct pair_frame *frame, struct pair_row *row)
{
    row_turn(frame, row);
    row_pairs(frame, row);
    if (!row->usable) {
        return;
    }
    if (pair_frame_needs(frame, NEED_COMPOSITES) || (pair_frame_needs(frame, NEED_IMPORTANCE) && frame->part_count > 0)) {
        score_row_prepare(frame, row);
    }
    if (pair_frame_needs(frame, NEED_IMPORTANCE) && frame->part_count > 0) {
        importance_row_prepare(frame, row);
    }
    if (pair_frame_needs(frame, NEED_BLOCKS)) {
        block_row_prepare(frame, row);
    }
}
