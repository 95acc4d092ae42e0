/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_LAYOUT_H
#define GAPMETER_RENDER_CHART_LAYOUT_H

#include "base/text.h"
#include "render/chart/picture.h"

/* What charts have in common when they decide where things stand. */

/* Numbers along a way on the picture: least at `from`, most at `to` (which may be smaller, for axes that go up). */
struct axis {
    double least, most;
    double from, to;
};

/* Numbers that lie closer together than this differ by rounding alone. */
#define AXIS_NOISE 1e-9

/* Where a number stands on an axis; in its middle when all of its numbers are the same. */
double axis_place(const struct axis *axis, double number);

/* How far apart ticks stand so that at most `most_ticks` fit between the ends: 1, 2, 5, 10, … or 0.5, 0.2, 0.1, … */
double tick_step(double least, double most, unsigned most_ticks);

/* A tick: its number, and how it is written with the digits that its step needs. */
struct tick {
    double number;
    char text[32];
};

/* The multiples of tick_step from least to most; none when all numbers of the axis are the same.
 * gives   ticks  [32]
 *         the count, at most 32 */
unsigned axis_ticks(const struct axis *axis, unsigned most_ticks, struct tick *ticks);

/* The bytes of the next line of a label that holds about `letters` columns, broken at a space where there is one. */
struct span label_line(struct span *rest, size_t letters);

/* Where a label of several lines stands. */
struct label_place {
    struct point at; /* the base line of its first line */
    size_t letters;  /* columns of a line */
    unsigned lines;  /* at most; the last ends with an ellipsis when text is left over */
    double line_px;  /* from line to line */
    enum anchor anchor;
    bool column; /* it begins at the left of a column: labels that run from right to left begin at the right of it */
};

/* How many lines a label takes, from 1 to place->lines. */
unsigned label_lines(const char *label, const struct label_place *place);

/* Writes a label in ink, TEXT_PX high. */
void label_draw(struct picture *picture, const char *label, const struct label_place *place);

#endif
