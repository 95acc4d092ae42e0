/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/net_share.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"

enum undefined net_share_interval(double positive, double negative, double n, double confidence, struct interval *out)
{
    assert(positive >= 0 && negative >= 0 && positive + negative <= 1 + 1e-12);
    assert(confidence > 0 && confidence < 1);
    if (!(n > 0))
        return UNDEFINED_TOO_FEW;
    double adjusted = n + 3;
    double up = (n * positive + 0.75) / adjusted, down = (n * negative + 0.75) / adjusted;
    double centre = up - down;
    double half = normal_quantile_upper((1 - confidence) / 2) * sqrt((up + down - centre * centre) / adjusted);
    out->low = fmax(centre - half, -1);
    out->high = fmin(centre + half, 1);
    return DEFINED;
}
