/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/wave_change.h"

#include <assert.h>
#include <float.h>
#include <math.h>

#include "numeric/paired_t.h"

enum undefined wave_change(const struct mean_estimate *first, const struct mean_estimate *second,
                           const struct wave_overlap *overlap, double confidence, struct mean_comparison *out)
{
    if (overlap->n_both == 0)
        return welch_t_test(first, second, confidence, out);
    assert(overlap->n_both > 0 && overlap->n_both <= fmin(overlap->n_first, overlap->n_second));
    assert(fabs(overlap->correlation) <= 1 && isfinite(first->mean) && isfinite(second->mean));
    assert(first->variance >= 0 && second->variance >= 0);
    double df = fmin(first->df, second->df);
    double shared = overlap->n_both / sqrt(overlap->n_first) / sqrt(overlap->n_second);
    double sum = first->variance + second->variance;
    double variance = sum - 2 * overlap->correlation * sqrt(first->variance) * sqrt(second->variance) * shared;
    /* Everybody changed by the same: what is left of the difference is rounding. */
    double se = variance > 8 * DBL_EPSILON * sum ? sqrt(variance) : 0;
    struct paired_t test;
    enum undefined undefined = paired_t_test(second->mean - first->mean, se, df, confidence, &test);
    if (undefined)
        return undefined;
    *out = (struct mean_comparison){.difference = second->mean - first->mean,
                                    .se = se,
                                    .df = df,
                                    .statistic = test.t,
                                    .p = test.p,
                                    .interval = test.interval};
    return DEFINED;
}
