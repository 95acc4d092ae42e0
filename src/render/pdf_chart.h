/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PDF_CHART_H
#define GAPMETER_RENDER_PDF_CHART_H

#include "model/document.h"
#include "render/pdf_flow.h"

/* Puts a block's chart on the pages, its title and base above it on the same page. One that is higher than a page goes on on the next,
 * divided between its rows. Nothing when there is nothing to draw.
 * gives   *drawn  whether there is */
enum status pdf_chart_place(struct ctx *ctx, struct pdf_flow *flow, const struct document_head *head,
                            const struct document_block *block, bool *drawn) MUST_USE;

#endif
