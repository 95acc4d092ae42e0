/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_SAMPLE_SIZE_H
#define GAPMETER_NUMERIC_SAMPLE_SIZE_H

#include <stdint.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* How many pairs a two-sided paired t test needs; both rejection tails are counted. */

/* The chance to find a difference of dz standard deviations with n pairs.
 * takes   dz     mean / sd of the differences, any sign
 *         n      pairs
 *         alpha  significance level, such as .05
 * gives   [alpha, 1]
 * needs   n >= 2, 0 < alpha < 1, dz finite
 * source  Cohen 1988; as R's power.t.test(type = "paired", strict = TRUE)   [F28]
 * proof   tests/numeric/sample_size_test.c */
double paired_t_power(double dz, uint64_t n, double alpha);

/* The fewest pairs with at least that power.
 * gives   *out  2 or more
 * needs   0 < alpha < power < 1
 * blank   dz so small (0 too) that 1e15 pairs do not suffice -> UNDEFINED_UNBOUNDED
 * source  start: ((z+z)/dz)² + z²/2, then by the power itself   [F28] */
enum undefined paired_t_size(double dz, double power, double alpha, uint64_t *out) MUST_USE;

/* The smallest dz that n pairs find with that power.
 * needs   0 < alpha < power < 1
 * cost    a few microseconds; a millisecond with fewer than 4 pairs
 * blank   n < 2 -> UNDEFINED_TOO_FEW;  UNDEFINED_NOT_CONVERGED
 * source  root of paired_t_power   [F28] */
enum undefined paired_t_detectable(uint64_t n, double power, double alpha, double *out) MUST_USE;

/* The fewest observations whose mean has an interval of ± margin: ⌈(z × sd / margin)²⌉, at least 2.
 * needs   margin > 0, sd >= 0, 0 < confidence < 1
 * blank   more than 1e15 -> UNDEFINED_UNBOUNDED
 * source  [F28] */
enum undefined margin_size(double margin, double sd, double confidence, uint64_t *out) MUST_USE;

#endif
