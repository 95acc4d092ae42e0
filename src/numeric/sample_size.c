/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/sample_size.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"
#include "numeric/noncentral_t.h"
#include "numeric/noncentrality.h"
#include "numeric/root.h"

static const double size_max = 1e15;

double paired_t_power(double dz, uint64_t n, double alpha)
{
    assert(n >= 2 && isfinite(dz) && alpha > 0 && alpha < 1);
    double df = (double)n - 1;
    double critical = t_quantile_upper(0.5 * alpha, df);
    double ncp = fabs(dz) * sqrt((double)n);
    return fmin(1, noncentral_t_upper(critical, df, ncp) + noncentral_t_lower(-critical, df, ncp));
}

enum undefined paired_t_size(double dz, double power, double alpha, uint64_t *out)
{
    assert(isfinite(dz) && alpha > 0 && alpha < power && power < 1);
    double z = normal_quantile_upper(0.5 * alpha);
    double guess = pow((z + normal_quantile_upper(1 - power)) / dz, 2) + 0.5 * z * z;
    if (!(guess < size_max))
        return UNDEFINED_UNBOUNDED;
    /* Power grows with n: bracket the change, then halve. */
    uint64_t too_few = 1, enough = (uint64_t)guess + 2;
    while (paired_t_power(dz, enough, alpha) < power) {
        too_few = enough;
        enough *= 2;
    }
    while (enough - too_few > 1) {
        uint64_t middle = too_few + (enough - too_few) / 2;
        if (paired_t_power(dz, middle, alpha) >= power)
            enough = middle;
        else
            too_few = middle;
    }
    *out = enough;
    return DEFINED;
}

/* The power that a difference should have. */
struct wanted_power {
    uint64_t n;
    double alpha, z;
};

/* How far the power of dz lies above it, on the scale of the normal quantile. */
static double power_excess(double dz, const void *context)
{
    const struct wanted_power *wanted = context;
    double power = paired_t_power(dz, wanted->n, wanted->alpha);
    return wanted->z - (power >= 1 ? -40 : normal_quantile_upper(power));
}

/* The same by Brent's method, for where the quick way gives up. */
static enum undefined detectable_search(const struct wanted_power *wanted, double critical, double *out)
{
    struct real_function excess = {power_excess, wanted};
    double high = (critical + 1) / sqrt((double)wanted->n);
    while (power_excess(high, wanted) < 0)
        high *= 2;
    return root_find(&excess, 0, high, out);
}

enum undefined paired_t_detectable(uint64_t n, double power, double alpha, double *out)
{
    assert(alpha > 0 && alpha < power && power < 1);
    if (n < 2)
        return UNDEFINED_TOO_FEW;
    double df = (double)n - 1, ncp = 0;
    double critical = t_quantile_upper(0.5 * alpha, df);
    const struct wanted_tail tail = {.t = critical, .tail = power, .both = true};
    if (!noncentralities_find(df, &tail, 1, &ncp))
        return detectable_search(&(struct wanted_power){n, alpha, normal_quantile_upper(power)}, critical, out);
    *out = ncp / sqrt((double)n);
    return DEFINED;
}

enum undefined margin_size(double margin, double sd, double confidence, uint64_t *out)
{
    assert(margin > 0 && sd >= 0 && confidence > 0 && confidence < 1);
    double size = ceil(pow(normal_quantile_upper(0.5 * (1 - confidence)) * sd / margin, 2));
    if (!(size < size_max))
        return UNDEFINED_UNBOUNDED;
    *out = size > 2 ? (uint64_t)size : 2;
    return DEFINED;
}
