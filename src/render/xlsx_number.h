/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_XLSX_NUMBER_H
#define GAPMETER_RENDER_XLSX_NUMBER_H

#include "model/table.h"

/* The number format of a workbook under which the numbers of a column read as in every other document: the same digits, U+2212
 * as minus, "+" before a gap above expectation, shares as percent, never "−0.00", a p below its last digit as "<0.001".
 * takes   into  at least 128 bytes
 * proof   tests/render/xlsx_number_test.c */
void xlsx_format_make(const struct column *column, char *into, size_t size);

/* The number to write. It is the number itself, but where the last digit shown hangs on the last bits (0.285 is a little less in
 * binary, and reads 0.28) it is two units of the fifteenth digit nearer to 0: spreadsheets round what they would show with fifteen digits, and
 * would say 0.29.
 * proof   tests/render/xlsx_number_test.c */
double xlsx_number(const struct column *column, double number);

#endif
