/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_JSON_TABLES_H
#define GAPMETER_RENDER_JSON_TABLES_H

#include "model/table.h"
#include "render/json_text.h"

/* One table of a document as an object: measure, title, by, columns, rows, notes. A value that does
 * not exist is null, and its reason stands in the row's "blank". A segment whose name is that of a
 * column is written as "by.NAME". */
enum status json_table_write(struct ctx *ctx, struct json_text *json, const char *language, const struct table *table) MUST_USE;

#endif
