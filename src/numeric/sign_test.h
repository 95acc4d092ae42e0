/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_SIGN_TEST_H
#define GAPMETER_NUMERIC_SIGN_TEST_H

#include <stdint.h>

/* The exact two-sided binomial p of so many positive and negative differences (zeros dropped): twice the
 * smaller tail, at most 1.
 * gives   (0, 1]; 1 when both counts are 0; 0 only below the smallest double
 * source  Arbuthnott 1710; Conover 1999, section 3.4   [F23]
 * proof   tests/numeric/sign_test_test.c */
double sign_test(uint64_t positive, uint64_t negative);

#endif
