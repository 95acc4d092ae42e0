/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_XLSX_SHEET_H
#define GAPMETER_RENDER_XLSX_SHEET_H

#include "render/xlsx_book.h"

/* Fills the sheet of a table: a head that stays and filters, a row for every row that can be shown, every column (an interval is two),
 * numbers as numbers, blanks as words; the notes below, and the way back.
 * fails   STATUS_MEMORY */
enum status xlsx_sheet_fill(struct xlsx_book *book, const struct xlsx_sheet *sheet) MUST_USE;

/* Fills the sheet that explains every column: its sheet, head, name in JSON, unit and meaning. */
void xlsx_columns_fill(struct xlsx_book *book);

/* The head of a column of a table: "Gap, points", "95 % interval, from".
 * gives   in ctx->arena; NULL when there is no memory */
const char *xlsx_column_head(struct ctx *ctx, const struct document_head *head, const struct table *table, uint32_t column);

#endif
