/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_ROW_SUMS_H
#define GAPMETER_NUMERIC_ROW_SUMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/kernel.h"

/* Rows of numbers, added up as often as each was drawn. */

#define ROW_SUMS_LANES 8u /* a row is as long as its numbers, up to a multiple of this */

struct row_table {
    const double *values; /* [count × stride], finite */
    size_t count, stride; /* stride: a multiple of ROW_SUMS_LANES */
};

/* Σ times × row: each number of the row by itself and row after row, so that all kernels round alike.
 * takes   kernel  one that is available
 *         times   [count], NULL = once each
 * gives   sums    [stride]
 * cost    time count × stride
 * proof   tests/numeric/row_sums_test.c */
void row_sums(enum kernel kernel, const struct row_table *table, const uint32_t *times, double *sums);

#endif
