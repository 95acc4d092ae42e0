/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/control_chart.h"

#include <assert.h>
#include <math.h>

/* Mean range of two standard normals: what the mean moving range is divided by. */
#define RANGE_OF_TWO 1.128
#define SHARE_WIDTH  3.0

const struct ewma_rule ewma_usual = {.smoothing = 0.2, .width = 2.86};
const struct cusum_rule cusum_usual = {.slack = 0.5, .threshold = 5};

size_t chart_baseline(size_t count)
{
    return count < CHART_BASELINE_POINTS ? count : CHART_BASELINE_POINTS;
}

const char *chart_signal_name(enum chart_signal signal)
{
    static const char *const names[CHART_SIGNAL_COUNT] = {
        [CHART_QUIET] = "none",          [CHART_EWMA_LOW] = "ewma_low",     [CHART_EWMA_HIGH] = "ewma_high",
        [CHART_CUSUM_LOW] = "cusum_low", [CHART_CUSUM_HIGH] = "cusum_high", [CHART_P_LOW] = "p_low",
        [CHART_P_HIGH] = "p_high",       [CHART_LANEY_LOW] = "laney_low",   [CHART_LANEY_HIGH] = "laney_high",
    };
    assert(signal < CHART_SIGNAL_COUNT);
    return names[signal];
}

/* Which limit a value is beyond; on a limit is inside. */
static enum chart_signal side_of(const struct chart_point *point, enum chart_signal low, enum chart_signal high)
{
    if (point->value < point->low)
        return low;
    return point->value > point->high ? high : CHART_QUIET;
}

void ewma_chart(const double *means, const double *variances, size_t count, double centre, const struct ewma_rule *rule,
                struct chart_point *points)
{
    double smoothing = rule->smoothing, kept = 1 - smoothing;
    assert(smoothing > 0 && smoothing <= 1 && rule->width > 0 && isfinite(centre));
    double average = centre, variance = 0;
    for (size_t i = 0; i < count; i++) {
        assert(isfinite(means[i]) && variances[i] > 0);
        average = smoothing * means[i] + kept * average;
        variance = kept * kept * variance + smoothing * smoothing * variances[i];
        double half = rule->width * sqrt(variance);
        points[i] = (struct chart_point){.value = average, .low = centre - half, .high = centre + half};
        points[i].signal = side_of(&points[i], CHART_EWMA_LOW, CHART_EWMA_HIGH);
    }
}

void cusum_chart(const double *means, const double *variances, size_t count, double centre, const struct cusum_rule *rule,
                 struct cusum_point *points)
{
    assert(rule->slack >= 0 && rule->threshold > 0 && isfinite(centre));
    double above = 0, below = 0;
    for (size_t i = 0; i < count; i++) {
        assert(isfinite(means[i]) && variances[i] > 0);
        double u = (means[i] - centre) / sqrt(variances[i]);
        above = fmax(0, above + u - rule->slack);
        below = fmax(0, below - u - rule->slack);
        points[i] = (struct cusum_point){above, below, CHART_QUIET};
        if (below > rule->threshold)
            points[i].signal = CHART_CUSUM_LOW;
        else if (above > rule->threshold)
            points[i].signal = CHART_CUSUM_HIGH;
    }
}

enum undefined chart_excess(const double *means, const double *variances, size_t count, double centre, double *out)
{
    if (count < 2)
        return UNDEFINED_TOO_FEW;
    double moves = 0, before = 0;
    for (size_t i = 0; i < count; i++) {
        assert(isfinite(means[i]) && variances[i] > 0);
        double z = (means[i] - centre) / sqrt(variances[i]);
        moves += i ? fabs(z - before) : 0;
        before = z;
    }
    *out = moves / (double)(count - 1) / RANGE_OF_TWO;
    return DEFINED;
}

enum undefined share_baseline_find(const double *shares, const double *counts, size_t count, struct share_baseline *out)
{
    if (count == 0)
        return UNDEFINED_TOO_FEW;
    double all = 0, with = 0;
    for (size_t i = 0; i < count; i++) {
        assert(shares[i] >= 0 && shares[i] <= 1 && counts[i] > 0);
        all += counts[i];
        with += counts[i] * shares[i];
    }
    double centre = with / all;
    if (with == 0 || !(centre < 1))
        return UNDEFINED_NO_VARIANCE;
    *out = (struct share_baseline){.centre = centre, .sigma_z_undefined = count < 2 ? UNDEFINED_TOO_FEW : DEFINED};
    double moves = 0, before = 0;
    for (size_t i = 0; i < count; i++) {
        double z = (shares[i] - centre) / sqrt(centre * (1 - centre) / counts[i]);
        moves += i ? fabs(z - before) : 0;
        before = z;
    }
    if (count >= 2)
        out->sigma_z = moves / (double)(count - 1) / RANGE_OF_TWO;
    return DEFINED;
}

void share_chart(const double *shares, const double *counts, size_t count, const struct share_baseline *baseline,
                 struct chart_point *points)
{
    double centre = baseline->centre;
    assert(centre > 0 && centre < 1);
    bool laney = baseline->sigma_z_undefined == DEFINED && baseline->sigma_z > LANEY_SIGMA;
    double width = SHARE_WIDTH * (laney ? baseline->sigma_z : 1);
    for (size_t i = 0; i < count; i++) {
        assert(shares[i] >= 0 && shares[i] <= 1 && counts[i] > 0);
        double half = width * sqrt(centre * (1 - centre) / counts[i]);
        points[i] = (struct chart_point){.value = shares[i], .low = fmax(0, centre - half), .high = fmin(1, centre + half)};
        points[i].signal = side_of(&points[i], laney ? CHART_LANEY_LOW : CHART_P_LOW, laney ? CHART_LANEY_HIGH : CHART_P_HIGH);
    }
}
