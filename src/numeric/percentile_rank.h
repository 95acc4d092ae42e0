/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_PERCENTILE_RANK_H
#define GAPMETER_NUMERIC_PERCENTILE_RANK_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/undefined.h"

#define NORM_UNITS_MIN 30u /* a norm of fewer units says nothing about the place of one */

/* Where each value stands among all of them: 100 (below + ½ equal)/n, a value counting among its equals.
 * takes   values  [count], finite
 * gives   ranks   [count] in the same order, in (0, 100); their mean is 50
 * blank   count < NORM_UNITS_MIN -> UNDEFINED_TOO_FEW
 * cost    time count²
 * source  formulas 6.19   [F120]
 * proof   tests/numeric/percentile_rank_test.c */
enum undefined percentile_ranks(const double *values, size_t count, double *ranks) MUST_USE;

#endif
