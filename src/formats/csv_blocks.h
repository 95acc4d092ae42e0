/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_BLOCKS_H
#define GAPMETER_FORMATS_CSV_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"
#include "base/kernel.h"

/* The quick scanner: 64 bytes at a time it finds where cells end, and what the cells of at most one byte hold. It knows the files
 * that programs write; what else there may be in a file (stray quotes, NUL bytes, lone CRs) it leaves to csv_scan. */

/* What a cell holds: 0 … 9 that digit alone, or one of these. */
enum { CSV_CLASS_EMPTY = 10, CSV_CLASS_OTHER = 15, CSV_CLASS_COUNT = 16 };

/* Bytes that must be readable before and after what is scanned. */
#define CSV_BLOCKS_MARGIN 128u

/* A record, of which the bytes from `next` of the record before it to `end` are cells. */
struct csv_found {
    uint32_t end;   /* offset of the line end */
    uint32_t next;  /* and after it */
    uint32_t cells; /* cells up to here, all records together */
    uint32_t lines; /* lines up to here */
};

struct csv_blocks {
    uint64_t *ends;    /* bit i of word w: a cell ends at offset 64 w + i */
    uint8_t *classes;  /* [cell] */
    uint32_t capacity; /* bytes that can be scanned at once */
    struct csv_found *found;
    uint32_t found_count;
    uint32_t found_capacity;
    uint64_t gathering[256]; /* of the kernels' own */
};

/* Bodies for the vectors of a processor; all give the same.
 * proof   tests/formats/csv_blocks_test.c */
struct csv_kernel {
    /* Scans bytes that begin a record and end with LF.
     * gives   false when csv_scan must look at them; the records that are found, the last of which may end before the bytes do
     * fails   false too when there is no memory */
    bool (*scan)(struct csv_blocks *blocks, const unsigned char *bytes, uint32_t length, unsigned char delimiter);
    /* Turns classes into codes by a table; a code above 0x7F is none.
     * takes   classes, codes  readable and writable for 64 bytes more
     * gives   false when one of them is no code */
    bool (*codes)(const uint8_t *classes, uint32_t count, const uint8_t table[CSV_CLASS_COUNT], uint8_t *codes);
    /* Is there a byte above 0x7F? */
    bool (*is_ascii)(const unsigned char *bytes, size_t length);
};

/* The bodies of one kernel; the plain ones where this machine's compiler knew no others. */
const struct csv_kernel *csv_kernel(enum kernel kernel);

/* takes   capacity  the most bytes to be scanned at once
 *         out       stays where it is as long as ctx->arena lives
 * owns    its memory belongs to ctx->arena */
enum status csv_blocks_create(struct ctx *ctx, uint32_t capacity, struct csv_blocks *out) MUST_USE;

#endif
