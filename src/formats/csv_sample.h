/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_SAMPLE_H
#define GAPMETER_FORMATS_CSV_SAMPLE_H

#include "model/format.h"

/* Headers and the first rows of a csv file: format_csv.sample. Rows with more cells than the header lose the rest; a cell
 * above its limit is empty.
 * fails   as csv_file_open and csv_file_next */
enum status csv_sample(struct ctx *ctx, const char *path, uint32_t rows, struct sample *out) MUST_USE;

#endif
