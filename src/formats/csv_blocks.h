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

/* What was found before a record: nothing before the first. */
static inline struct csv_found csv_found_before(const struct csv_blocks *blocks, uint32_t record)
{
    const struct csv_found nothing = {.end = 0};
    return record == 0 ? nothing : blocks->found[record - 1];
}

/* Walks over the ends of a record's cells. */
struct csv_walk {
    const uint64_t *ends;
    uint64_t left;   /* the next 64 bytes from `at` on: where cells end, as far as they were not passed */
    uint32_t at;     /* offset of bit 0 of them */
    uint32_t column; /* whose end is the next one */
    uint32_t begin;  /* of that column */
};

/* Where cells end among the 64 bytes from an offset on. */
static inline uint64_t csv_ends_from(const uint64_t *ends, uint32_t at)
{
    const uint32_t word = at / 64, bit = at % 64;
    return ends[word] >> bit | ends[word + 1] << 1 << (63 - bit);
}

/* From the first column on of the record that begins at `start`. */
static inline struct csv_walk csv_walk_begin(const struct csv_blocks *blocks, uint32_t start)
{
    return (struct csv_walk){blocks->ends, csv_ends_from(blocks->ends, start), start, 0, start};
}

/* The end of the next column.
 * needs   the record has one more */
static inline uint32_t csv_walk_next(struct csv_walk *walk)
{
    while (walk->left == 0) {
        walk->at += 64;
        walk->left = csv_ends_from(walk->ends, walk->at);
    }
    const uint32_t end = walk->at + (uint32_t)__builtin_ctzll(walk->left);
    walk->left &= walk->left - 1;
    walk->column++;
    walk->begin = end + 1;
    return end;
}

/* Cells of answers that stand side by side, as their codes do. */
struct csv_run {
    const uint8_t *table; /* [CSV_CLASS_COUNT] codes of classes; above 0x7F: none */
    uint32_t column;      /* of the first */
    uint32_t slot;        /* and where its code goes */
    uint32_t count;
};

/* Records that follow on each other, all with as many cells, and where their codes go. */
struct csv_coding {
    const struct csv_run *runs; /* their slots rise, so that what is written beyond a run is written over next */
    uint32_t run_count;
    const uint8_t *classes; /* readable for 64 more */
    uint32_t cell_count;    /* of a record */
    uint8_t *codes;         /* writable for 64 more */
    uint32_t slot_count;    /* of a record */
};

/* Bodies for the vectors of a processor; all give the same.
 * proof   tests/formats/csv_blocks_test.c */
struct csv_kernel {
    /* Scans bytes that begin a record and end with LF.
     * gives   false when csv_scan must look at them; the records that are found, the last of which may end before the bytes do
     * fails   false too when there is no memory */
    bool (*scan)(struct csv_blocks *blocks, const unsigned char *bytes, uint32_t length, unsigned char delimiter);
    /* Turns classes into codes.
     * gives   how many records come before the first that has a class without a code */
    uint32_t (*codes)(const struct csv_coding *coding, uint32_t count);
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
