/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_SURFACE_MODEL_H
#define GAPMETER_MEASURE_SURFACE_MODEL_H

#include "measure/design_regression.h"
#include "measure/moment_draw.h"
#include "numeric/response_surface.h"

/* The models of one outcome on the expectation and the perception of one dimension. Private to measure/. */

/* What is explained by what. */
struct surface_topic {
    uint32_t group;
    uint32_t dimension; /* index; UINT32_MAX: overall, the mean of the dimensions, of the items where there are none */
    uint32_t outcome;
};

/* One topic's answers and models. */
struct surface_model {
    enum reason blank;         /* REASON_NONE, or why there are no answers to fit: then only matrix holds something */
    struct case_matrix matrix; /* packed: expectation, perception, outcome; complete rows */
    const struct scale *scale; /* of expectation and perception */
    double centre;             /* its middle */
    struct surface_rows rows;  /* what the models are fitted to, in the matrix; the models read it where it is */
    struct surface_models models;
    struct design_error error; /* of the full model, where that is DEFINED; written by surface_error_find */
};

/* Gathers and fits.
 * takes   ctx  its arena holds what is given
 * gives   *out  not to be copied: its models read its rows
 * fails   STATUS_MEMORY
 * blank   not_asked, mixed_scales, no_pairs (nobody has all three)
 * source  [F71] */
enum status surface_model_make(struct ctx *ctx, const struct measuring *measuring, const struct surface_topic *topic,
                               struct surface_model *out) MUST_USE;

/* Finds the errors of the full model; nothing where there is none.
 * fails   STATUS_MEMORY
 * source  [F34, F72] */
enum status surface_error_find(struct ctx *ctx, struct surface_model *model) MUST_USE;

/* What the rows are added to. */
struct surface_rows_of {
    const struct measuring *measuring;
    struct table *table;
    struct ctx *outer;
};

/* Calls row_make for each group, dimension (then overall) and outcome, each in memory of its own, which is emptied after it.
 * takes   row_make  adds rows to the table; its ctx is for room, the table's rows live in outer
 * fails   as row_make
 * gives   table->parameters and needs_whole_model set */
enum status surface_topics_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                                enum status (*row_make)(struct ctx *room, const struct surface_rows_of *of,
                                                        const struct surface_topic *topic)) MUST_USE;

/* The key of a topic: the dimension's id, or overall. */
struct value surface_key(const struct study *study, const struct surface_topic *topic);

#endif
