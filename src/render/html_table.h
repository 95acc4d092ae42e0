/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_HTML_TABLE_H
#define GAPMETER_RENDER_HTML_TABLE_H

#include "base/markup.h"
#include "model/document.h"

/* A table for the page: caption, heads with scope and unit, right-aligned numbers, blanks that say why.
 * A table whose rows have no key says its caption in front of its row.
 * takes   wide    every column; otherwise the compact ones and the verdict
 *         anchor  its id, NULL: none; as below */
void html_table_write(struct markup *m, const struct document_head *head, const struct released_table *released,
                      const char *caption, bool wide, const char *anchor);

/* The parts that every kind of table of a page shares: <div><table><caption>, and the end after the last row of its body. */
void html_table_open(struct markup *m, const char *caption, bool shown, const char *anchor);
void html_table_close(struct markup *m);

/* The classes of a cell: how it is aligned, and how it looks.
 * takes   look  "short" or "above" of gaps and verdicts, "blank", or "" */
const char *html_cell_class(bool word, const char *look);

#endif
