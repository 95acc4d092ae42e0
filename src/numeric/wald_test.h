/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_WALD_TEST_H
#define GAPMETER_NUMERIC_WALD_TEST_H

#include <stddef.h>

#include "base/status.h"
#include "numeric/least_squares.h"

#define WALD_CONSTRAINTS_MAX 8u

/* What is tested: that so many linear combinations of the coefficients are all zero. */
struct wald_hypothesis {
    const double *combinations; /* [count × parameters] */
    size_t count, parameters;
    double df2; /* of the covariance: n − k, or units − 1 */
};

/* F = (Cb)′ (CVC′)⁻¹ (Cb) / q with q and df2 degrees of freedom: the constraint test for any covariance.
 * takes   coefficients [parameters], covariance [parameters²]
 * gives   *out
 * needs   1 <= count <= WALD_CONSTRAINTS_MAX
 * blank   df2 < count -> UNDEFINED_TOO_FEW: so few units cannot speak to so many constraints;  CVC′ not positive definite ->
 *         UNDEFINED_SINGULAR
 * cost    time count × parameters²
 * source  Wald 1943; with the classical covariance it is the F of least_squares_compare   [F74]
 * proof   tests/numeric/wald_test_test.c */
enum undefined wald_test(const double *coefficients, const double *covariance, const struct wald_hypothesis *hypothesis,
                         struct constraint_test *out) MUST_USE;

#endif
