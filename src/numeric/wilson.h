/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_WILSON_H
#define GAPMETER_NUMERIC_WILSON_H

#include "base/status.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* Wilson's score interval of a share.
 * takes   share       observed, 0 … 1
 *         n           how many; with weights the effective number (a real one)
 *         confidence  such as .95
 * gives   *out  0 <= low <= share <= high <= 1; low is exactly 0 for a share of 0, high exactly 1 for 1
 * needs   0 <= share <= 1, 0 < confidence < 1
 * blank   n <= 0 -> UNDEFINED_TOO_FEW
 * source  Wilson 1927; the nearer end by the product of the roots, so that it keeps its digits   [F29]
 * proof   tests/numeric/wilson_test.c */
enum undefined wilson_interval(double share, double n, double confidence, struct interval *out) MUST_USE;

#endif
