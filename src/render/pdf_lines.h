/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PDF_LINES_H
#define GAPMETER_RENDER_PDF_LINES_H

#include "render/pdf_text.h"
#include "render/pdf_type.h"

/* Lines of a text that is set. */
struct pdf_lines {
    struct pdf_layout *layout; /* lives as long as the canvas */
    int first, count;          /* which of them */
    struct point at;           /* the left of the layout, and the top of the first of them */
    uint32_t colour;
};

/* Draws them. Tables say the same words again and again, so what is written of a line is kept, and written again where the page draws
 * with the same ink.
 * fails   STATUS_MEMORY
 * proof   tests/render/pdf_text_test.c */
enum status pdf_lines_draw(struct pdf_canvas *canvas, const struct pdf_lines *lines) MUST_USE;

#endif
