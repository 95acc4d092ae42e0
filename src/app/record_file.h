/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_RECORD_FILE_H
#define GAPMETER_APP_RECORD_FILE_H

#include "base/ctx.h"
#include "model/format.h"

/* Reads a whole table of people or of paper forms: a header and at most RECORDS_MAX rows, in any format that answers come in.
 * fails   STATUS_DATA when there are more rows, or none; else as reading answers
 * proof   tests/cli/live_study_test.sh */
enum status record_file_read(struct ctx *ctx, const char *path, struct sample *out) MUST_USE;

/* The cell of a row. */
struct span record_cell(const struct sample *records, uint32_t row, uint32_t column);

/* The column with this header, not minding ASCII case; UINT32_MAX when there is none. */
uint32_t record_column(const struct sample *records, const char *header);

#endif
