/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leads from one place of a page to another. Private to render/. */
#ifndef GAPMETER_RENDER_HTML_CONTENTS_H
#define GAPMETER_RENDER_HTML_CONTENTS_H

#include "base/markup.h"
#include "model/document.h"

/* The anchors of a document's headings and tables: "gaps", "table-item_gap", no two the same.
 * gives   *out  [block_count] in ctx->arena; NULL where a block has none
 * fails   STATUS_MEMORY
 * proof   tests/render/html_contents_test.c */
enum status html_anchors_make(struct ctx *ctx, const struct document *document, const char *const **out) MUST_USE;

/* The anchor of the table that holds the numbers of a chart; NULL when the document has none.
 * takes   anchors  of html_anchors_make */
const char *html_twin(const struct document *document, const char *const *anchors, const struct document_block *chart);

/* Does the table of contents stand before this block? It does before the first heading of a document with four or more. */
bool html_contents_due(const struct document *document, uint32_t block);

/* Links to the headings of the first level.
 * takes   anchors  of html_anchors_make */
void html_contents_write(struct markup *m, const struct document *document, const char *const *anchors);

#endif
