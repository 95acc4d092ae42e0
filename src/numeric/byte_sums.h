/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_BYTE_SUMS_H
#define GAPMETER_NUMERIC_BYTE_SUMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/kernel.h"

/* Sums and products of columns of small whole numbers, exact: one byte a number, so that a vector holds many. */

#define BYTE_ROWS 64u /* a column is as long as its rows, up to a multiple of this; what is beyond the rows is 0 */

/* Columns one after another. */
struct byte_columns {
    const int8_t *values; /* [count × stride] */
    size_t count, stride; /* stride: a multiple of BYTE_ROWS */
};

/* Σ times × value of each column.
 * takes   kernel  one that is available; all give the same
 *         times   [stride]
 * gives   sums    [count]
 * cost    time stride × count
 * proof   tests/numeric/byte_sums_test.c */
void byte_sums(enum kernel kernel, const uint8_t *times, const struct byte_columns *columns, int64_t *sums);

#endif
