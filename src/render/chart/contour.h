/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_CONTOUR_H
#define GAPMETER_RENDER_CHART_CONTOUR_H

#include "render/chart/picture.h"

/* Numbers at the crossings of a grid. */
struct contour_grid {
    size_t columns, rows; /* at least 2 each */
    const double *values; /* [row × columns + column], finite */
};

/* One line on which the numbers are equal. */
struct contour_line {
    const struct point *points; /* x in columns from 0, y in rows from 0 */
    size_t count;
    bool closed; /* it returns to its first point, which stands at its end again */
};

/* The lines on which the grid has a level, by marching squares: each cell is crossed in straight lines; where a cell could be
 * crossed in two ways, its middle decides.
 * gives   *lines  [*count] in ctx->arena: first those that end at the border, then the closed ones
 * cost    time and memory: the crossings of the grid
 * fails   STATUS_MEMORY
 * proof   tests/render/contour_test.c */
enum status contour_find(struct ctx *ctx, const struct contour_grid *grid, double level, const struct contour_line **lines,
                         size_t *count) MUST_USE;

#endif
