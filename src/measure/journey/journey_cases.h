/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_JOURNEY_CASES_H
#define GAPMETER_MEASURE_JOURNEY_CASES_H

#include "measure/case_error.h"

/* Journeys as measures see them. Private to measure/journey/. */

#define MS_PER_HOUR 3600000.0

/* The moments of one journey, in order. Borrowed from the answers. */
struct journey {
    const struct moment *at;
    size_t count;
};

/* The moments of an encounter; none in a study of another layout. */
struct journey journey_of(const struct measuring *measuring, uint32_t encounter);

/* Do moments have times? */
bool journeys_timed(const struct study *study);

/* The scale of the ratings; NULL when moments are not rated. */
const struct scale *journey_scale(const struct study *study);

/* The journeys of a group in canonical order; a journey without a moment is left out. */
struct journeys {
    struct case_matrix matrix; /* without columns */
    size_t longest;            /* most moments of one */
};

/* Gathers them.
 * fails   STATUS_MEMORY */
enum status journeys_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                          struct journeys *out) MUST_USE;

/* The ratings of a journey in steps above the lowest, without the moments that were not rated.
 * takes   room  [journey.count]
 * gives   how many */
size_t journey_ratings(struct journey journey, double *room);

/* The hours from the first moment to the last.
 * needs   times, count >= 1 */
double journey_hours(struct journey journey);

/* The touchpoints that a table has rows for: all, or the most visited ones of all journeys when there are too many to read. The
 * same for every group, so that lines of groups are about the same thing. */
struct touchpoint_choice {
    uint32_t count;
    const uint32_t *touchpoints; /* [count] in the order of their names */
    uint32_t left_out;
};

/* Chooses them.
 * fails   STATUS_MEMORY
 * cost    time moments */
enum status touchpoints_choose(struct ctx *ctx, const struct measuring *measuring, uint32_t most,
                               struct touchpoint_choice *out) MUST_USE;

/* Notes which ones a table lacks; nothing when it has all.
 * fails   STATUS_MEMORY */
enum status touchpoints_note(struct ctx *ctx, const struct touchpoint_choice *choice, struct table *table) MUST_USE;

/* The quantile of numbers that are in order, interpolated between neighbours (Hyndman & Fan's type 7).
 * needs   count >= 1, 0 <= share <= 1 */
double sorted_quantile(const double *sorted, size_t count, double share);

/* Sorts numbers. */
void numbers_sort(double *numbers, size_t count);

/* The rows of a matrix for which a mark is set, with values of their own, as a matrix: weights, units, strata and cases go along.
 * takes   marks   [rows]
 *         values  [rows] of the one column
 * fails   STATUS_MEMORY */
enum status marked_rows(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *from, const bool *marks,
                        const double *values, struct case_matrix *out) MUST_USE;

#endif
