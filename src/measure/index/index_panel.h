/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_INDEX_PANEL_H
#define GAPMETER_MEASURE_INDEX_PANEL_H

#include "measure/case_columns.h"

/* What ties two waves together: the customers who answered in both. Private to measure/index/. */

/* The answers behind a figure, one for each row. Borrowed. In the unit of the figure, which is their weighted mean but for a
 * constant, a row is worth factor × its number, or with ranges factor for a number in the top one, −factor for one in the bottom
 * one and 0 for others. */
struct panel_rows {
    size_t rows;
    const uint32_t *cases;
    struct number_column weights; /* without values: all 1 */
    struct number_column numbers;
    double factor;
    const double *top, *bottom; /* [2] both ends included; NULL = none */
};

/* Can customers be told to be the same in both waves? Not when nobody is named, and not when they repeat or come in clusters or
 * strata, whose errors do not go by single customers. */
bool panel_is_known(const struct pairs *before, const struct pairs *now);

/* The covariance of two weighted means over samples that overlap: Σ w v (x − x̄)(y − ȳ) / (Σw Σv) over those in both, x̄ and ȳ of
 * them, which is n_both cov(x, y)/(n₁ n₂) without weights.
 * gives   *covariance  0 when nobody answered both times
 * needs   panel_is_known
 * fails   STATUS_MEMORY
 * cost    time n log n
 * source  Kish 1965, 12.4   [F54, F114]
 * proof   tests/measure/index/index_panel_test.c */
enum status panel_covariance(struct ctx *ctx, const struct pairs *pairs_before, const struct panel_rows *before,
                             const struct pairs *pairs_now, const struct panel_rows *now, double *covariance) MUST_USE;

#endif
