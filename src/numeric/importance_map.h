/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_IMPORTANCE_MAP_H
#define GAPMETER_NUMERIC_IMPORTANCE_MAP_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* Points in a plane of performance (to the right) and importance (upwards), divided by a line each way or by the diagonal. */

struct map_point {
    double performance, importance;
};

enum map_quadrant {
    MAP_KEEP_UP,      /* importance high, performance high */
    MAP_CONCENTRATE,  /* importance high, performance low */
    MAP_LOW_PRIORITY, /* both low */
    MAP_OVERKILL,     /* importance low, performance high */
    MAP_BORDERLINE,   /* on a line */
    MAP_QUADRANT_COUNT
};

enum map_cut { MAP_CUT_MEANS, MAP_CUT_MEDIANS };

/* The two lines at the means, or at the medians, of the points.
 * takes   work  [count] room for a sorted copy, so that the order of the points does not matter
 * gives   *lines  where the lines cross
 * blank   no points -> UNDEFINED_TOO_FEW
 * source  Martilla & James 1977   [F30]
 * proof   tests/numeric/importance_map_test.c */
enum undefined map_lines(const struct map_point *points, size_t count, enum map_cut cut, double *work,
                         struct map_point *lines) MUST_USE;

/* The quarter a point lies in; closer to a line than 1e-9 of its value is on it.
 * source  Martilla & James 1977   [F30] */
enum map_quadrant map_quadrant_of(const struct map_point *point, const struct map_point *lines);

/* Where a point lies when both are on one scale: MAP_CONCENTRATE above the diagonal (more important than it is well done),
 * MAP_KEEP_UP below it, MAP_BORDERLINE on it.
 * source  diagonal model: Hawes & Rao 1985   [F30] */
enum map_quadrant map_diagonal_of(const struct map_point *point);

#endif
