/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_tile.h"

#include <string.h>

#include "numeric/byte_products.h"
#include "numeric/byte_turn.h"

#define TILE_BYTES_MOST (UINT64_C(64) << 20) /* of all groups of a by-set: else groups gather fewer rows */
_Static_assert(TILE_STANDARDS == (unsigned)STANDARD_IMPORTANCE, "importance is the last standard, and no part of a tile");

#define PAIR_COLUMNS 4u /* of each pair item: paired, gap, square and its high bits */

static uint32_t tile_items(const struct pair_frame *frame)
{
    return pair_padded(frame->study->item_count);
}

static uint32_t tile_standards(const struct pair_frame *frame)
{
    uint32_t count = 0;
    for (unsigned standard = 0; standard < TILE_STANDARDS; standard++) {
        count += frame->slots[standard] != NULL;
    }
    return count;
}

uint32_t pair_tile_rows(const struct pair_frame *frame, uint32_t group_count)
{
    bool needed = pair_frame_needs(frame, NEED_BLOCKS) || pair_frame_needs(frame, NEED_CONTRASTS);
    uint64_t row = (uint64_t)tile_standards(frame) * tile_items(frame);
    if (!needed || frame->weighted || frame->answers->code_bytes != 1 || frame->study->item_count > TILE_ITEMS_MOST || row == 0) {
        return 0;
    }
    uint64_t rows = TILE_BYTES_MOST / row / (group_count == 0 ? 1 : group_count) / BYTE_ROWS * BYTE_ROWS;
    return rows < TILE_ROWS_MOST ? (uint32_t)rows : TILE_ROWS_MOST;
}

/* Columns of bytes that the room of a tile holds. */
static size_t room_columns(const struct pair_frame *frame)
{
    size_t items = frame->study->item_count;
    return tile_standards(frame) * items + (PAIR_COLUMNS + 1) * (size_t)frame->pair_count + 2 * (items + 1);
}

static size_t room_products(const struct pair_frame *frame)
{
    size_t side = (size_t)frame->study->item_count + 1;
    return (PAIR_COLUMNS + 1) * side * side;
}

uint64_t pair_tile_bytes(const struct pair_frame *frame, uint32_t group_count)
{
    uint64_t rows = pair_tile_rows(frame, group_count);
    uint64_t row = (uint64_t)tile_standards(frame) * tile_items(frame);
    return rows == 0 ? 0
                     : group_count * (rows * row + sizeof(uint32_t)) + rows * room_columns(frame) +
                           room_products(frame) * sizeof(int32_t);
}

/* Deals out the room of the columns. */
static void columns_deal(const struct pair_frame *frame, uint8_t *room, struct tile_columns *columns)
{
    size_t items = frame->study->item_count * columns->stride;
    size_t pairs = frame->pair_count * columns->stride;
    for (unsigned standard = 0; standard < TILE_STANDARDS; standard++) {
        columns->codes[standard] = frame->slots[standard] == NULL ? NULL : room;
        room += frame->slots[standard] == NULL ? 0 : items;
    }
    columns->paired = (int8_t *)room;
    columns->gaps = columns->paired + pairs;
    columns->squares = columns->gaps + pairs;
    columns->high_squares = columns->squares + pairs;
    columns->raised = room + PAIR_COLUMNS * pairs;
    columns->left = columns->raised + pairs;
    columns->right = (int8_t *)columns->left + items + columns->stride;
}

enum status pair_tile_create(struct arena *arena, const struct pair_frame *frame, uint32_t group_count, struct pair_tile *out)
{
    *out = (struct pair_tile){.rows_most = pair_tile_rows(frame, group_count), .items = tile_items(frame)};
    if (out->rows_most == 0) {
        return STATUS_OK;
    }
    for (unsigned standard = 0; standard < TILE_STANDARDS; standard++) {
        if (frame->slots[standard] != NULL) {
            out->standards[out->standard_count++] = (enum standard)standard;
        }
    }
    out->columns.stride = out->rows_most;
    out->waiting = arena_array(arena, (size_t)group_count + 1, sizeof *out->waiting);
    out->rows = arena_array(arena, (size_t)group_count * out->rows_most + 1, (size_t)out->standard_count * out->items);
    out->columns.products = arena_array(arena, room_products(frame), sizeof *out->columns.products);
    uint8_t *room = arena_array(arena, room_columns(frame) + 1, out->columns.stride);
    if (out->waiting == NULL || out->rows == NULL || out->columns.products == NULL || room == NULL) {
        return STATUS_MEMORY;
    }
    columns_deal(frame, room, &out->columns);
    return STATUS_OK;
}

static void lane_narrow(const uint16_t *restrict codes, uint8_t *restrict into)
{
    for (size_t j = 0; j < PAIR_LANES; j++) {
        into[j] = (uint8_t)codes[j];
    }
}

bool pair_tile_add(struct pair_tile *tile, uint32_t group, const struct pair_row *row)
{
    size_t width = (size_t)tile->standard_count * tile->items;
    uint8_t *into = tile->rows + ((size_t)group * tile->rows_most + tile->waiting[group]) * width;
    for (uint32_t i = 0; i < tile->standard_count; i++) {
        for (size_t lane = 0; lane < tile->items; lane += PAIR_LANES) {
            lane_narrow(row->codes[tile->standards[i]] + lane, into + lane);
        }
        into += tile->items;
    }
    return ++tile->waiting[group] == tile->rows_most;
}

static void lane_pairs(const uint8_t *restrict e, const uint8_t *restrict p, int8_t *restrict paired, int8_t *restrict gaps)
{
    for (size_t row = 0; row < BYTE_ROWS; row++) {
        uint8_t both = (uint8_t)((e[row] != 0) & (p[row] != 0));
        paired[row] = (int8_t)both;
        gaps[row] = (int8_t)(uint8_t)((uint8_t)(p[row] - e[row]) & (uint8_t)(0 - both));
    }
}

static void lane_squares(const int8_t *restrict gaps, int8_t *restrict low, int8_t *restrict high, uint8_t *restrict raised)
{
    for (size_t row = 0; row < BYTE_ROWS; row++) {
        int16_t square = (int16_t)(gaps[row] * gaps[row]);
        low[row] = (int8_t)(square & 0x7F);
        high[row] = (int8_t)(square >> 7);
        raised[row] = (uint8_t)(gaps[row] + 128);
    }
}

/* What contrasts and blocks of gaps are made of. */
static void pairs_derive(const struct pair_frame *frame, struct tile_columns *columns)
{
    for (size_t pair = 0; pair < frame->pair_count; pair++) {
        const uint8_t *e = columns->codes[STANDARD_EXPECTATION] + frame->pair_items[pair] * columns->stride;
        const uint8_t *p = columns->codes[STANDARD_PERCEPTION] + frame->pair_items[pair] * columns->stride;
        size_t first = pair * columns->stride;
        for (size_t row = 0; row < columns->rows; row += BYTE_ROWS) {
            size_t at = first + row;
            lane_pairs(e + row, p + row, columns->paired + at, columns->gaps + at);
            lane_squares(columns->gaps + at, columns->squares + at, columns->high_squares + at, columns->raised + at);
        }
    }
}

const struct tile_columns *pair_tile_turn(struct pair_tile *tile, const struct pair_frame *frame, uint32_t group)
{
    size_t width = (size_t)tile->standard_count * tile->items, count = tile->waiting[group];
    struct tile_columns *columns = &tile->columns;
    const uint8_t *rows = tile->rows + (size_t)group * tile->rows_most * width;
    if (count == 0) {
        return NULL;
    }
    columns->rows = (count + BYTE_ROWS - 1) / BYTE_ROWS * BYTE_ROWS;
    for (uint32_t i = 0; i < tile->standard_count; i++) {
        uint8_t *codes = columns->codes[tile->standards[i]];
        bytes_turn(rows + (size_t)i * tile->items, width, count, frame->study->item_count, codes, columns->stride);
        for (uint32_t item = 0; item < frame->study->item_count; item++) {
            memset(codes + item * columns->stride + count, 0, columns->rows - count);
        }
    }
    pairs_derive(frame, columns);
    tile->waiting[group] = 0;
    return columns;
}
