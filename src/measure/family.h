/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_FAMILY_H
#define GAPMETER_MEASURE_FAMILY_H

#include "model/measure.h"

/* The rows of one group are one family of tests (F26), so that no figure of a group depends on another, which the release
 * may hide; in a table over everyone that is all rows. Rows of a group stand together. Private to measure/. */

/* The row after the last one of the group that begins at `first`. */
uint32_t family_end(const struct table *table, uint32_t first);

/* How many rows of the group that begins at `first` have a number in a column. */
size_t family_size(const struct table *table, uint32_t first, uint32_t column);

/* Said below tables by segment. */
#define FAMILY_NOTE "note.family"

/* Holm's adjustment of the p-values of one column, group by group, written to another (or the same).
 * gives   rows without a p: the reason that stands in `from` is copied to `to`
 * fails   STATUS_MEMORY
 * source  Holm 1979   [F26]
 * proof   tests/measure/family_test.c */
enum status family_adjust(struct ctx *ctx, struct table *table, uint32_t from, uint32_t to) MUST_USE;

/* The same by Benjamini and Hochberg, and by Benjamini and Yekutieli (whatever the dependence of the tests): of the rows
 * that are called by such a p, a share of at most alpha is expected to be wrong, where Holm lets none be wrong.
 * fails   STATUS_MEMORY
 * source  Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001   [F26]
 * proof   tests/measure/family_test.c */
enum status family_discoveries(struct ctx *ctx, struct table *table, uint32_t from, uint32_t to_bh, uint32_t to_by) MUST_USE;

/* The two ends mean ± t(1 − α/m) × se that hold for all rows of a group together, m = family_size of the p column.
 * takes   columns of mean, se, df and p, and the first of the two columns to write
 * blank   rows without a p, for the reason they have none
 * source  Bonferroni; see Miller 1981   [F26] */
struct family_interval {
    uint32_t mean, se, df, p, low;
};

/* Writes the simultaneous intervals of a table. */
void family_intervals(const struct measuring *measuring, struct table *table, const struct family_interval *columns);

#endif
