/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PDF_PICTURE_H
#define GAPMETER_RENDER_PDF_PICTURE_H

#include "render/pdf_canvas.h"

/* Where on a page which part of a picture stands. */
struct pdf_cutting {
    const struct picture *picture;
    struct point at;      /* the left top of the part, on the page */
    double width, height; /* what may be seen of it, from the left edge of the page on */
    double from, scale;   /* what of the picture stands at the top, in its pixels; points per pixel */
};

/* Draws a part of a picture. Marks that stand wholly outside of it are left out: they are on other pages.
 * takes   words  a layout of the fonts of the pages, to be set anew for each text
 * fails   STATUS_MEMORY
 * proof   tests/render/pdf_picture_test.c */
enum status pdf_picture_draw(struct pdf_canvas *canvas, PangoLayout *words, const struct pdf_cutting *cutting) MUST_USE;

#endif
