/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_ITEM_REST_H
#define GAPMETER_NUMERIC_ITEM_REST_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/exact_moments.h"
#include "numeric/undefined.h"

/* Written by item_rest; each value has its own reason. */
struct item_rest {
    enum undefined total_undefined;
    double total_r; /* correlation of the item with the sum of all items, itself included */
    enum undefined rest_undefined;
    double rest_r; /* with the sum of the others: the corrected item–total correlation */
    enum undefined deleted_undefined;
    double alpha_if_deleted;
};

/* How one item goes with the others, from exact integers: a constant item is found as such, and r of a
 * perfect fit is exactly 1.
 * takes   block  as cronbach_alpha
 *         item   0 … count−1
 * gives   *out
 * needs   item < block->count
 * blank   each value apart: n < 2, k < 2 (alpha_if_deleted: k < 3) -> UNDEFINED_TOO_FEW;  the item, the total or
 *         the rest is constant -> UNDEFINED_NO_VARIANCE;  UNDEFINED_OVERFLOW
 * cost    time k²
 * source  Henrysson 1963; Nunnally 1978   [F14]
 * proof   tests/numeric/item_rest_test.c */
void item_rest(const struct exact_block *block, size_t item, struct item_rest *out);

#endif
