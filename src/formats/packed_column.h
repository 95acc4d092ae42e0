/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of a pack: everything of an encounter but its codes, each column in as few bytes as its values need.
 *
 * A value is written in `width` bytes. Where it is written by its offset, it is base + what stands there, and all bits set mean that
 * it is missing. Where it is written by its place, what stands there is a place in a list of all values that occur, in rising order,
 * the missing one among them. */
#ifndef GAPMETER_FORMATS_PACKED_COLUMN_H
#define GAPMETER_FORMATS_PACKED_COLUMN_H

#include "model/answers.h"

enum packed_kind {
    PACKED_RESPONDENT, /* left out when each encounter has its own number, and a row has other bytes */
    PACKED_WEIGHT,
    PACKED_CLUSTER,
    PACKED_STRATUM,
    PACKED_ARM,
    PACKED_SOURCES,
    PACKED_SEGMENT,
    PACKED_POINTS,
    PACKED_OUTCOME,
    PACKED_KIND_COUNT
};

struct packed_column {
    enum packed_kind kind;
    uint32_t index; /* of the segment, dimension or outcome */
    /* What its values may be; packed_columns_list writes it. */
    int64_t low, high;
    int64_t missing; /* outside of these */
    bool may_miss;
    struct outcome_place place; /* of an outcome, in a row of row_bytes */
    uint32_t row_bytes;
    /* How they are written. */
    unsigned width;        /* 1, 2, 4 or 8 */
    int64_t base;          /* by offset */
    const int64_t *values; /* by place: [value_count] */
    uint32_t value_count;  /* 0: by offset */
    /* Of one byte: what each of 256 stands for, and which there may not be; packed_column_ready writes them. */
    int64_t *known;
    bool *never;
};

struct packed_columns {
    struct packed_column *at;
    uint32_t count;
    bool own_numbers; /* each encounter has its own number as respondent */
};

/* The columns that a study's answers have, in order, with what their values may be.
 * takes   answers  its study and counts of texts; its rows are not looked at
 *         own_numbers  the respondents are left out
 * fails   STATUS_MEMORY */
enum status packed_columns_list(struct ctx *ctx, const struct answers *answers, bool own_numbers,
                                struct packed_columns *out) MUST_USE;

/* Chooses how the values of answers are written; all threads take part.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
enum status packed_columns_choose(struct ctx *ctx, const struct answers *answers, struct packed_columns *columns) MUST_USE;

/* Is each encounter its own respondent? */
bool packed_numbers_are_own(const struct answers *answers);

/* Writes the values of a chunk's rows.
 * takes   room  ANSWERS_CHUNK_ROWS, for work
 *         into  rows × width bytes */
void packed_column_write(const struct answers *answers, const struct packed_column *column, uint32_t chunk, int64_t *room,
                         unsigned char *into);

/* The first rows of a chunk, and what a block has of one of their columns. */
struct packed_rows {
    const struct answers_chunk *chunk;
    uint32_t count;
    const unsigned char *from; /* count × width bytes */
};

/* Makes a column ready to be read whose values, width and base are there.
 * fails   STATUS_MEMORY */
enum status packed_column_ready(struct ctx *ctx, struct packed_column *column) MUST_USE;

/* Reads the values of rows into their chunk.
 * takes   room  ANSWERS_CHUNK_ROWS, for work
 * gives   false: a value is none that the column may have; then the rows hold nothing of use */
bool packed_column_read(const struct study *study, const struct packed_column *column, const struct packed_rows *rows,
                        int64_t *room) __attribute__((warn_unused_result));

#endif
