/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_PERIOD_PLOT_H
#define GAPMETER_RENDER_CHART_PERIOD_PLOT_H

#include "render/chart/row_frame.h"

/* A line over periods between its control limits: what every control chart looks like. */

/* Where the sums of a chart of sums give a signal, in standard errors (F112). */
#define PERIOD_SUM_LIMIT 5.0

/* One period. What is not known stays away: `has_…` is false. */
struct period_point {
    const char *label;
    bool has_value, has_limits, has_raw;
    double value; /* on the line */
    double low, high;
    double raw;       /* what the line was made from: a small hollow dot */
    int side;         /* of a signal: −1 below, 1 above, 0 none */
    const char *word; /* that stands at a signal */
};

/* A line with its points, all of them of the same periods. */
struct period_line {
    const struct period_point *points;
    uint32_t count;
    enum tone low, high; /* of signals on either side */
};

struct period_plot {
    const struct document_head *head;
    const char *title; /* of the axis that goes up: what is drawn, and in what unit */
    bool percent;      /* numbers are shares */
    bool has_centre;
    double centre;
    const char *centre_word, *limit_word; /* at the right end of their lines */
    const struct period_line *lines;
    uint32_t line_count;
};

/* Where a line is found in a table; a column that is NULL is not there. */
struct period_columns {
    const char *value, *low, *high, *raw, *signal;
    const char *const *low_signals, *const *high_signals; /* words of the signal column, each list ends with NULL */
    const char *low_key, *high_key;                       /* how they are called in the picture: keys of the words files */
    double sign;                                          /* −1: values are drawn downwards */
    double low_limit, high_limit;                         /* where there are no columns of limits and has_limits */
    bool has_limits;
};

/* Reads the periods of a block; those of hidden groups are left out.
 * gives   line->points, line->count  in ctx->arena
 * fails   STATUS_MEMORY */
enum status period_points_read(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                               const struct period_columns *columns, struct period_line *line) MUST_USE;

/* The centre that a block's periods share; false when no row has one. */
bool period_centre(const struct document_block *block, const char *column, double *out);

/* Draws it: the limits dashed, the centre a thin line, signals as large diamonds with a word; labels of periods as many as there is room
 * for. Ends the picture with a description that counts the signals.
 * fails   STATUS_MEMORY */
enum status period_plot_draw(struct ctx *ctx, const struct period_plot *plot, enum chart_room room, struct picture *out) MUST_USE;

#endif
