/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_RELATIVE_POSITION_H
#define GAPMETER_NUMERIC_RELATIVE_POSITION_H

#include "base/status.h"
#include "numeric/importance_map.h"

/* Where a point stands relative to all: importance over its mean, and performance over its mean, turned round when it is shown
 * to fall short, and 0 when nothing is shown. */
struct relative_position {
    double importance;    /* RI = I/mean of I */
    double performance;   /* RP = P/mean of P, or −(mean of P)/P, or 0 */
    enum map_quadrant of; /* the axes cross at (0, 1); RP = 0 or RI = 1 is MAP_BORDERLINE */
};

/* The relative position of a point.
 * takes   mean   of all points, performance and importance
 *         shown  1 performance is shown to exceed what it is compared with, −1 to fall short, 0 neither (adjusted for the
 *                number of points)
 * gives   *out
 * blank   a mean or the performance is not above 0, so that a ratio says nothing -> UNDEFINED_UNBOUNDED
 * source  Lin, Chan & Tsai 2009   [F32]
 * proof   tests/numeric/relative_position_test.c */
enum undefined relative_position_of(const struct map_point *point, const struct map_point *mean, int shown,
                                    struct relative_position *out) MUST_USE;

#endif
