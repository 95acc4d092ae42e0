/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/attributable_fraction.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"

/* Half a person more in each cell. */
static struct exposure_table half_added(const struct exposure_table *table)
{
    return (struct exposure_table){table->exposed_event + 0.5, table->exposed_none + 0.5, table->unexposed_event + 0.5,
                                   table->unexposed_none + 0.5};
}

struct interval attributable_interval(double fraction, double log_error, double confidence)
{
    assert(fraction < 1 && log_error >= 0 && confidence > 0 && confidence < 1);
    double centre = log1p(-fraction), half = normal_quantile_upper((1 - confidence) / 2) * log_error;
    return (struct interval){.low = -expm1(centre + half), .high = -expm1(centre - half)};
}

enum undefined attributable_fraction(const struct exposure_table *table, double confidence, struct attributable_fraction *out)
{
    struct exposure_table t = *table;
    assert(t.exposed_event >= 0 && t.exposed_none >= 0 && t.unexposed_event >= 0 && t.unexposed_none >= 0);
    if (!(t.exposed_event + t.exposed_none > 0 && t.unexposed_event + t.unexposed_none > 0 &&
          t.exposed_event + t.unexposed_event > 0))
        return UNDEFINED_TOO_FEW;
    out->corrected = !(t.unexposed_event > 0);
    if (out->corrected)
        t = half_added(table);
    double exposed = t.exposed_event + t.exposed_none, unexposed = t.unexposed_event + t.unexposed_none;
    double all = exposed + unexposed;
    out->exposed_risk = t.exposed_event / exposed;
    out->unexposed_risk = t.unexposed_event / unexposed;
    out->ratio = out->exposed_risk / out->unexposed_risk;
    /* 1 − [c/(c+d)] / [(a+c)/N] with its difference taken apart, so that a small fraction keeps its digits: (ad − bc) over … */
    out->fraction = (t.exposed_event * t.unexposed_none - t.exposed_none * t.unexposed_event) /
                    (unexposed * (t.exposed_event + t.unexposed_event));
    double variance = (t.exposed_none + out->fraction * (t.exposed_event + t.unexposed_none)) / (all * t.unexposed_event);
    out->log_error = sqrt(fmax(0, variance));
    out->interval = attributable_interval(out->fraction, out->log_error, confidence);
    return DEFINED;
}

double attributable_influence(const struct exposure_table *table, bool exposed, bool event)
{
    double unexposed = table->unexposed_event + table->unexposed_none, events = table->exposed_event + table->unexposed_event;
    assert(table->unexposed_event > 0);
    double influence = 1 / (table->exposed_event + table->exposed_none + unexposed);
    if (event)
        influence -= 1 / events;
    if (!exposed)
        influence -= 1 / unexposed;
    if (event && !exposed)
        influence += 1 / table->unexposed_event;
    return influence;
}

enum undefined mantel_haenszel_ratio(const struct exposure_table *strata, size_t count, double *out)
{
    double above = 0, below = 0;
    bool both = false;
    for (size_t i = 0; i < count; i++) {
        const struct exposure_table *t = &strata[i];
        double exposed = t->exposed_event + t->exposed_none, unexposed = t->unexposed_event + t->unexposed_none;
        if (!(exposed > 0 && unexposed > 0))
            continue;
        both = true;
        above += t->exposed_event * unexposed / (exposed + unexposed);
        below += t->unexposed_event * exposed / (exposed + unexposed);
    }
    if (!both)
        return UNDEFINED_TOO_FEW;
    if (!(below > 0))
        return UNDEFINED_UNBOUNDED;
    *out = above / below;
    return DEFINED;
}

enum undefined miettinen_fraction(double exposed_share, double ratio, double *out)
{
    assert(exposed_share >= 0 && exposed_share <= 1 && ratio >= 0 && isfinite(ratio));
    if (!(ratio > 0))
        return UNDEFINED_TOO_FEW;
    *out = exposed_share * (ratio - 1) / ratio;
    return DEFINED;
}

enum undefined standardised_fraction(const double *risk, const double *risk_unexposed, const double *weights, size_t count,
                                     double *out)
{
    double all = 0, removed = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = weights ? weights[i] : 1;
        assert(risk[i] >= 0 && risk[i] <= 1 && risk_unexposed[i] >= 0 && risk_unexposed[i] <= 1);
        all += weight * risk[i];
        removed += weight * (risk[i] - risk_unexposed[i]);
    }
    if (!(all > 0))
        return UNDEFINED_TOO_FEW;
    *out = removed / all;
    return DEFINED;
}
