/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_TERMINAL_TABLE_H
#define GAPMETER_RENDER_TERMINAL_TABLE_H

#include "base/out.h"
#include "model/renderer.h"

/* A table with aligned columns, thin rules above and below, and a small bar beside each gap.
 * takes   wide  every column; otherwise the compact ones */
enum status terminal_table_write(struct ctx *ctx, struct out *out, const struct document_head *head, const struct table *table,
                                 const struct rendering *rendering, bool wide) MUST_USE;

/* Text wrapped at the terminal's width, each line after `indent` spaces, the first after `mark`. */
void terminal_wrap(struct out *out, const char *mark, unsigned indent, const char *text, const struct rendering *rendering);

#endif
