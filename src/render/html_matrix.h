/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_HTML_MATRIX_H
#define GAPMETER_RENDER_HTML_MATRIX_H

#include "base/markup.h"
#include "model/document.h"

/* The gaps of a table of groups side by side: a row per item or dimension, a column per group, in each cell the gap and
 * below it its interval. Hidden groups have no column. With block->turned rows and columns change places.
 * takes   anchor  its id, NULL: none
 * needs   the table has the columns gap, ci_low, ci_high and a key
 * fails   STATUS_MEMORY */
enum status html_matrix_write(struct ctx *ctx, struct markup *m, const struct document_head *head,
                              const struct document_block *block, const char *anchor) MUST_USE;

#endif
