/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn on one page, as a PDF says it: lines, areas, texts. Places are in points from the left and the top of the page, or in
 * the units of a frame that moves and scales them. */
#ifndef GAPMETER_RENDER_PDF_CANVAS_H
#define GAPMETER_RENDER_PDF_CANVAS_H

#include "base/out.h"
#include "render/chart/picture.h"
#include "render/pdf_fonts.h"

/* What a page draws with until it is set anew. */
struct pdf_ink {
    uint32_t fill, stroke; /* 0xRRGGBB */
    double width;          /* of lines, points; below 0: not known */
    bool dashed;
    const struct pdf_face *face;
    uint32_t part; /* of the face, when it is drawn */
    double size;   /* of letters */
    bool heavy;
};

struct pdf_canvas {
    struct ctx *ctx;
    struct pdf_fonts *fonts;
    struct out *out;
    double height;      /* of the page */
    double x, y, scale; /* the frame: where its origin stands, points for one unit */
    struct pdf_ink ink, kept;
};

/* An empty canvas for pages of a height; pdf_canvas_clear begins each page.
 * fails   STATUS_MEMORY */
enum status pdf_canvas_create(struct ctx *ctx, struct pdf_fonts *fonts, double height, struct pdf_canvas *out) MUST_USE;

/* Forgets all that was drawn. */
void pdf_canvas_clear(struct pdf_canvas *canvas);

/* Colours and lines; nothing is written that is already so. */
void pdf_fill_set(struct pdf_canvas *canvas, uint32_t colour);
void pdf_stroke_set(struct pdf_canvas *canvas, uint32_t colour, double width, bool dashed);

/* Paths, in the units of the frame. */
void pdf_path_move(struct pdf_canvas *canvas, struct point at);
void pdf_path_line(struct pdf_canvas *canvas, struct point to);
void pdf_path_box(struct pdf_canvas *canvas, struct point left_top, struct point right_bottom);
void pdf_path_circle(struct pdf_canvas *canvas, struct point centre, double radius);

/* Ends a path.
 * takes   how  an operator of painting: "f" fill, "S" stroke, "B" both, "b" close and both */
void pdf_path_paint(struct pdf_canvas *canvas, const char *how);

/* A frame that shows nothing outside a box of the page; what is set within it ends with it. Frames do not nest.
 * takes   at     where its origin stands on the page
 *         scale  points for one unit */
void pdf_frame_begin(struct pdf_canvas *canvas, struct point left_top, struct point right_bottom, struct point at, double scale);
void pdf_frame_end(struct pdf_canvas *canvas);

/* A place of the page as it is written: " x y" with a hundredth of a point. */
void pdf_place_write(struct pdf_canvas *canvas, struct point at);

#endif
