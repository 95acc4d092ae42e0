/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_SCAN_H
#define GAPMETER_FORMATS_CSV_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/* The scanner: bytes in, the places where cells end out. It decides nothing about what a cell means, keeps nothing between
 * two calls, and gives the same records however the bytes are cut; a faster one can stand behind this header. */

enum csv_record_flag {
    CSV_RECORD_QUOTED = 1u,  /* a cell begins with a quote */
    CSV_RECORD_SUSPECT = 2u, /* text after a closing quote, or a NUL byte */
    CSV_RECORD_UNCLOSED = 4u /* the bytes ended within quotes; the last cell is the one */
};

/* A complete record. Cell i lies between the end of the cell before it (or start) and ends[first_end + i]. */
struct csv_record {
    uint32_t start;      /* offset of its first byte */
    uint32_t first_end;  /* index into ends */
    uint32_t cell_count; /* >= 1 */
    uint32_t lines;      /* lines of the file that it takes, >= 1 */
    unsigned flags;      /* enum csv_record_flag */
};

/* Room that the caller gives, filled by csv_scan. */
struct csv_index {
    uint32_t *ends;        /* offset just past each cell: of its delimiter, line end, or the end of the bytes */
    uint32_t end_capacity; /* at least CSV_SCAN_ROOM more than the cells a record may have */
    struct csv_record *records;
    uint32_t record_capacity; /* at least CSV_SCAN_ROOM */
    uint32_t record_count;
    size_t consumed; /* offset of the first byte after the last complete record */
    bool full;       /* stopped because the room was used up, not because the bytes were */
    bool in_quotes;  /* the bytes that are left end within quotes */
};

/* What one step of the scanner may add before it looks at the room again. */
#define CSV_SCAN_ROOM 80u

/* Finds records. Quotes count only when they open a cell; line ends are LF, CR LF and CR.
 * takes   bytes  begins at the start of a record, below 4 GB
 *         last   nothing comes after these bytes: an unfinished record is complete
 * gives   index  complete records only; with none and `full`, the first record has too many cells
 * cost    time bytes
 * proof   tests/formats/csv_scan_test.c: the same as a plain state machine, for all cuts */
void csv_scan(struct span bytes, char delimiter, bool last, struct csv_index *index);

/* Room for records of at most `cells` cells each.
 * owns    ctx->arena */
enum status csv_index_create(struct ctx *ctx, uint32_t cells, struct csv_index *out) MUST_USE;

#endif
