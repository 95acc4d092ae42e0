/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_TIME_PERIOD_SERIES_H
#define GAPMETER_MEASURE_TIME_PERIOD_SERIES_H

#include "measure/groups/group_means.h"

/* The groups of a by-set of time as a series, for charts. Private to measure/. */

/* One subject. Points are the periods that are charted, in the order of their names: those that are not hidden, have a name and
 * have gaps. */
struct period_series {
    struct line_means *line;
    uint32_t count;    /* points: line->used[0 … count − 1] */
    uint32_t baseline; /* of them, those of phase I */
    double *values;    /* [count] what is charted: mean gaps, shares */
    double *counts;    /* [count] answers, with weights their effective number */
};

/* The series of mean gaps of a subject.
 * fails   STATUS_MEMORY */
enum status period_series_make(struct ctx *ctx, const struct measuring *measuring, uint32_t at, enum line_use use,
                               struct period_series *out) MUST_USE;

/* The place of a group among the points, or UINT32_MAX. */
uint32_t period_place(const struct period_series *series, uint32_t group);

/* Adds a row about a period: keys subject and phase in the first two columns, n in the third, all others blank for `reason` or
 * for want of gaps. It rests on the baseline and on all periods up to its own.
 * gives   *place  among the points, UINT32_MAX when
 * it is not one
 * fails   STATUS_MEMORY */
enum status period_row_add(struct ctx *ctx, const struct measuring *measuring, const struct period_series *series,
                           struct table *table, uint32_t group, struct row **out) MUST_USE;

/* The notes of every chart: the order of periods, provisional limits, a single period.
 * takes   longest  points of the longest series
 * fails   STATUS_MEMORY */
enum status period_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t longest) MUST_USE;

#endif
