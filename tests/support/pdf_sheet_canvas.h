/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A canvas with the fonts of the house, on which a test draws texts. */
#ifndef GAPMETER_TESTS_PDF_SHEET_CANVAS_H
#define GAPMETER_TESTS_PDF_SHEET_CANVAS_H

#include "render/pdf_text.h"
#include "render/pdf_type.h"
#include "support/job_fixture.h"

struct sheet_canvas {
    struct job job;
    struct pdf_type *type;
    struct pdf_fonts *fonts;
    struct pdf_canvas canvas; /* 800 points high */
};

void sheet_canvas_begin(struct sheet_canvas *sheet, const char *language);
void sheet_canvas_end(struct sheet_canvas *sheet);

/* Draws the first line of a text at 100 points from the left and 200 from the top, in black.
 * gives   all that was drawn since the last time */
struct span sheet_canvas_draw(struct sheet_canvas *sheet, const struct pdf_words *words);

/* How wide it is as pango set it. */
double sheet_canvas_width(struct sheet_canvas *sheet, const struct pdf_words *words);

#endif
