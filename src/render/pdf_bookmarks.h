/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PDF_BOOKMARKS_H
#define GAPMETER_RENDER_PDF_BOOKMARKS_H

#include "render/chart/picture.h"
#include "render/pdf_file.h"

/* A bookmark: its title, how deep it stands, and where it leads to. */
struct pdf_bookmark {
    const char *title;
    unsigned level;  /* 0: the outermost */
    uint32_t page;   /* the number of the page's object */
    struct point at; /* from the left and the bottom of the page */
};

/* Where a bookmark or a link leads to: "[12 0 R/XYZ 56.7 700 0]". */
void pdf_destination_write(struct out *out, uint32_t page, struct point at);

/* Writes bookmarks as a tree, all open: each stands below the last one before it of a lower level.
 * takes   bookmarks  [count] in reading order, count > 0
 * gives   *root  the number of the tree's object
 * fails   STATUS_MEMORY
 * source  ISO 32000-1, 12.3.3
 * proof   tests/render/pdf_bookmarks_test.c */
enum status pdf_bookmarks_write(struct ctx *ctx, struct pdf_file *file, const struct pdf_bookmark *bookmarks, uint32_t count,
                                uint32_t *root) MUST_USE;

#endif
