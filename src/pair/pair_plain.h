/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of which nothing but pairs is counted, read as they lie in memory: an expectation and a perception of every item, one byte
 * each, side by side. One row is a few vectors: how many answers, whether all are the same, and which cell of the tallies each
 * pair falls into. */
#ifndef GAPMETER_PAIR_PAIR_PLAIN_H
#define GAPMETER_PAIR_PAIR_PLAIN_H

#include "base/kernel.h"
#include "pair/pair_quality.h"
#include "pair/pair_tallies.h"

#define PLAIN_ITEMS_MOST 64u
#define PLAIN_ROWS       16u /* read at a time */

/* What is the same for every row. */
struct pair_plain {
    uint32_t items;
    size_t row_bytes;                    /* from one row to the next */
    size_t expectation;                  /* where its bytes begin in a row */
    size_t perception;                   /* and its */
    uint64_t there;                      /* bits of the items */
    uint64_t turned;                     /* bits of those that are reversed */
    uint8_t turn_mask[PLAIN_ITEMS_MOST]; /* 255 where reversed */
    uint8_t turn_tops[PLAIN_ITEMS_MOST]; /* a turned code is this minus the code */
    uint16_t tops[PLAIN_ITEMS_MOST];     /* codes of an item, with 0 */
    uint16_t offsets[PLAIN_ITEMS_MOST];  /* of an item's cells in a group's */
};

/* What one row holds. */
struct plain_row {
    struct row_sides sides;
    uint32_t both;                         /* pairs */
    uint16_t cells[PLAIN_ITEMS_MOST + 32]; /* [items] where each item's pair is counted; beyond, anything */
};

/* Can rows be read this way for such tallies?
 * takes   tallies  of any by-set: all have the same cells
 * gives   *out     when they can */
bool pair_plain_make(const struct pair_frame *frame, const struct pair_tallies *tallies, struct pair_plain *out);

/* Reads rows.
 * takes   kernel  one that is available; all give the same
 *         rows    [count × row_bytes] at most PLAIN_ROWS
 *         end     of what may be read: of the chunk
 * gives   out     [count] codes turned where cells tell, and as given where sameness does
 * proof   tests/pair/pair_plain_test.c */
void pair_plain_read(enum kernel kernel, const struct pair_plain *plain, const uint8_t *rows, const uint8_t *end, uint32_t count,
                     struct plain_row *out);

#endif
