/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_XLSX_REPORT_H
#define GAPMETER_RENDER_XLSX_REPORT_H

#include "render/xlsx_book.h"

/* Fills the first sheet: the logo, the title, the sentences and whatever else the document says, in reading order, with pictures
 * where it has some, and where it has a table the way to its sheet.
 * takes   logo  a whole PNG, or empty; must live until the workbook is closed
 * fails   STATUS_MEMORY */
enum status xlsx_report_fill(struct xlsx_book *book, struct span logo) MUST_USE;

#endif
