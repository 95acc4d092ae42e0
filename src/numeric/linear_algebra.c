/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/linear_algebra.h"

#include <assert.h>
#include <lapacke.h>

enum { SIZE_MAX_OF_SIDE = 32767 };

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
