/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_HTML_TABLE_H
#define GAPMETER_RENDER_HTML_TABLE_H

#include "base/markup.h"
#include "model/document.h"

/* A table for the page: caption, heads with scope, right-aligned numbers, blanks that say why.
 * takes   wide  every column; otherwise the compact ones */
void html_table_write(struct markup *m, const struct document_head *head, const struct released_table *released,
                      const char *caption, bool wide);

#endif
