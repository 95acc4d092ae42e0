/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_LINEAR_ALGEBRA_H
#define GAPMETER_NUMERIC_LINEAR_ALGEBRA_H

#include <stddef.h>

#include "base/ctx.h"
#include "numeric/undefined.h"

/* The few decompositions that are needed, by the static reference LAPACK: the same bits on any number of
 * threads. Workspace is the caller's, so that an iteration takes no memory. */

/* Doubles of workspace that symmetric_eigen needs for an n × n matrix. */
size_t symmetric_eigen_work(size_t n);

/* Eigenvalues, ascending, and eigenvectors of a symmetric matrix.
 * takes   a     [n × n]; overwritten: eigenvector j is a[j × n + 0 … n−1]
 *         work  [symmetric_eigen_work(n)]
 * gives   values  [n]
 * needs   1 <= n <= 32767, all finite
 * blank   UNDEFINED_NOT_CONVERGED
 * cost    time n³
 * source  LAPACK dsyev
 * proof   tests/numeric/linear_algebra_test.c */
enum undefined symmetric_eigen(double *a, size_t n, double *values, double *work) MUST_USE;

/* The lower Cholesky factor L with a = LL′, in place; the upper triangle is left as it was.
 * needs   1 <= n <= 32767, all finite
 * blank   not positive definite -> UNDEFINED_SINGULAR
 * cost    time n³ / 3
 * source  LAPACK dpotrf
 * proof   tests/numeric/linear_algebra_test.c */
enum undefined cholesky(double *a, size_t n) MUST_USE;

#endif
