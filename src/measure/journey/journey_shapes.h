/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_JOURNEY_SHAPES_H
#define GAPMETER_MEASURE_JOURNEY_SHAPES_H

#include "measure/journey/journey_cases.h"

/* The summaries of every journey. Private to measure/journey/. */

enum shape {
    SHAPE_MEAN,
    SHAPE_START,
    SHAPE_END,
    SHAPE_PEAK,
    SHAPE_PEAK_END,
    SHAPE_MAX,
    SHAPE_MIN,
    SHAPE_PROMINENCE_UP,
    SHAPE_PROMINENCE_DOWN,
    SHAPE_TREND,
    SHAPE_SLOPE,
    SHAPE_FINAL_STEP,
    SHAPE_DURATION,
    SHAPE_COUNT
};

/* "mean", … as in tables. */
const char *shape_name(enum shape shape);

struct journey_shapes {
    const struct case_matrix *matrix; /* the journeys */
    enum reason blank[SHAPE_COUNT];   /* REASON_NONE, or why the study has no such summary: then the two below are NULL */
    const bool *has[SHAPE_COUNT];     /* [row] */
    const double *value[SHAPE_COUNT]; /* [row] levels in points of the rating scale, duration in hours */
    const uint32_t *rated;            /* [row] how many moments were rated; NULL when none are */
};

/* Finds them.
 * takes   journeys  must live as long as *out
 * fails   STATUS_MEMORY
 * cost    time moments
 * source  [F81] */
enum status journey_shapes_find(struct ctx *ctx, const struct measuring *measuring, const struct journeys *journeys,
                                struct journey_shapes *out) MUST_USE;

#endif
