/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_FAMILY_H
#define GAPMETER_MEASURE_FAMILY_H

#include "model/measure.h"

/* All rows and groups of one table are one family of tests (F26). Private to measure/. */

/* How many rows of the table have a number in a column. */
size_t family_size(const struct table *table, uint32_t column);

/* Holm's adjustment of the p-values of one column, written to another (or the same).
 * gives   rows without a p: the reason that stands in `from` is copied to `to`
 * fails   STATUS_MEMORY
 * source  Holm 1979   [F26]
 * proof   tests/measure/family_test.c */
enum status family_adjust(struct ctx *ctx, struct table *table, uint32_t from, uint32_t to) MUST_USE;

/* The two ends mean ± t(1 − α/m) × se that hold for all rows together, m = family_size of the p column.
 * takes   columns of mean, se, df and p, and the first of the two columns to write
 * blank   rows without a p, for the reason they have none
 * source  Bonferroni; see Miller 1981   [F26] */
struct family_interval {
    uint32_t mean, se, df, p, low;
};

/* Writes the simultaneous intervals of a table. */
void family_intervals(const struct measuring *measuring, struct table *table, const struct family_interval *columns);

#endif
