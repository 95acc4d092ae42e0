/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_SINGLE_CHART_H
#define GAPMETER_RENDER_SINGLE_CHART_H

#include "model/document.h"
#include "render/chart/picture.h"

/* The one chart of a document as a picture that stands alone: the finding above it, its base, the study below it, on paper.
 * gives   *out  in ctx->arena
 * fails   STATUS_USAGE when the document has no chart or several, naming them; STATUS_MEMORY
 * proof   tests/render/single_chart_test.c */
enum status single_chart_make(struct ctx *ctx, const struct document *document, struct picture *out) MUST_USE;

#endif
