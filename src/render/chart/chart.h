/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_CHART_H
#define GAPMETER_RENDER_CHART_CHART_H

#include "model/document.h"
#include "render/chart/picture.h"

/* For how much room a picture is made. */
enum chart_room {
    ROOM_WIDE,   /* pages on screens */
    ROOM_NARROW, /* phones: labels stand above their rows */
    ROOM_PAPER,  /* the width of text on A4 */
    ROOM_COUNT
};

/* The widths in pixels. On A4 a pixel of ROOM_PAPER is 0.68 points, so that SMALL_PX are 8 points. */
#define WIDE_PX   768.0
#define NARROW_PX 360.0
#define PAPER_PX  704.0

/* One kind of chart: one file in this folder that defines `const struct chart chart_<file name>`. */
struct chart {
    const char *name;    /* as document_block.chart names it */
    const char *meaning; /* what it shows, in a sentence */
    /* Makes the picture of a block's table.
     * takes   block  DOCUMENT_CHART
     * gives   *out   in ctx->arena; without marks when the table has nothing to draw
     * fails   STATUS_MEMORY */
    enum status (*draw)(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                        enum chart_room room, struct picture *out);
};

/* Every chart, sorted by name; generated from the folder. */
extern const struct chart *const chart_register[];
extern const size_t chart_register_count;

/* Makes the picture of a block with the chart that it names.
 * fails   STATUS_MEMORY; a name that there is not is a programming mistake (assert)
 * proof   tests/render/driver_bars_test.c, tests/render/gap_chart_test.c */
enum status chart_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                       enum chart_room room, struct picture *out) MUST_USE;

#endif
