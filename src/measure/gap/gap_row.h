/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_GAP_GAP_ROW_H
#define GAPMETER_MEASURE_GAP_GAP_ROW_H

#include "measure/group_row.h"

/* The row that item, dimension and overall gaps share. Private to measure/. */

/* The columns after the keys of the table. */
enum gap_column {
#define GAP_COLUMN(symbol, name, title, unit, meaning, digits, kind, compact, tells_share) GAP_##symbol,
#include "measure/gap/gap_columns.def"
#undef GAP_COLUMN
    GAP_COLUMN_COUNT
};

/* What a row is made from. */
struct gap_source {
    const struct composite *composite;                  /* items: composite_of_joint */
    bool one_item;                                      /* a single answer: it has no reliability */
    const struct block *expectation, *perception, *gap; /* its items, when not one_item */
};

/* An item's joint tally as a composite of one item: its gaps, sorted, with the moments of both sides.
 * takes   asked  whether both standards were asked of the item
 * gives   *out   in ctx->arena; borrows the joint's cluster sums by value
 * fails   STATUS_MEMORY
 * cost    time cells × log cells
 * source  [F1] */
enum status composite_of_joint(struct ctx *ctx, const struct joint *joint, bool asked, struct composite *out) MUST_USE;

/* Fills all figures of a row but those that need the whole table (simultaneous interval, p_holm, p_bh, p_by, the adjusted
 * equivalence_p, verdict, small), which gap_rows_adjust adds.
 * takes   values  GAP_COLUMN_COUNT cells, those after the keys
 * blank   no pairs -> no_pairs; one pair -> the means only; all gaps equal -> no_variance for what divides by it
 * fails   STATUS_MEMORY
 * source  [F1, F2, F6, F16, F18, F20–F24, F29]
 * proof   tests/measure/gap/item_gap_test.c, dimension_gap_test.c, overall_gap_test.c */
enum status gap_row_fill(struct ctx *ctx, const struct measuring *measuring, const struct gap_source *source,
                         struct value *values) MUST_USE;

/* Adjustments over the family of each group, and verdicts.
 * takes   keys   key columns before GAP_N
 *         table  with whole groups
 * fails   STATUS_MEMORY
 * source  [F24, F26, F28] */
enum status gap_rows_adjust(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t keys) MUST_USE;

/* Everything that a reader must know beside the numbers.
 * takes   table  whole and adjusted
 * fails   STATUS_MEMORY
 * source  [F18] */
enum status gap_rows_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t keys) MUST_USE;

/* The greatest gap that counts as none: a twelfth of the scale's length.
 * source  default margin of F24 */
double gap_margin(const struct scale *scale);

#endif
