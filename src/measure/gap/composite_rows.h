/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_GAP_COMPOSITE_ROWS_H
#define GAPMETER_MEASURE_GAP_COMPOSITE_ROWS_H

#include "measure/gap/gap_row.h"

/* A row about a score of several items. Private to measure/. */
struct composite_row {
    const struct composite *composite;
    uint32_t group;
    uint32_t dimension; /* index; UINT32_MAX: all items */
    uint32_t keys;      /* 1: a dimension column stands before the figures; 0: none */
};

/* Adds the row and fills its figures, with the reliability of the items behind the score.
 * fails   STATUS_MEMORY
 * source  [F2, F13, F16] */
enum status composite_row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                               const struct composite_row *about) MUST_USE;

#endif
