/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_PLAN_H
#define GAPMETER_FORMATS_CSV_PLAN_H

#include "formats/csv_codes.h"
#include "formats/csv_file.h"

#define CSV_NO_COLUMN UINT32_MAX

/* A column of answers to one item on one standard. */
struct csv_answer_column {
    uint32_t column;
    uint32_t slot;
    enum standard standard;
    uint32_t item;
    uint32_t scale; /* index into csv_reading.scales */
};

/* Answers whose columns, slots and scale run side by side: the usual case, and the quickest to read. */
struct csv_answer_run {
    uint32_t first; /* index into answers */
    uint32_t count;
};

/* Which column of a file is what; CSV_NO_COLUMN where this file has none. */
struct csv_plan {
    struct csv_answer_column *answers; /* wide layout */
    uint32_t answer_count;
    struct csv_answer_run *runs;
    uint32_t run_count;
    uint32_t respondent, encounter, weight, cluster, stratum;
    uint32_t *segments;                       /* [segment_count] */
    uint32_t *outcomes;                       /* [outcome_count] */
    uint32_t *points;                         /* [dimension_count], with importance points */
    uint32_t *comments;                       /* [comment_count] */
    uint32_t item, standard, value;           /* long layout */
    uint32_t standard_column[STANDARD_COUNT]; /* long layout, one column per standard */
    uint32_t touchpoint, time, order, rating; /* journey layout */
    uint32_t source_list, sources[SOURCE_COUNT], arm;
    uint32_t key; /* of a join */
};

/* The files of one reading: one, or two that are joined (expectations first). */
struct csv_heads {
    const struct csv_head *at[2];
    uint32_t count;
    const char *key; /* NULL without a join */
};

/* Finds every column that the study names.
 * takes   slots   as answers.slots
 * gives   plans   [heads->count]; with two files, expectations are looked for in the first only and perceptions in the second
 *                 only; everything else is in each plan whose file has it
 * fails   STATUS_CONFIG  a column is in neither file (the sentence says which, and what there is)
 *         STATUS_DATA    two columns bear a header that the study names */
enum status csv_plan_columns(struct ctx *ctx, const struct csv_heads *heads, const struct study *study, const uint32_t *slots,
                             struct csv_plan *plans) MUST_USE;

/* The plan for rows whose encounter is known from the first file: without the columns that the first file has. */
enum status csv_plan_without(struct ctx *ctx, const struct study *study, const struct csv_plan *plan,
                             const struct csv_plan *first, struct csv_plan *out) MUST_USE;

#endif
