/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_row.h"

#include <assert.h>
#include <string.h>

#include "pair/pair_block.h"
#include "pair/pair_importance.h"
#include "pair/pair_score.h"

static bool codes_create(struct arena *arena, const struct pair_frame *frame, struct pair_row *out)
{
    size_t items = pair_padded(frame->study->item_count) + (size_t)PAIR_LANES;
    bool all = true;
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        out->codes[standard] = arena_array(arena, items, sizeof(uint16_t));
        out->absent[standard] = arena_array(arena, items + 1, sizeof(uint32_t));
        all = all && out->codes[standard] != NULL && out->absent[standard] != NULL;
    }
    return all;
}

enum status pair_row_create(struct arena *arena, const struct pair_frame *frame, struct pair_row *out)
{
    size_t pairs = (size_t)frame->pair_padded + PAIR_LANES;
    memset(out, 0, sizeof *out);
    bool all = codes_create(arena, frame, out);
    out->gathered[0] = arena_array(arena, pairs, sizeof *out->gathered[0]);
    out->gathered[1] = arena_array(arena, pairs, sizeof *out->gathered[1]);
    out->gaps = arena_array(arena, pairs, sizeof *out->gaps);
    out->paired = arena_array(arena, pairs, sizeof *out->paired);
    out->unpaired = arena_array(arena, pairs + 1, sizeof *out->unpaired);
    out->scores = arena_array(arena, (size_t)frame->score_count + 1, sizeof *out->scores);
    out->parts = arena_array(arena, (size_t)frame->part_count + 1, sizeof *out->parts);
    out->block_row = arena_array(arena, frame->block_row + 1, sizeof *out->block_row);
    out->block_complete = arena_array(arena, (size_t)frame->block_count + 1, sizeof *out->block_complete);
    all = all && out->gathered[0] != NULL && out->gathered[1] != NULL && out->gaps != NULL && out->paired != NULL &&
          out->unpaired != NULL && out->scores != NULL && out->parts != NULL && out->block_row != NULL &&
          out->block_complete != NULL;
    out->pair_e = frame->all_pairs ? out->codes[STANDARD_EXPECTATION] : out->gathered[0];
    out->pair_p = frame->all_pairs ? out->codes[STANDARD_PERCEPTION] : out->gathered[1];
    return all ? STATUS_OK : STATUS_MEMORY;
}

static void lane_widen(const uint8_t *restrict codes, uint16_t *restrict into)
{
    for (size_t j = 0; j < PAIR_LANES; j++) {
        into[j] = codes[j];
    }
}

/* The common case, slots side by side, is a widening copy: whole lanes, then the rest. */
static void load_bytes(const uint8_t *codes, uint32_t items, uint16_t *into)
{
    assert(codes != NULL);
    uint32_t whole = items / PAIR_LANES * PAIR_LANES;
    for (size_t lane = 0; lane < whole; lane += PAIR_LANES) {
        lane_widen(codes + lane, into + lane);
    }
    for (uint32_t item = whole; item < items; item++) {
        into[item] = codes[item];
    }
}

static void load_scattered(const struct pair_frame *frame, const void *codes, const uint32_t *slots, uint16_t *into)
{
    for (uint32_t item = 0; item < frame->study->item_count; item++) {
        assert(slots[item] == NO_SLOT || codes != NULL);
        if (slots[item] == NO_SLOT) {
            into[item] = 0;
        } else if (frame->answers->code_bytes == 1) {
            into[item] = ((const uint8_t *)codes)[slots[item]];
        } else {
            into[item] = ((const uint16_t *)codes)[slots[item]];
        }
    }
}

void pair_row_load(const struct pair_frame *frame, uint32_t encounter, struct pair_row *row)
{
    const struct answers *answers = frame->answers;
    uint32_t items = frame->study->item_count;
    row->chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    row->at = encounter % ANSWERS_CHUNK_ROWS;
    row->weight = frame->weighted ? row->chunk->weights[row->at] : 1;
    if (answers->slot_count == 0) {
        return; /* only outcomes are analysed */
    }
    size_t first = (size_t)row->at * answers->slot_count * answers->code_bytes;
    const uint8_t *codes = (const uint8_t *)row->chunk->codes + first;
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        const uint32_t *slots = frame->slots[standard];
        if (slots != NULL && frame->side_by_side[standard] && answers->code_bytes == 1) {
            load_bytes(codes + slots[0], items, row->codes[standard]);
        } else if (slots != NULL) {
            load_scattered(frame, codes, slots, row->codes[standard]);
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

static void row_gather(const struct pair_frame *frame, struct pair_row *row)
{
    for (uint32_t i = 0; i < frame->pair_count; i++) {
        row->gathered[0][i] = row->codes[STANDARD_EXPECTATION][frame->pair_items[i]];
        row->gathered[1][i] = row->codes[STANDARD_PERCEPTION][frame->pair_items[i]];
    }
}

static void lane_pairs(const uint16_t *restrict e, const uint16_t *restrict p, int16_t *restrict paired, int16_t *restrict gaps)
{
    for (size_t j = 0; j < PAIR_LANES; j++) {
        uint16_t both = (uint16_t)((e[j] != 0 ? UINT16_MAX : 0) & (p[j] != 0 ? UINT16_MAX : 0));
        paired[j] = (int16_t)both;
        gaps[j] = (int16_t)((uint16_t)(p[j] - e[j]) & both);
    }
}

static void lane_subtract(const int16_t *restrict from, uint16_t *restrict counts)
{
    for (size_t j = 0; j < PAIR_LANES; j++) {
        counts[j] = (uint16_t)(counts[j] - (uint16_t)from[j]);
    }
}

/* Over whole lanes: beyond the pair items all codes are 0, so nothing is paired there. */
static void row_pairs(const struct pair_frame *frame, struct pair_row *row)
{
    uint16_t counts[PAIR_LANES] = {0};
    if (!frame->all_pairs) {
        row_gather(frame, row);
    }
    for (size_t lane = 0; lane < frame->pair_padded; lane += PAIR_LANES) {
        lane_pairs(row->pair_e + lane, row->pair_p + lane, row->paired + lane, row->gaps + lane);
        lane_subtract(row->paired + lane, counts);
    }
    row->pair_count = 0;
    for (uint32_t j = 0; j < PAIR_LANES; j++) {
        row->pair_count += counts[j];
    }
    row->usable = frame->plan->policy == PAIRS_AVAILABLE || row->pair_count == frame->pair_count;
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
    if (pair_frame_needs(frame, NEED_BLOCKS) && !row->in_tiles) {
        block_row_prepare(frame, row);
    }
}
