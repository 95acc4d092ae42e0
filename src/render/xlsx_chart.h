/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_XLSX_CHART_H
#define GAPMETER_RENDER_XLSX_CHART_H

#include "render/chart/picture.h"
#include "render/xlsx_book.h"

/* Is this block drawn by the workbook itself? All charts are but the surface, which is told in words. */
bool xlsx_chart_known(const struct document_block *block);

/* Adds a chart of the workbook to the first sheet. The numbers it draws stand on the sheet of the charts: bars with the number and its
 * interval behind the name, pale where the interval lies; lines, shares and maps as pages show them.
 * takes   picture  of the block, for title and description
 *         at       row of the first sheet
 * gives   *rows    how many rows of the first sheet it covers; 0 when the block is not drawn
 * fails   STATUS_MEMORY
 * proof   tests/render/xlsx_chart_test.c */
enum status xlsx_chart_add(struct xlsx_book *book, const struct document_block *block, const struct picture *picture,
                           lxw_row_t at, lxw_row_t *rows) MUST_USE;

#endif
