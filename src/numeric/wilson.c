/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/wilson.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"

/* The end of the interval on the far side of ½ from 0, of a share that is at least 1 − share. */
static double far_end(double share, double n, double z2)
{
    double root = sqrt(z2) * sqrt(z2 + 4 * n * share * (1 - share));
    return (2 * n * share + z2 + root) / (2 * (n + z2));
}

enum undefined wilson_interval(double share, double n, double confidence, struct interval *out)
{
    assert(share >= 0 && share <= 1 && confidence > 0 && confidence < 1 && isfinite(n));
    if (!(n > 0))
        return UNDEFINED_TOO_FEW;
    double z = normal_quantile_upper(0.5 * (1 - confidence));
    double z2 = z * z, rest = 1 - share;
    /* The ends are the roots of a quadratic whose product is n share² / (n + z²): no difference of near numbers. */
    double high = far_end(share, n, z2);
    double low = n * share * share / ((n + z2) * high);
    double above_high = n * rest * rest / ((n + z2) * far_end(rest, n, z2));
    out->low = fmin(low, share);
    out->high = fmax(1 - above_high, share);
    return DEFINED;
}
