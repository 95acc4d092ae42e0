/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/journey_summary.h"

#include <assert.h>
#include <math.h>

/* The slope of the least-squares line over the positions 0 … count − 1: Σ (t − t̄) m / Σ (t − t̄)². */
static double slope_of(const double *ratings, size_t count)
{
    double n = (double)count, middle = (n - 1) / 2, sum = 0;
    for (size_t t = 0; t < count; t++)
        sum += ((double)t - middle) * ratings[t];
    return sum / (n * (n * n - 1) / 12);
}

/* The levels of a sequence that is not empty. */
static void levels_find(const double *ratings, size_t count, double neutral, struct journey_summary *out)
{
    double sum = 0;
    out->max = out->min = out->peak = ratings[0];
    for (size_t t = 0; t < count; t++) {
        assert(isfinite(ratings[t]));
        sum += ratings[t];
        out->max = fmax(out->max, ratings[t]);
        out->min = fmin(out->min, ratings[t]);
        if (fabs(ratings[t] - neutral) >= fabs(out->peak - neutral))
            out->peak = ratings[t];
    }
    out->mean = sum / (double)count;
}

enum undefined journey_summarise(const double *ratings, size_t count, double neutral, struct journey_summary *out)
{
    if (count == 0)
        return UNDEFINED_TOO_FEW;
    levels_find(ratings, count, neutral, out);
    out->start = ratings[0];
    out->end = ratings[count - 1];
    out->peak_end = (out->peak + out->end) / 2;
    out->prominence_up = out->max - out->mean;
    out->prominence_down = out->mean - out->min;
    out->trend_undefined = count < 2 ? UNDEFINED_TOO_FEW : DEFINED;
    if (count < 2)
        return DEFINED;
    out->slope = slope_of(ratings, count);
    out->trend = out->slope * (double)(count - 1);
    out->final_slope = ratings[count - 1] - ratings[count - 2];
    return DEFINED;
}
