/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_MARKDOWN_TABLE_H
#define GAPMETER_RENDER_MARKDOWN_TABLE_H

#include "base/out.h"
#include "render/table_grid.h"

/* A table of GitHub's kind, a line per row, its columns aligned in the source too; numbers stand right.
 * fails   STATUS_MEMORY */
enum status markdown_table_write(struct ctx *ctx, struct out *out, const struct table_grid *grid) MUST_USE;

#endif
