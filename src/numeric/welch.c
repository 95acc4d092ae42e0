/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/welch.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"
#include "numeric/paired_t.h"

/* Difference, standard error and degrees of freedom of two means.
 * blank   as welch_t_test
 * source  Welch 1947; Satterthwaite 1946   [F27] */
static enum undefined compare(const struct mean_estimate *first, const struct mean_estimate *second, struct mean_comparison *out)
{
    assert(isfinite(first->mean) && isfinite(second->mean) && first->variance >= 0 && second->variance >= 0);
    if (!(first->df >= 1) || !(second->df >= 1))
        return UNDEFINED_TOO_FEW;
    double a = first->variance, b = second->variance;
    if (a + b == 0)
        return UNDEFINED_NO_VARIANCE;
    out->difference = second->mean - first->mean;
    out->se = sqrt(a + b);
    /* By shares of the variance, so that no square is too small or too large for a double. */
    double share = a / (a + b), rest = b / (a + b);
    out->df = 1 / (share * share / first->df + rest * rest / second->df);
    return DEFINED;
}

enum undefined welch_t_test(const struct mean_estimate *first, const struct mean_estimate *second, double confidence,
                            struct mean_comparison *out)
{
    struct mean_comparison found;
    enum undefined undefined = compare(first, second, &found);
    struct paired_t test;
    if (!undefined)
        undefined = paired_t_test(found.difference, found.se, found.df, confidence, &test);
    if (undefined)
        return undefined;
    found.statistic = test.t;
    found.p = test.p;
    found.interval = test.interval;
    *out = found;
    return DEFINED;
}

/* The sums over groups that Welch's F is made of. */
struct weighing {
    double weights; /* Σw */
    double mean;    /* Σwy/Σw */
    double between; /* Σw(y − ȳ)² */
    double lack;    /* Σ(1 − w/W)²/df */
};

/* source  Welch 1951   [F27] */
static struct weighing weigh(const struct mean_estimate *means, size_t count)
{
    struct weighing out = {0, 0, 0, 0};
    for (size_t i = 0; i < count; i++)
        out.weights += 1 / means[i].variance;
    for (size_t i = 0; i < count; i++)
        out.mean += means[i].mean * (1 / means[i].variance / out.weights);
    for (size_t i = 0; i < count; i++) {
        double w = 1 / means[i].variance, d = means[i].mean - out.mean, rest = 1 - w / out.weights;
        out.between += w * d * d;
        out.lack += rest * rest / means[i].df;
    }
    return out;
}

enum undefined welch_f_test(const struct mean_estimate *means, size_t count, struct welch_f *out)
{
    if (count < 2)
        return UNDEFINED_TOO_FEW;
    enum undefined undefined = DEFINED;
    for (size_t i = 0; i < count; i++) {
        assert(isfinite(means[i].mean) && means[i].variance >= 0);
        if (!(means[i].df >= 1))
            return UNDEFINED_TOO_FEW;
        if (means[i].variance == 0)
            undefined = UNDEFINED_NO_VARIANCE;
    }
    if (undefined)
        return undefined;
    double k = (double)count;
    struct weighing sums = weigh(means, count);
    double f = sums.between / (k - 1) / (1 + 2 * (k - 2) * sums.lack / (k * k - 1));
    double df2 = (k * k - 1) / (3 * sums.lack);
    if (!isfinite(f) || !isfinite(df2)) /* a variance next to nothing: its weight leaves no room for the others */
        return UNDEFINED_NO_VARIANCE;
    *out = (struct welch_f){.f = f, .df1 = k - 1, .df2 = df2, .p = f_upper(f, k - 1, df2)};
    return DEFINED;
}

enum undefined games_howell(const struct mean_estimate *first, const struct mean_estimate *second,
                            const struct studentised_range *range, double confidence, struct mean_comparison *out)
{
    assert(confidence > 0 && confidence < 1);
    struct mean_comparison found;
    enum undefined undefined = compare(first, second, &found);
    double quantile = 0;
    if (!undefined)
        undefined = studentised_range_quantile_upper(range, 1 - confidence, found.df, &quantile);
    if (undefined)
        return undefined;
    double scale = found.se / sqrt(2.0);
    found.statistic = fabs(found.difference) / scale;
    found.p = studentised_range_upper(range, found.statistic, found.df);
    found.interval = (struct interval){found.difference - quantile * scale, found.difference + quantile * scale};
    *out = found;
    return DEFINED;
}
