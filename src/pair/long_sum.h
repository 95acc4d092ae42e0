/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of squares of weighted integers: 256 bits, for the inner loops. */
#ifndef GAPMETER_PAIR_LONG_SUM_H
#define GAPMETER_PAIR_LONG_SUM_H

#include "base/wide.h"

/* high × 2^128 + low. Pairing refuses weights whose sum passes 2^79 and holds every value below 2^47, so
 * Σ|a| < 2^126 for every sum a here, and Σ a·b <= Σ|a| × Σ|b| < 2^252 fits. */
struct long_sum {
    uint128 low;
    int128 high;
};

/* Adds value. */
static inline void long_sum_add(struct long_sum *sum, int128 value)
{
    uint128 before = sum->low;
    sum->low += (uint128)value;
    sum->high += (value < 0 ? -1 : 0) + (sum->low < before ? 1 : 0);
}

/* Adds another sum. */
static inline void long_sum_merge(struct long_sum *sum, const struct long_sum *other)
{
    uint128 before = sum->low;
    sum->low += other->low;
    sum->high += other->high + (sum->low < before ? 1 : 0);
}

/* Adds a × b.
 * needs  |a|, |b| < 2^127 */
void long_sum_add_product(struct long_sum *sum, int128 a, int128 b);

/* The same number as a wide one. */
struct wide long_sum_wide(const struct long_sum *sum);

#endif
