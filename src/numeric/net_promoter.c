/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/net_promoter.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"
#include "numeric/net_share.h"

/* An interval cut to what the score can be. */
static struct interval clipped(double low, double high, double limit)
{
    return (struct interval){.low = fmax(low, -limit), .high = fmin(high, limit)};
}

enum undefined net_promoter_score(double promoters, double detractors, double n, double confidence, struct net_promoter *out)
{
    struct interval shares;
    enum undefined undefined = net_share_interval(promoters, detractors, n, confidence, &shares);
    if (undefined)
        return undefined;
    double net = promoters - detractors;
    out->value = 100 * net;
    out->se = 100 * sqrt(fmax(0, promoters + detractors - net * net) / n);
    double half = normal_quantile_upper((1 - confidence) / 2) * out->se;
    out->wald = clipped(out->value - half, out->value + half, 100);
    out->adjusted = clipped(100 * shares.low, 100 * shares.high, 100);
    return DEFINED;
}

enum undefined net_promoter_covariance(const double both[9], double n_both, double n_before, double n_after, double *out)
{
    if (!(n_before > 0 && n_after > 0))
        return UNDEFINED_TOO_FEW;
    assert(n_both >= 0 && n_both <= n_before * (1 + 1e-9) && n_both <= n_after * (1 + 1e-9));
    if (n_both <= 0) {
        *out = 0;
        return DEFINED;
    }
    double product = both[0] - both[2] - both[6] + both[8];
    double before = both[0] + both[1] + both[2] - (both[6] + both[7] + both[8]);
    double after = both[0] + both[3] + both[6] - (both[2] + both[5] + both[8]);
    *out = 10000 * (product - before * after) * n_both / (n_before * n_after);
    return DEFINED;
}

enum undefined net_promoter_change(struct net_promoter_wave before, struct net_promoter_wave after, double covariance,
                                   double confidence, struct net_promoter_change *out)
{
    assert(before.se >= 0 && after.se >= 0 && confidence > 0 && confidence < 1);
    double variance = before.se * before.se + after.se * after.se - 2 * covariance;
    if (!(variance > 0))
        return UNDEFINED_NO_VARIANCE;
    out->change = after.value - before.value;
    out->se = sqrt(variance);
    out->z = out->change / out->se;
    out->p = normal_two_sided(out->z);
    double half = normal_quantile_upper((1 - confidence) / 2) * out->se;
    out->interval = clipped(out->change - half, out->change + half, 200);
    return DEFINED;
}
