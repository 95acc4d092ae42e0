/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_WIDE_H
#define GAPMETER_BASE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

/* The one allowed language extension. */
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

#define WIDE_LIMBS 10

/* A signed integer of 640 bits, two's complement, lowest limb first: room for every fraction that
 * the statistics of a study make, so that they are rounded once. */
struct wide {
    uint64_t limb[WIDE_LIMBS];
};

/* The same number, wider. */
struct wide wide_from(int128 value);

/* a + b, a − b, a × b; *overflow is set (never cleared) when the result does not fit. */
struct wide wide_add(struct wide a, struct wide b, bool *overflow);
struct wide wide_subtract(struct wide a, struct wide b, bool *overflow);
struct wide wide_multiply(struct wide a, struct wide b, bool *overflow);

/* *target += term; *overflow as above. Quick while both fit 128 bits, which sums over answers mostly do. */
void wide_increase(struct wide *target, int128 term, bool *overflow);

/* 10^exponent; from 10^193 on *overflow is set. */
struct wide wide_ten_to(unsigned exponent, bool *overflow);

/* Below, at or above 0 as a is less than, equal to or greater than b. */
int wide_compare(struct wide a, struct wide b);

/* −1, 0 or 1. */
int wide_sign(struct wide a);

/* numerator / denominator, correctly rounded to the nearest double, ties to even.
 * needs   denominator != 0; the result within the range of normal doubles
 * proof   tests/base/wide_test.c against libgmp */
double wide_ratio(struct wide numerator, struct wide denominator);

/* The square root of numerator / denominator, correctly rounded to the nearest double.
 * needs   numerator >= 0, denominator > 0
 * proof   tests/base/wide_test.c against libgmp */
double wide_ratio_root(struct wide numerator, struct wide denominator);

#endif
