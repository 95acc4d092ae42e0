/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_CASE_SOURCE_H
#define GAPMETER_MEASURE_CASE_SOURCE_H

#include "measure/case_columns.h"

/* Where the answers stand that a variable of persons is made of: found once, then read for each case. Private to case_columns.c
 * and case_reading.c. */

/* Where the answers to an item stand, and how its steps follow from them: of the variable's standard, or of expectation where
 * both are compared; and of perception. Where one answer counts alone, it stands for both. */
struct case_item {
    uint32_t slot[2];
    int32_t base, times[2]; /* steps above the lowest point, or perception less the other: base + Σ times × code as it stands */
    double step, range;     /* points of one step, and of all */
};

/* What a score is made of. */
struct case_score {
    const struct scale *scale;
    const struct case_item *sources; /* [item_count] */
    uint32_t item_count;
    double lowest, step; /* of the scale */
};

/* One variable, ready to be read. */
struct case_source {
    enum reason blank;
    const struct case_variable *variable;
    const struct case_score *scores; /* [score_count] an item or one score; for CASE_OVERALL one per dimension */
    uint32_t score_count;
    const double *outcome_values; /* [code] of an outcome with codes; else NULL */
};

/* What the codes of a standard are taken from when the item is reversed: 0 when they stay as they are. Importance keeps its
 * direction: an item asked the other way round is not less important. */
uint32_t case_turned(const struct study *study, enum standard standard, uint32_t item);

/* The scale that a variable's figures are in the points of. */
const struct scale *case_source_scale(const struct study *study, const struct case_variable *variable, uint32_t item);

/* Prepares one variable, or says why there is none.
 * gives   *out   in ctx->arena; blank when the variable does not exist
 * fails   STATUS_MEMORY
 * proof   tests/measure/case_columns_test.c */
enum status case_source_make(struct ctx *ctx, const struct answers *answers, const struct case_variable *variable,
                             struct case_source *out) MUST_USE;

#endif
