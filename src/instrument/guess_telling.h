/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a proposal: one line for each thing that was guessed. Private to instrument/. */
#ifndef GAPMETER_INSTRUMENT_GUESS_TELLING_H
#define GAPMETER_INSTRUMENT_GUESS_TELLING_H

#include "instrument/guess_scale.h"
#include "model/guess.h"

#define GUESS_LINES_MOST 64u

/* The proposal while it is put together. */
struct proposal {
    struct ctx *ctx;
    const struct sample *sample;
    struct column_profile *profiles;
    struct guessed_items items;
    struct guessed_scale scale;
    struct study *study;
    struct guess_line *lines;
    uint32_t line_count;
    bool *used; /* [column] */
};

/* Adds a line; what is beyond the room for lines is left out.
 * takes   found  NULL: nothing is added */
void guess_line_add(struct proposal *proposal, const char *what, const char *found, const char *why, unsigned sure);

/* A copy of a column's header; NULL when memory ran out. */
const char *guess_header(const struct proposal *proposal, uint32_t column);

/* Which columns hold which standard, and why. */
void guess_standards_tell(struct proposal *proposal);

/* The scale and the missing codes. */
void guess_scale_tell(struct proposal *proposal);

/* A column of an outcome that seems to mix two scales. */
void guess_mixed_tell(struct proposal *proposal, uint32_t column, const struct outcome *outcome);

/* The columns that the study does not name. */
void guess_rest_tell(struct proposal *proposal);

/* Nothing was found: what stands in the file, so that the user sees why. */
void guess_columns_tell(struct proposal *proposal);

#endif
