/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/wald_test.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"
#include "numeric/linear_algebra.h"

#define SINGULAR_BELOW 1e-12 /* of a combination's variance: what the others must leave of it */

/* a′Vb. */
static double form(const double *a, const double *covariance, const double *b, size_t k)
{
    double sum = 0;
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++)
            sum += a[i] * covariance[i * k + j] * b[j];
    }
    return sum;
}

enum undefined wald_test(const double *coefficients, const double *covariance, const struct wald_hypothesis *hypothesis,
                         struct constraint_test *out)
{
    size_t q = hypothesis->count, k = hypothesis->parameters;
    assert(q >= 1 && q <= WALD_CONSTRAINTS_MAX);
    if (!(hypothesis->df2 >= (double)q))
        return UNDEFINED_TOO_FEW;
    double middle[WALD_CONSTRAINTS_MAX * WALD_CONSTRAINTS_MAX], off[WALD_CONSTRAINTS_MAX], own[WALD_CONSTRAINTS_MAX], sum = 0;
    for (size_t i = 0; i < q; i++) {
        const double *row = hypothesis->combinations + i * k;
        off[i] = 0;
        for (size_t j = 0; j < k; j++)
            off[i] += row[j] * coefficients[j];
        for (size_t j = 0; j <= i; j++)
            middle[i * q + j] = form(row, covariance, hypothesis->combinations + j * k, k);
        own[i] = middle[i * q + i];
    }
    if (cholesky(middle, q))
        return UNDEFINED_SINGULAR;
    for (size_t i = 0; i < q; i++) {
        double root = middle[i * q + i];
        if (!(root * root > SINGULAR_BELOW * own[i]))
            return UNDEFINED_SINGULAR;
        for (size_t j = 0; j < i; j++)
            off[i] -= middle[i * q + j] * off[j];
        off[i] /= root;
        sum += off[i] * off[i];
    }
    out->df1 = (double)q;
    out->df2 = hypothesis->df2;
    out->f = sum / out->df1;
    out->p = f_upper(out->f, out->df1, out->df2);
    return DEFINED;
}
