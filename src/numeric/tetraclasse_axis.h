/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_TETRACLASSE_AXIS_H
#define GAPMETER_NUMERIC_TETRACLASSE_AXIS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* Attributes by how much a good and how much a bad mark of each goes with the outcome: the correspondence analysis of a stack of
 * 2 × 2 tables, which with two columns has one axis and a closed form. */

/* One attribute: how many of those who gave it a good (bad) mark had a good outcome, of how many. Weighted counts will do. */
struct tetraclasse_counts {
    double good_happy, good_all;
    double bad_happy, bad_all;
};

enum tetraclasse_class { TETRACLASSE_KEY, TETRACLASSE_PLUS, TETRACLASSE_BASIC, TETRACLASSE_SECONDARY, TETRACLASSE_CLASS_COUNT };

/* Written by tetraclasse_place. */
struct tetraclasse_point {
    enum undefined undefined; /* UNDEFINED_TOO_FEW: nobody gave a bad mark, or nobody a good one */
    double x;                 /* what a good mark adds: its coordinate on the axis, + is a good outcome */
    double y;                 /* what a bad mark takes: minus its coordinate */
    enum tetraclasse_class of;
    bool borderline; /* on a cut, but for rounding: it counts as low there */
};

/* What all points have in common. */
struct tetraclasse_axis {
    double happy_share;  /* q over all rows of the stack */
    double inertia;      /* of the one axis; 1 would be a perfect prediction */
    double x_cut, y_cut; /* means over the points that exist */
    size_t placed;
};

/* Places attributes: coordinate (q_row − q)/√(q(1 − q)), the cuts at the means.
 * takes   counts  [count] each >= 0, happy <= all
 * gives   points  [count]; *axis
 * needs   count >= 1
 * blank   nobody, or all outcomes the same (q = 0 or 1) -> UNDEFINED_TOO_FEW, UNDEFINED_NO_VARIANCE: then there are no points;
 *         a single attribute without its good or bad row: in its point
 * source  Llosa 1996, 1997; closed form of the axis: ours, equal to the singular value decomposition   [F45]
 * proof   tests/numeric/tetraclasse_axis_test.c, against MASS::corresp */
enum undefined tetraclasse_place(const struct tetraclasse_counts *counts, size_t count, struct tetraclasse_point *points,
                                 struct tetraclasse_axis *axis) MUST_USE;

#endif
