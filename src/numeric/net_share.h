/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_NET_SHARE_H
#define GAPMETER_NUMERIC_NET_SHARE_H

#include "base/status.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* The interval of a difference of two shares of the same people, such as promoters − detractors: three counts of one
 * multinomial, adjusted Wald (¾ of a person is added to each of the two, 1½ to the rest), which keeps its level where all
 * answers fall on one side.
 * takes   positive, negative  shares, 0 … 1, together at most 1
 *         n                   how many; with weights the effective number
 *         confidence          such as .95
 * gives   *out  −1 <= low <= high <= 1; its centre is not positive − negative but the adjusted difference
 * needs   0 < confidence < 1
 * blank   n <= 0 -> UNDEFINED_TOO_FEW
 * source  Rocks 2016   [F54, F6]
 * proof   tests/numeric/net_share_test.c */
enum undefined net_share_interval(double positive, double negative, double n, double confidence, struct interval *out) MUST_USE;

#endif
