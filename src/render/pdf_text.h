/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PDF_TEXT_H
#define GAPMETER_RENDER_PDF_TEXT_H

#include "render/pdf_canvas.h"

/* What was written of a line: it can be written again where the page draws with the same ink. */
struct pdf_kept {
    struct pdf_ink before, after;
    uint32_t colour;
    struct span bytes; /* empty: nothing was kept */
};

/* A line of a text that pango set, to be drawn. */
struct pdf_line {
    const GSList *runs;    /* each a PangoGlyphItem, from the left */
    const char *text;      /* that they are of */
    struct point at;       /* its left end on the base line, in units of the canvas's frame */
    uint32_t colour;       /* of what has no colour of its own */
    struct pdf_kept *kept; /* to be used when it holds this line, and filled; NULL = it is drawn once */
};

/* Draws a line: each letter by its number in its font, where pango put it. A letter that does not say by itself what text it stands for
 * (one of several for a sign, one for several signs, the same for different ones) says it in a mark around it.
 * fails   STATUS_MEMORY
 * source  ISO 32000-1: 9.4 text objects, 9.10 extraction of text, 14.9.4 replacement text
 * proof   tests/render/pdf_text_test.c */
enum status pdf_line_draw(struct pdf_canvas *canvas, const struct pdf_line *line) MUST_USE;

/* The operand by which a font is named: "F2", or a part of one that is drawn: "F2p1". */
void pdf_font_name_write(struct out *out, const struct pdf_face *face, uint32_t part);

#endif
