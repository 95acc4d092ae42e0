/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_BATCH_H
#define GAPMETER_FORMATS_CSV_BATCH_H

#include "formats/csv_dictionary.h"
#include "model/answers_builder.h"
#include "model/mixed_scales.h"

/* Rows that one thread has read on its own, from one block of a file, before they have their place among the answers. */

/* Elements that grow on the heap. */
struct csv_list {
    void *at;
    uint32_t count;
    uint32_t capacity;
};

/* Room for one more element, which is counted then; NULL when there is no memory. */
void *csv_list_add(struct csv_list *list, size_t size_bytes);

/* An answer that is missing for another reason than being skipped. */
struct csv_mark {
    uint32_t row;
    uint16_t slot;
    uint16_t kind;
};

/* A text whose number among the answers the row asks for. */
struct csv_asked {
    uint32_t row;
    uint32_t dictionary;
    uint32_t own;
};

/* A record that is left to the general way of reading. */
struct csv_odd {
    uint32_t row;   /* it stands before this row of the batch */
    uint32_t start; /* offset of its first byte */
    uint32_t next;  /* and of that after its line end */
    uint32_t line;  /* lines before it */
};

/* Where rows of the batch go. */
struct csv_placed {
    struct answers_piece piece;
    uint32_t row;
};

/* A text among the bytes of the block. */
struct csv_name {
    uint32_t at;
    uint32_t length;
};

/* Which names a batch holds. */
struct csv_naming {
    bool respondent;
    bool encounter;
};

struct csv_batch {
    const struct study *study;
    struct csv_naming naming;
    uint32_t slot_count;
    unsigned code_bytes;
    const struct outcome_place *outcome_places; /* [outcome_count] */
    uint32_t outcome_bytes;
    uint32_t serial; /* of the batch, from 1 on */
    uint32_t count;
    uint32_t capacity;
    uint32_t end;   /* offset up to which rows and odd records were read */
    uint32_t lines; /* lines up to there */
    /* [row], or NULL where the study has no use for it */
    char *codes;
    uint16_t *segments; /* own numbers of their dictionaries */
    int64_t *weights;
    uint32_t *clusters; /* own numbers */
    uint32_t *strata;   /* own numbers */
    int64_t *points;
    uint8_t *outcomes;         /* rows as the answers hold them */
    uint32_t *starts;          /* offset of the first byte */
    uint32_t *row_lines;       /* lines before it */
    uint64_t *ids;             /* respondents that are whole numbers */
    struct csv_name *names[2]; /* respondents and encounters */
    uint32_t *respondents;     /* their numbers, found in turn; unless `own_numbers` */
    bool whole;                /* all respondents are whole numbers */
    bool own_numbers;          /* every row is a respondent of its own */
    struct csv_list marks;     /* of struct csv_mark */
    struct csv_list asked;     /* of struct csv_asked */
    struct csv_list odd;       /* of struct csv_odd */
    struct csv_list placed;    /* of struct csv_placed */
};

/* takes   out  stays where it is as long as ctx->arena lives */
enum status csv_batch_create(struct ctx *ctx, const struct answers_builder *builder, const struct study *study,
                             struct csv_naming naming, struct csv_batch *out) MUST_USE;

/* Empties it for the next block. */
void csv_batch_begin(struct csv_batch *batch);

/* Room for more rows.
 * fails   false: there is no memory */
bool csv_batch_grow(struct csv_batch *batch);

/* Room for so many more rows.
 * needs   not more than a batch begins with, 1024 */
static inline bool csv_batch_reserve(struct csv_batch *batch, uint32_t rows)
{
    return batch->count + rows <= batch->capacity || csv_batch_grow(batch);
}

/* Writes the rows that were placed into the answers, with the numbers that the dictionaries know.
 * takes   dictionaries  [segment_count], then that of clusters, then that of strata */
void csv_batch_copy(const struct csv_batch *batch, const struct csv_dictionary *dictionaries);

/* Counts the outcomes of the rows that were placed, which are points of scales.
 * takes   line    of the file, of the first byte of the block
 *         counts  [outcome_count] */
void csv_batch_count(const struct csv_batch *batch, uint64_t line, struct answer_counts *counts);

#endif
