/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/effect_size.h"

#include <assert.h>
#include <math.h>

#include "numeric/noncentral_t.h"

double hedges_correction(double df)
{
    assert(df > 1);
    double z = 0.5 * (df - 1);
    if (df < 300)
        return tgamma(0.5 * df) / (tgamma(z) * sqrt(0.5 * df));
    /* A difference of two logarithms of gamma would lose all digits for large df: the ratio's own series. */
    double r = 1 / z;
    double series = r * (-1.0 / 8 + r * (1.0 / 128 + r * (5.0 / 1024 + r * (-21.0 / 32768 + r * (-399.0 / 262144)))));
    return sqrt((df - 1) / df) * (1 + series);
}

enum undefined effect_size(double mean, double sd, double n, double confidence, struct effect_size *out)
{
    assert(isfinite(mean) && isfinite(sd) && sd >= 0);
    if (!(n >= 2))
        return UNDEFINED_TOO_FEW;
    if (sd == 0)
        return UNDEFINED_NO_VARIANCE;
    *out = (struct effect_size){.dz = mean / sd, .gz_undefined = UNDEFINED_TOO_FEW};
    if (n >= 3) {
        out->gz_undefined = DEFINED;
        out->gz = out->dz * hedges_correction(n - 1);
    }
    double root = sqrt(n);
    out->interval_undefined = noncentrality_interval(out->dz * root, n - 1, confidence, &out->interval);
    out->interval.low /= root;
    out->interval.high /= root;
    return DEFINED;
}
