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

/* The head of a row: an item's text with its id small behind it, a dimension's title. */
void html_key_write(struct markup *m, const struct document_head *head, const struct column *column, const struct value *value);

/* The classes of a cell: how it is aligned, and the verdict's colour for gaps and verdicts. */
const char *html_cell_class(const struct table *table, const struct row *row, uint32_t i);

#endif
