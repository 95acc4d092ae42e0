/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_HAND_H
#define GAPMETER_FORMATS_CSV_HAND_H

#include "formats/csv_batch.h"
#include "formats/csv_blocks.h"
#include "formats/csv_reader.h"

/* One thread's hand in reading a wide file: it turns blocks of the file into batches of rows, and touches nothing that others
 * touch. It takes rows in which all is well; any other record it leaves to csv_wide_row, which says what is wrong with it. */

/* What a column that is looked at as text says. */
enum csv_want {
    CSV_WANT_RESPONDENT,
    CSV_WANT_ENCOUNTER,
    CSV_WANT_WEIGHT,
    CSV_WANT_CLUSTER,
    CSV_WANT_STRATUM,
    CSV_WANT_SEGMENT,
    CSV_WANT_NUMBER, /* an outcome that is no scale */
    CSV_WANT_POINTS
};

struct csv_wanted {
    uint32_t column;
    enum csv_want what;
    uint32_t index; /* of the segment, outcome or dimension */
    uint32_t skip;  /* columns between that of the one wanted before, or the beginning, and this one */
    bool again;     /* the same column is wanted once more */
};

/* A column of answers to an outcome on a scale. */
struct csv_rating {
    uint32_t column;
    uint32_t outcome;
    uint8_t codes[CSV_CLASS_COUNT]; /* of classes: 0 missing; above 0x7F: to be looked at */
};

struct csv_hand {
    struct ctx ctx; /* with an arena of its own */
    const struct study *study;
    const struct csv_plan *plan;
    uint32_t column_count;
    char delimiter;
    const struct csv_kernel *kernel;
    struct csv_reading *reading;
    bool days_are_enough;               /* times of day do not matter for the segment of dates */
    struct fieldwork days;              /* between which the dates lie */
    uint8_t (*tables)[CSV_CLASS_COUNT]; /* [place of a scale] codes of classes; above 0x7F: to be looked at */
    struct csv_run *runs;               /* [plan->run_count] */
    struct csv_wanted *wanted;          /* by column */
    uint32_t wanted_count;
    struct csv_name *places; /* [wanted_count × CSV_STRETCH] of cells */
    struct csv_list asked;   /* room for putting what a stretch asks for in order */
    struct csv_rating *ratings;
    uint32_t rating_count;
    struct csv_dictionary *dictionaries; /* [segment_count], then that of clusters, then that of strata */
    struct csv_blocks blocks;
    struct csv_index index;
    uint32_t *ends;    /* [column_count] of one record */
    const char *bytes; /* of the block */
    struct csv_batch batch;
    struct answer_counts *counts; /* [outcome_count] of all batches */
};

/* What a cell of a class says, as csv_code.
 * needs   class <= CSV_CLASS_EMPTY */
static inline unsigned csv_hand_code(const struct csv_codes *codes, unsigned class)
{
    return class == CSV_CLASS_EMPTY ? codes->empty : class == CSV_CLASS_TEN ? codes->two[10] : codes->one['0' + class];
}

/* The most rows that are taken together, a column at a time: their cells stay in the first cache. */
#define CSV_STRETCH 128u

/* Can hands read this file? The study must name a column for every slot, and none of sources of expectations, arms or comments.
 * proof   tests/formats/csv_paths_test.c */
bool csv_hand_suits(const struct csv_reader *reader);

/* takes   reader    opened, with plan and builder; only read from
 *         capacity  bytes of the largest block
 * gives   *out      in an arena of its own, which ends with ctx->arena */
enum status csv_hand_create(struct csv_reader *reader, uint32_t capacity, struct csv_hand **out) MUST_USE;

/* Reads the records of bytes that begin with one and end with LF into hand->batch.
 * takes   bytes  readable for CSV_BLOCKS_MARGIN before and after
 * gives   batch->end  where the first byte stands that was not read: its record goes on beyond these bytes, or there was no
 *                     memory for it */
void csv_hand_read(struct csv_hand *hand, const char *bytes, uint32_t length);

#endif
