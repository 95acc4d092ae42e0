/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where people answer on paper: circles, boxes and lines, in points. */
#ifndef GAPMETER_RENDER_PAPER_ANSWERS_H
#define GAPMETER_RENDER_PAPER_ANSWERS_H

#include "model/scale.h"
#include "render/chart/picture.h"

#define PAPER_ANSWER_WIDTH 236.0
#define PAPER_ROW_HEIGHT   20.0
#define PAPER_LINE_HEIGHT  22.0
#define PAPER_BOX          9.0

/* Longer scales are written as a number, not marked. */
#define PAPER_POINTS_MOST 11u

/* One circle for each point of a scale with its number in it, and a box for "does not apply"; a line for a number where the scale is
 * long, with its ends.
 * takes   declines  "does not apply" is offered */
enum status paper_scale_picture(struct ctx *ctx, const struct scale *scale, bool declines, struct picture **out) MUST_USE;

/* What stands above such rows: the words at the ends of the scale, and "does not apply" (NULL: not offered).
 * gives   *out  without marks when there are no words */
enum status paper_ends_picture(struct ctx *ctx, const struct scale *scale, const char *declined, struct picture **out) MUST_USE;

/* A box to be ticked. */
enum status paper_box_picture(struct ctx *ctx, struct picture **out) MUST_USE;

/* Lines to write on. */
enum status paper_lines_picture(struct ctx *ctx, double width, unsigned lines, struct picture **out) MUST_USE;

/* Turns one of these for languages that are written from right to left. */
void paper_picture_mirror(struct picture *picture);

#endif
