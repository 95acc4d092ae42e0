/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_CASE_PACKING_H
#define GAPMETER_MEASURE_CASE_PACKING_H

#include "measure/case_reading.h"

/* Packs the complete cases of a group, some thousands at a time: threads read each its own cases, then fill each its own columns.
 * Private to case_columns.c.
 * takes   weighted    the last column is the weights
 *         with_cases  the encounters of rows are wanted
 * gives   out->rows, packed, packed_weights, cases (NULL when not wanted) and left_out, in ctx->arena
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * cost    time cases × variables / threads, memory as number_packing_add
 * proof   tests/measure/case_columns_test.c */
enum status case_rows_pack(struct ctx *ctx, const struct case_reading *reading, const struct group *group, bool weighted,
                           bool with_cases, struct case_matrix *out) MUST_USE;

#endif
