/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_CASE_COLUMNS_H
#define GAPMETER_MEASURE_CASE_COLUMNS_H

#include "model/measure.h"
#include "numeric/number_column.h"

/* Whole persons as columns of numbers, for figures that no tally holds: regressions, contrasts of a person's answers, resampled
 * rows. Private to measure/. */

enum case_of {
    CASE_ITEM,       /* the answer to one item */
    CASE_DIMENSION,  /* a person's mean over the items of a dimension, when at least half are answered */
    CASE_OVERALL,    /* the mean of the dimension scores, when at least half are there */
    CASE_ITEMS_MEAN, /* the mean over all items, when at least half are answered */
    CASE_INDEX,      /* 100 Σ (x − lo) / Σ (hi − lo) over the items of a dimension (UINT32_MAX: all), when at least half are
                        answered: 0 … 100, whatever their scales */
    CASE_SHORTFALL,  /* 1 when perception is below the standard on an item, 0 when it is on none of at least half of all items */
    CASE_OUTCOME,
    CASE_POINTS, /* importance of a dimension, as the points were given */
    CASE_SOURCE, /* 1 when this source of expectations was named, 0 when only others were */
    CASE_ARM     /* 1 when chance put the case among those asked before and afterwards, 0 afterwards only */
};

/* One column. Reversed items are turned; values are in the points of the scale. */
struct case_variable {
    enum case_of of;
    uint32_t index;         /* item, dimension, outcome or source */
    enum standard standard; /* of items and scores */
    bool gap;               /* perception − expectation instead of a standard; of a score: over the items that have both */
    bool paired;            /* of a score: over the items that have both, so that gap = perception − expectation */
};

/* The rows of one group that are complete on all variables, in canonical order. Borrowed from ctx->arena. */
struct case_matrix {
    enum reason blank; /* REASON_NONE, or why a variable does not exist (not asked, mixed scales): then there are no rows */
    size_t rows, columns;
    const double *values;                /* column j of row i: values[j × rows + i]; NULL when packed */
    const double *weights;               /* [rows], above 0; NULL without weights or when packed */
    const struct number_column *packed;  /* [columns] in their place; NULL when not packed */
    struct number_column packed_weights; /* likewise; without values when there are no weights */
    const uint32_t *units;  /* [rows] the cluster, or the respondent who comes more than once: 0 … unit_count − 1 in order of
                               appearance; NULL when every row stands alone. In two strata it is two units */
    size_t unit_count;      /* rows without units */
    const uint32_t *strata; /* [unit_count with units, else rows] index into pairs->strata; NULL without strata */
    size_t stratum_count;   /* of the whole design; 0 without strata */
    const uint64_t *stratum_units; /* [stratum_count] units of each in the whole design; NULL without strata */
    const uint32_t *cases;         /* [rows] encounter; NULL when packed without them */
    uint64_t respondents;          /* distinct */
    size_t left_out;               /* cases of the group that lack a value */
};

/* Gathers it.
 * takes   group  with cases: the measure needs NEED_CASES
 * fails   STATUS_MEMORY
 * cost    time and memory cases × variables
 * proof   tests/measure/case_columns_test.c */
enum status case_matrix_make(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                             const struct case_variable *variables, size_t count, struct case_matrix *out) MUST_USE;

/* What is wanted of a packed matrix. */
struct case_wish {
    const struct case_variable *variables; /* [count] */
    size_t count;
    bool with_cases;
};

/* The same in a byte or two for each number, for figures that read row after row.
 * fails   STATUS_MEMORY
 * cost    time cases × variables, memory as number_packing_add
 * proof   tests/measure/case_columns_test.c */
enum status case_matrix_pack(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                             const struct case_wish *wish, struct case_matrix *out) MUST_USE;

/* The weight of a row; 1 without weights. */
static inline double case_weight(const struct case_matrix *matrix, size_t row)
{
    if (matrix->weights)
        return matrix->weights[row];
    return matrix->packed_weights.values ? number_at(&matrix->packed_weights, row) : 1;
}

/* All numbers of a row of a packed matrix, and its weight: reads the rows of a regression, the outcome last.
 * takes   matrix  struct case_matrix
 * gives   out [columns] */
double case_row_read(const void *matrix, size_t row, double *out);

/* One column of a matrix, packed or not. */
static inline struct number_column case_numbers(const struct case_matrix *matrix, size_t column)
{
    if (matrix->packed)
        return matrix->packed[column];
    return (struct number_column){.values = matrix->values + column * matrix->rows};
}

/* One column of a matrix that is not packed. */
static inline const double *case_column(const struct case_matrix *matrix, size_t column)
{
    return matrix->values + column * matrix->rows;
}

/* A case's outcome in its own points; false when it is missing. */
bool case_outcome(const struct measuring *measuring, uint32_t encounter, uint32_t outcome, double *out);

/* How many distinct respondents there are among some rows.
 * takes   counts  [matrix->rows] which rows
 * fails   STATUS_MEMORY
 * cost    time rows */
enum status case_respondents(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                             const bool *counts, uint64_t *out) MUST_USE;

/* The sources of expectations that a case names, as bits 1u << SOURCE_…; 0 when it names none. */
unsigned case_sources(const struct measuring *measuring, uint32_t encounter);

/* Into which arm chance put a case. */
enum drawn_arm case_arm(const struct measuring *measuring, uint32_t encounter);

/* The number of a case's value of a segment, NO_SEGMENT_VALUE when it has none.
 * takes   segment  index into study->columns.segments */
uint16_t case_segment(const struct measuring *measuring, uint32_t encounter, uint32_t segment);

/* A case's answer to an item as a code, reversed items turned; 0 when it is missing or was not asked. */
uint32_t case_code(const struct measuring *measuring, uint32_t encounter, enum standard standard, uint32_t item);

#endif
