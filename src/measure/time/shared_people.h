/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_TIME_SHARED_PEOPLE_H
#define GAPMETER_MEASURE_TIME_SHARED_PEOPLE_H

#include "measure/groups/group_means.h"
#include "numeric/wave_change.h"

/* Who answered in two waves, in one file or in two. Private to measure/. */

/* One wave: a group with the answers it belongs to. It needs NEED_CASES. */
struct wave_side {
    const struct measuring *measuring;
    const struct group *group;
};

/* Looks for people with a gap about the subject in both waves: by their number in one file, by their mark in two. Of somebody who
 * answered a wave more than once the mean counts.
 * gives   *out  n of both waves in people, n_both, and the correlation of those: 0 with fewer than three of them or without
 *               variance, which makes the error larger rather than smaller
 * fails   STATUS_MEMORY
 * cost    time n log n
 * source  [F114]
 * proof   tests/measure/time/gap_change_test.c */
enum status people_overlap(struct ctx *ctx, const struct wave_side *first, const struct wave_side *second,
                           const struct subject *subject, struct wave_overlap *out) MUST_USE;

#endif
