/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PDF_DRAWING_H
#define GAPMETER_RENDER_PDF_DRAWING_H

#include "base/out.h"
#include "render/pdf_sheet.h"

/* What stands in the file beside its pages, and at the foot of each. */
struct pdf_about {
    const char *title;
    const char *language; /* "en" */
};

/* Draws all pages, with tags, bookmarks, links and the foot lines "title … 3 of 12".
 * takes   out  any; the bytes are those of a PDF 1.5
 * fails   STATUS_MEMORY; STATUS_FAILURE when a font cannot be cut to its letters
 * proof   tests/render/pdf_test.c, tests/cli/pdf_test.sh */
enum status pdf_sheet_draw(struct ctx *ctx, const struct pdf_sheet *sheet, const struct pdf_about *about,
                           struct out *out) MUST_USE;

#endif
