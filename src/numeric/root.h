/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_ROOT_H
#define GAPMETER_NUMERIC_ROOT_H

#include "base/status.h"
#include "numeric/undefined.h"

/* A function of one real number, with what else it depends on. */
struct real_function {
    double (*at)(double x, const void *context);
    const void *context;
};

/* Where a continuous function crosses zero between two ends, to the last bits of x.
 * takes   low, high  function values of opposite sign, or zero, at these ends
 * gives   *out  between low and high
 * needs   low < high, function values finite
 * blank   the same sign at both ends, or not arrived in 200 steps -> UNDEFINED_NOT_CONVERGED
 * cost    about ten calls of a smooth function
 * source  Brent 1973, chapter 4
 * proof   tests/numeric/root_test.c */
enum undefined root_find(const struct real_function *function, double low, double high, double *out) MUST_USE;

/* The same from a guess: the bracket is found by doubling the step to both sides.
 * needs   step > 0
 * blank   no change of sign within guess ± 2^60 × step -> UNDEFINED_NOT_CONVERGED */
enum undefined root_find_near(const struct real_function *function, double guess, double step, double *out) MUST_USE;

#endif
