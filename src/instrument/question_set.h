/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales, dimensions and items: what study files and instrument files have in common. Private to instrument/. */
#ifndef GAPMETER_INSTRUMENT_QUESTION_SET_H
#define GAPMETER_INSTRUMENT_QUESTION_SET_H

#include "instrument/json_checking.h"
#include "model/study.h"

struct question_set {
    struct scale *scales; /* room for one more than scale_count */
    uint32_t scale_count;
    struct dimension *dimensions;
    uint32_t dimension_count;
    struct item *items;
    uint32_t item_count;
    const char **provenance; /* [item_count]; NULL when it was not asked for */
    struct name_list scale_names, dimension_names, item_names;
};

/* Reads "scale" or "scales", "dimensions" and "items" of a file's root, and checks how they refer to each other.
 * takes   with_provenance  items say where they come from (instruments)
 * gives   *out  in ctx->arena
 * proof   tests/instrument/bad_studies_test.c */
enum status question_set_read(struct ctx *ctx, const struct json_node *root, bool with_provenance,
                              struct question_set *out) MUST_USE;

/* Reads "scale" or "scales" alone: the first step of question_set_read. */
enum status scales_read(struct ctx *ctx, const struct json_node *root, struct question_set *set) MUST_USE;

/* Reads min, max, step and labels of an object whose members have been checked.
 * takes   id  of the scale */
enum status scale_points_read(struct ctx *ctx, const struct json_node *node, const char *id, struct scale *out) MUST_USE;

/* Checks and reads an object that is a scale. */
enum status scale_read(struct ctx *ctx, const struct json_node *node, const char *id, struct scale *out) MUST_USE;

#endif
