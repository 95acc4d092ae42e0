/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/ratio_interval.h"

#include <assert.h>
#include <math.h>

enum undefined fieller_interval(const struct ratio_parts *parts, double quantile, struct interval *out)
{
    double a = parts->numerator, b = parts->denominator, q2 = quantile * quantile;
    assert(isfinite(a) && isfinite(b) && quantile > 0);
    /* The ends are the roots r of (a − rb)² = q² (v_a − 2r c + r² v_b). */
    double square = b * b - q2 * parts->denominator_variance;
    if (!(square > 0))
        return UNDEFINED_UNBOUNDED;
    double half = a * b - q2 * parts->covariance;
    double constant = a * a - q2 * parts->numerator_variance;
    /* The discriminant in a form without the cancelling a²b². */
    double spread =
        q2 * (parts->numerator_variance * b * b - 2 * parts->covariance * a * b + parts->denominator_variance * a * a);
    double variances = parts->numerator_variance * parts->denominator_variance - parts->covariance * parts->covariance;
    double root = sqrt(fmax(0, spread - q2 * q2 * variances));
    double larger = half >= 0 ? half + root : half - root;
    double first = larger / square;
    double second = larger == 0 ? 0 : constant / larger;
    double ratio = a / b;
    out->low = fmin(fmin(first, second), ratio);
    out->high = fmax(fmax(first, second), ratio);
    return DEFINED;
}
