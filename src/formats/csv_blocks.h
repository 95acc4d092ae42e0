/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_BLOCKS_H
#define GAPMETER_FORMATS_CSV_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"
#include "base/kernel.h"

/* The quick scanner: 64 bytes at a time it finds where cells end, and what the shortest cells hold. It knows the files
 * that programs write; what else there may be in a file (stray quotes, NUL bytes, lone CRs) it leaves to csv_scan. */

/* What a cell holds: 0 … 10 that number alone, or one of these. */
enum { CSV_CLASS_TEN = 10, CSV_CLASS_EMPTY = 11, CSV_CLASS_OTHER = 15, CSV_CLASS_COUNT = 16 };

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

/* Walks over the ends of a record's cells. */
struct csv_walk {
    const uint64_t *ends;
    uint64_t left; /* of the word: ends from here on */
    uint32_t word;
    uint32_t column; /* whose end is the next one */
    uint32_t begin;  /* of that column */
};

/* From the first column on of the record that begins at `start`. */
static inline struct csv_walk csv_walk_begin(const struct csv_blocks *blocks, uint32_t start)
{
    const uint32_t word = start / 64;
    return (struct csv_walk){blocks->ends, blocks->ends[word] & (UINT64_MAX << (start % 64)), word, 0, start};
}

/* The end of the next column.
 * needs   the record has one more */
static inline uint32_t csv_walk_next(struct csv_walk *walk)
{
    while (walk->left == 0)
        walk->left = walk->ends[++walk->word];
    const uint32_t end = walk->word * 64 + (uint32_t)__builtin_ctzll(walk->left);
    walk->left &= walk->left - 1;
    walk->column++;
    walk->begin = end + 1;
    return end;
}

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
