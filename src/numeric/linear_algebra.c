/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/linear_algebra.h"

#include <assert.h>
#include <lapacke.h>

enum { SIZE_MAX_OF_SIDE = 32767 };

/* LAPACK's word for a mistake of its caller. Its own prints by gfortran's runtime, and that one brings libquadmath, which hooks itself
 * into printf: from then on every printf of the program reads its format twice.
 * takes   routine  [length], not ended by a zero; argument  the number of the wrong one
 * proof   tests/numeric/linear_algebra_test.c */
void xerbla_(const char *routine, const lapack_int *argument, size_t length);
void xerbla_(const char *routine, const lapack_int *argument, size_t length)
{
    (void)routine;
    (void)argument;
    (void)length;
    assert(0 && "LAPACK or BLAS was given an argument it refuses");
}

size_t symmetric_eigen_work(size_t n)
{
    /* The unblocked size of dsyev: the same path, and so the same bits, for every n. */
    return 3 * n;
}

enum undefined symmetric_eigen(double *a, size_t n, double *values, double *work)
{
    assert(n >= 1 && n <= SIZE_MAX_OF_SIDE);
    lapack_int side = (lapack_int)n, room = (lapack_int)symmetric_eigen_work(n);
    lapack_int info = LAPACKE_dsyev_work(LAPACK_COL_MAJOR, 'V', 'L', side, a, side, values, work, room);
    assert(info >= 0);
    return info == 0 ? DEFINED : UNDEFINED_NOT_CONVERGED;
}

enum undefined cholesky(double *a, size_t n)
{
    assert(n >= 1 && n <= SIZE_MAX_OF_SIDE);
    /* Row-major lower is column-major upper. */
    lapack_int side = (lapack_int)n;
    lapack_int info = LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, 'U', side, a, side);
    assert(info >= 0);
    return info == 0 ? DEFINED : UNDEFINED_SINGULAR;
}
