/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_JOURNEY_MARKS_H
#define GAPMETER_MODEL_JOURNEY_MARKS_H

#include "model/study.h"
#include "model/table.h"

/* What people keep of a line of ratings: its peak and its end. */
struct journey_marks {
    const struct row
        *peak; /* the rated touchpoint farthest from the middle of the scale, of several the last; NULL: none is rated */
    const struct row *end; /* where most journeys end, of several the last; NULL: not known */
    bool low;              /* the peak lies below the middle */
};

/* Finds both in a table of journey_touchpoint.
 * takes   drawn  [count] the rows that are looked at, in their order; NULL = all rows
 * cost    time rows
 * source  the peak of F81, of means
 * proof   tests/model/journey_marks_test.c */
struct journey_marks journey_marks_find(const struct study *study, const struct table *table, const uint32_t *drawn,
                                        uint32_t count);

#endif
