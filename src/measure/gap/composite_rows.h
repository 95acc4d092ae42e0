/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_GAP_COMPOSITE_ROWS_H
#define GAPMETER_MEASURE_GAP_COMPOSITE_ROWS_H

#include "measure/gap/gap_row.h"

/* Rows about scores of several items. Private to measure/. */
enum composite_of {
    COMPOSITE_DIMENSIONS, /* a row for each dimension, with a column that names it before the figures */
    COMPOSITE_OVERALL,    /* one row: the mean of dimensions */
    COMPOSITE_ITEMS_MEAN  /* one row: the mean of items */
};

/* The whole gap table: rows with their figures and the reliability of the items behind the score, what is adjusted over the rows
 * of a group, and notes.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  [F2, F13, F16, F24, F26] */
enum status composite_rows_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                                enum composite_of of) MUST_USE;

#endif
