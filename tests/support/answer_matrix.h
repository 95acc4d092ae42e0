/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small studies from matrices of answers, through the same answers and pairs as files go through. */
#ifndef GAPMETER_TESTS_ANSWER_MATRIX_H
#define GAPMETER_TESTS_ANSWER_MATRIX_H

#include <jansson.h>

#include "model/measure.h"

#define MATRIX_ITEMS_MAX    64u
#define MATRIX_OUTCOMES_MAX 16u

/* What was answered. Values are whole points of the scale low … high; MATRIX_MISSING is a missing answer. */
#define MATRIX_MISSING (-32768)

/* One outcome on a scale of whole points. */
struct matrix_outcome {
    const char *name;
    int low, high;
    const int *answers; /* [people] */
    enum outcome_role role;
};

struct answer_matrix {
    unsigned people, items;
    int low, high;
    const unsigned *dimension_of;          /* [items] from 0; NULL: all in one dimension */
    const char *const *dimension_names;    /* NULL: d1, d2, … */
    const int *answers[STANDARD_COUNT];    /* [people × items]; NULL: not asked */
    const bool *left_out[STANDARD_COUNT];  /* [items] true: not asked of this item; NULL: asked of all */
    int rating_low, rating_high;           /* scale of answers[STANDARD_IMPORTANCE] */
    const double *weights;                 /* [people]; NULL: unweighted */
    const unsigned *clusters;              /* [people]; NULL: no cluster column */
    const unsigned *strata;                /* [people]; NULL: no strata column */
    const unsigned *respondents;           /* [people]; NULL: everybody comes once */
    const char *const *segments;           /* [people]; NULL: no segment */
    const double *points;                  /* [people × dimensions], below 0 missing; NULL: no points */
    const char *const *comments;           /* [people] what they wrote, NULL: nothing; NULL: not asked */
    const unsigned *arms;                  /* [people] enum drawn_arm; NULL: nobody was drawn */
    const unsigned *sources;               /* [people] bits of the sources named; NULL: not asked */
    const struct matrix_outcome *outcomes; /* [outcome_count], at most 16 */
    unsigned outcome_count;
    uint32_t replicates;      /* as with --bootstrap; 0: none */
    const char *const *asked; /* names of the measures of the request, the last NULL; NULL: none */
    unsigned threads;         /* 0: one */
};

/* A study that stands ready to be measured. */
struct matrix_study;

/* Builds study, answers and pairs; fails the test when that fails. Items are called q1, q2, …, dimensions d1, d2, …
 * takes   needs  enum need bits, for everyone and (when there are segments) by segment */
struct matrix_study *matrix_open(const struct answer_matrix *matrix, unsigned needs);

/* Runs a measure; fails the test when it is not there or fails.
 * takes   by_segment  false: everyone
 * gives   borrowed until matrix_close */
const struct table *matrix_measure(struct matrix_study *study, const char *measure, bool by_segment, double confidence);

/* Runs a measure in an arena of its own, which is destroyed again.
 * gives   what the measure gave; every status is allowed */
enum status matrix_try(struct matrix_study *study, const struct measure *measure, bool by_segment);

/* Frees everything; NULL is allowed. */
void matrix_close(struct matrix_study *study);

/* Opens, measures for everyone at 95 %, and lets the caller close.
 * gives   *table */
struct matrix_study *matrix_table(const struct answer_matrix *matrix, const char *measure, const struct table **table);

/* Reads a JSON matrix (rows of people) or list (one item) into ints; null is MATRIX_MISSING.
 * gives   a new array of rows × columns, to be freed with free */
int *matrix_read(const json_t *json, unsigned *rows, unsigned *columns);

#endif
