/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a group gathered until there are enough of them to be turned into columns of bytes: moment blocks and contrasts are
 * then sums of products of columns, which numeric/ forms in vectors. Without weights, and where a code is one byte. */
#ifndef GAPMETER_PAIR_PAIR_TILE_H
#define GAPMETER_PAIR_PAIR_TILE_H

#include "pair/pair_row.h"

#define TILE_ROWS_MOST  512u
#define TILE_ITEMS_MOST 128u
#define TILE_STANDARDS  4u /* those that blocks are made of: all but importance */

/* Columns of the rows of one group; bytes beyond the rows up to a multiple of 64 belong to nobody, and are as missing answers. */
struct tile_columns {
    size_t stride;                  /* bytes from one column to the next */
    size_t rows;                    /* a multiple of 64 */
    uint8_t *codes[TILE_STANDARDS]; /* [item × stride] turned codes, 0 = missing; NULL when not asked */
    int8_t *paired;                 /* [pair × stride] 1 where there is a pair, else 0; after it: */
    int8_t *gaps;                   /* [pair × stride] P − E; 0 without a pair */
    int8_t *squares;                /* [pair × stride] the squared gap, its lowest 7 bits */
    int8_t *high_squares;           /* [pair × stride] the bits above */
    uint8_t *raised;                /* [pair × stride] gap + 128 */
    uint8_t *left;                  /* [(item + 1) × stride] room for one side of a block's products */
    int8_t *right;                  /* [(item + 1) × stride] room for the other */
    int32_t *products;              /* room for products of all columns of a kind */
};

struct pair_tile {
    uint32_t rows_most; /* rows that a group gathers: a multiple of 64; 0 = this way is not taken */
    uint32_t items;     /* bytes of one standard in a row */
    uint32_t standard_count;
    enum standard standards[TILE_STANDARDS];
    uint32_t *waiting; /* [group] rows gathered */
    uint8_t *rows;     /* [group × rows_most × standard_count × items] */
    struct tile_columns columns;
};

/* How many rows each of so many groups gathers.
 * gives   0 when blocks and contrasts are counted row by row: with weights, codes of two bytes, very many items or groups */
uint32_t pair_tile_rows(const struct pair_frame *frame, uint32_t group_count);

/* Bytes that it takes. */
uint64_t pair_tile_bytes(const struct pair_frame *frame, uint32_t group_count);

/* fails   STATUS_MEMORY */
enum status pair_tile_create(struct arena *arena, const struct pair_frame *frame, uint32_t group_count,
                             struct pair_tile *out) MUST_USE;

/* Gathers a row.
 * gives   whether its group is full, and must be turned before the next is gathered */
bool pair_tile_add(struct pair_tile *tile, uint32_t group, const struct pair_row *row);

/* Turns the rows that a group has gathered into columns, and forgets them.
 * gives   NULL when there are none; good until the next call */
const struct tile_columns *pair_tile_turn(struct pair_tile *tile, const struct pair_frame *frame, uint32_t group);

#endif
