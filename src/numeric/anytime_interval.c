/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/anytime_interval.h"

#include <assert.h>
#include <math.h>

enum undefined anytime_interval(const struct anytime_sample *sample, double confidence, double tightest, struct interval *out)
{
    assert(confidence >= 0.5 && confidence < 1 && tightest > 0 && sample->deviation >= 0);
    if (sample->n < ANYTIME_N_LEAST || sample->off_mode < ANYTIME_OFF_MODE)
        return UNDEFINED_TOO_FEW;
    double n = (double)sample->n, log_alpha = log(1 - confidence);
    double rho2 = (-2 * log_alpha + log(-2 * log_alpha) + 1) / tightest;
    double grown = n * rho2 + 1;
    double half = sample->deviation * sqrt(2 * grown / (n * n * rho2) * (0.5 * log(grown) - log_alpha));
    *out = (struct interval){.low = sample->mean - half, .high = sample->mean + half};
    return DEFINED;
}
