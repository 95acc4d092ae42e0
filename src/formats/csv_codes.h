/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_CODES_H
#define GAPMETER_FORMATS_CSV_CODES_H

#include "formats/csv_cell.h"
#include "model/study.h"

/* What a cell of answers says: 1 … 32767 is a code, 0 a skipped answer; CSV_CODE_MISSING + kind another kind of missing;
 * CSV_CODE_BAD is nothing that the study knows. */
#define CSV_CODE_MISSING 0x8000u
#define CSV_CODE_BAD     0xFFFFu

/* A cell seen before, as it stands in the file, and what it says. */
struct csv_remembered {
    uint8_t length; /* 0: nothing is remembered here */
    char text[21];
    uint16_t code;
};

#define CSV_REMEMBERED 256u

/* Where a cell is remembered, or NULL when it is empty or too long for that. */
struct csv_remembered *csv_remembered_place(struct csv_remembered *places, struct span cell);

/* Is this place that of the cell? */
bool csv_remembered_is(const struct csv_remembered *place, struct span cell);

/* Remembers a cell in its place. */
void csv_remember(struct csv_remembered *place, struct span cell, unsigned code);

/* A scale with tables for the cells that come most. */
struct csv_codes {
    const struct scale *scale;
    const struct outcome *outcome;     /* whose own missing codes hold too; NULL: answers to items */
    uint16_t one[256];                 /* by the first byte of cells of at most one: an empty cell begins with what ends it */
    uint16_t two[100];                 /* cells of two digits */
    uint16_t empty;                    /* cells of no bytes */
    struct csv_remembered *remembered; /* [CSV_REMEMBERED] longer cells seen before, such as labels */
};

/* The study's codes in this file's way of writing. */
struct csv_reading {
    const struct study *study;
    char mark; /* decimal mark of the file */
    struct csv_unquoting unquoting;
    struct csv_codes *scales;              /* [scale_count] of the study, then [outcome_count], then that of Kano, then
                                              that of the ratings of moments */
    struct csv_remembered *segment_values; /* [segment × CSV_REMEMBERED]: numbers of values */
    uint32_t time_segment;                 /* the segment whose cells are dates; UINT32_MAX: none */
};

/* The place among csv_reading.scales of an item's answers on a standard. */
uint32_t csv_scale_place(const struct study *study, enum standard standard, uint32_t item);

/* owns  ctx->arena */
enum status csv_reading_create(struct ctx *ctx, const struct study *study, char mark, char delimiter,
                               struct csv_reading **out) MUST_USE;

/* Another reading of the same file, for another thread: what it remembers is its own.
 * takes   cell_bytes  no cell will be longer
 * gives   *out        no segment_values */
enum status csv_reading_copy(struct ctx *ctx, const struct csv_reading *reading, size_t cell_bytes,
                             struct csv_reading **out) MUST_USE;

/* Is a trimmed text a missing code, of the study or of the outcome? An empty one is skipped unless the study says otherwise.
 * takes   outcome  NULL: another kind of column */
bool csv_missing(const struct csv_reading *reading, const struct outcome *outcome, struct span text, enum missing *kind);

/* The code of a cell that no table knows. */
unsigned csv_code_slow(struct csv_reading *reading, struct csv_codes *codes, struct span cell);

/* The code of a cell as it stands in the file. */
static inline unsigned csv_code(struct csv_reading *reading, struct csv_codes *codes, struct span cell)
{
    const unsigned char *at = (const unsigned char *)cell.at;
    unsigned code = CSV_CODE_BAD;
    if (cell.length == 1) {
        code = codes->one[at[0]];
    } else if (cell.length == 2) {
        unsigned tens = at[0] - (unsigned)'0', ones = at[1] - (unsigned)'0';
        if (tens < 10 && ones < 10)
            code = codes->two[tens * 10 + ones];
    } else if (cell.length == 0) {
        code = codes->empty;
    } else if (cell.length == 3 && at[0] == '"' && at[2] == '"' && at[1] - (unsigned)'0' < 10) {
        code = codes->one[at[1]];
    }
    return code != CSV_CODE_BAD ? code : csv_code_slow(reading, codes, cell);
}

#endif
