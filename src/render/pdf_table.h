/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PDF_TABLE_H
#define GAPMETER_RENDER_PDF_TABLE_H

#include "model/document.h"
#include "render/pdf_grid.h"

/* Puts a block's table or matrix on the pages, as render/table_grid.h reads it: caption, heads with units, figures at the far edge,
 * blanks that say why. Nothing when it has no rows to show.
 * takes   whole  texts of rows in full length; else long ones are cut, their ids are not
 *         tail   the room that notes below it need on the page of its last row */
enum status pdf_table_place(struct ctx *ctx, struct pdf_flow *flow, const struct document_head *head,
                            const struct document_block *block, bool whole, double tail) MUST_USE;

#endif
