/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_PICTURE_H
#define GAPMETER_RENDER_CHART_PICTURE_H

#include "base/ctx.h"

/* A drawing apart from who draws it: marks in pixels from the left and the top, in the order in which they are drawn. A page writes
 * it as SVG, a PDF as paths of its own, a PNG draws it by cairo; all show the same. */

/* What a colour means. Drawers know the colours, for light and dark pages and for paper. */
enum tone {
    TONE_INK,
    TONE_SOFT,
    TONE_GRID,      /* pale lines */
    TONE_SHORT,     /* short of expectation */
    TONE_ABOVE,     /* above expectation */
    TONE_UNDECIDED, /* met, or it cannot be told */
    TONE_BAND,      /* a pale area with marks on it */
    TONE_PAPER,     /* the background */
    TONE_FIRST,     /* categories, by Okabe and Ito: at most six */
    TONE_SECOND,
    TONE_THIRD,
    TONE_FOURTH,
    TONE_FIFTH,
    TONE_SIXTH,
    TONE_COUNT
};

enum mark_kind { MARK_LINE, MARK_BOX, MARK_DOT, MARK_SHAPE, MARK_TEXT };

/* Where a text stands from its point. */
enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct point {
    double x, y;
};

/* One mark. The functions below fill it; what they return may be changed: hollow, dashed, bold, size, tip. */
struct mark {
    enum mark_kind kind;
    enum tone tone;
    bool hollow; /* dots, boxes, shapes: an outline filled with the paper */
    bool fine;   /* hollow: the outline is 1 px wide, not 2 */
    bool dashed;
    bool bold;
    bool closed;         /* shapes: an area; else a line through the points */
    struct point at, to; /* line: its ends; box: left top and right bottom; dot: its centre; text: the base line at its anchor */
    double size;         /* line and outline: width; dot: radius; text: height of the letters */
    enum anchor anchor;
    const struct point *points;
    size_t point_count;
    struct span text; /* of a text */
    const char *tip;  /* words about this mark that a pointer brings up; NULL = none */
};

struct picture {
    struct ctx *ctx; /* its arena holds everything */
    double width, height;
    const char *title;       /* the finding */
    const char *subtitle;    /* the base: n, scale, intervals */
    const char *description; /* the same in a sentence or two, for those who hear the page */
    struct mark *marks;
    size_t mark_count, mark_capacity;
    bool failed; /* there was no memory: picture_end tells */
    struct mark spare;
};

/* Sizes of texts. */
#define TEXT_PX  13.0 /* labels and numbers */
#define SMALL_PX 12.0 /* ticks, heads, intervals: the least */

/* Begins an empty picture.
 * owns    nothing: it lives in ctx->arena */
void picture_begin(struct picture *picture, struct ctx *ctx, double width);

/* A straight line. Each of these gives the mark, never NULL. */
struct mark *picture_line(struct picture *picture, enum tone tone, double width_px, struct point from, struct point to);

/* A filled box. */
struct mark *picture_box(struct picture *picture, enum tone tone, struct point left_top, struct point right_bottom);

/* A filled dot; hollow by its member. */
struct mark *picture_dot(struct picture *picture, enum tone tone, double radius, struct point centre);

/* A line through points, 2 px wide; with `closed` an area.
 * takes   points  copied */
struct mark *picture_shape(struct picture *picture, enum tone tone, const struct point *points, size_t count);

/* A text on one line, SMALL_PX high.
 * takes   text  borrowed as long as ctx->arena lives */
struct mark *picture_text(struct picture *picture, enum tone tone, struct point at, enum anchor anchor, struct span text);

/* Draws all marks of a picture into another one, its left top at a point.
 * takes   from  borrowed as long as the arena of the picture lives */
void picture_add_picture(struct picture *picture, const struct picture *from, struct point left_top);

/* Ends it.
 * fails   STATUS_MEMORY when a mark was lost */
enum status picture_end(struct picture *picture, double height) MUST_USE;

/* How wide a text will be at most, by an estimate of its letters that holds for sans-serif fonts: layout must not depend on the
 * font that a reader has. */
double picture_text_width(struct span text, double size);

#endif
