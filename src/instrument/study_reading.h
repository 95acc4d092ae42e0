/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps in which a study file is read. Private to instrument/. */
#ifndef GAPMETER_INSTRUMENT_STUDY_READING_H
#define GAPMETER_INSTRUMENT_STUDY_READING_H

#include "instrument/question_set.h"
#include "model/collection.h"
#include "model/instrument.h"

/* What is known while a study is read. */
struct study_reading {
    struct ctx *ctx;
    struct study *study;
    struct question_set set;
    const struct instrument *instrument; /* NULL: the study brings its own questions */
    uint32_t importance_scale;           /* that of the instrument; UINT32_MAX: none */
};

/* Reads "columns". */
enum status columns_read(struct study_reading *reading, const struct json_node *node) MUST_USE;

/* Reads columns.importance. */
enum status importance_read(struct study_reading *reading, const struct json_node *columns) MUST_USE;

/* Reads what is special about a row per moment: touchpoint, time, order and rating, and that nothing is asked of items. */
enum status journey_read(struct study_reading *reading, const struct json_node *columns) MUST_USE;

/* Reads "margins" and "trim_weights"; the columns have been read. */
enum status margins_read(struct study_reading *reading, const struct json_node *root) MUST_USE;

/* Reads columns.sources. */
enum status sources_read(struct study_reading *reading, const struct json_node *node) MUST_USE;

/* Reads columns.outcomes. */
enum status outcomes_read(struct study_reading *reading, const struct json_node *node) MUST_USE;

/* Reads "missing" of an outcome. */
enum status outcome_missing_read(struct study_reading *reading, const struct json_node *node, struct outcome *outcome) MUST_USE;

/* Reads "missing" and adds what need not be said: the empty cell, and the instrument's "does not apply". */
enum status missing_read(struct study_reading *reading, const struct json_node *root) MUST_USE;

/* Reads "stems" of a study or an instrument over what stands in `stems`.
 * takes   stems  [STEM_COUNT] */
enum status stems_read(struct ctx *ctx, const struct json_node *root, const char **stems) MUST_USE;

/* Reads "collection"; all else has been read. */
enum status collection_read(struct study_reading *reading, const struct json_node *root) MUST_USE;

/* Reads the lists of a collection: during_items, code, segments, outcomes and comments. */
enum status collection_lists_read(struct study_reading *reading, const struct json_node *node,
                                  struct collection *collection) MUST_USE;

/* Reads language, languages and translations of a collection; its lists have been read. */
enum status translations_read(struct study_reading *reading, const struct json_node *node,
                              struct collection *collection) MUST_USE;

/* Reads "translations" of an instrument; all else has been read. */
enum status instrument_translations_read(struct ctx *ctx, const struct json_node *root, struct instrument *instrument) MUST_USE;

#endif
