/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/studentised_range.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"
#include "numeric/root.h"

#define NEGLIGIBLE 1e-17 /* a term this small beside the sum ends a walk */
#define STEPS_MAX  100000

/* A studentised range. */
struct range {
    double q;
    double groups; /* k */
    double df;
};

/* The integrand of W at z: z is the largest of the normals, and the smallest lies below z − w. */
static double range_density(double z, double w, double groups)
{
    double all = normal_lower(z), below = normal_lower(z - w);
    double log_rest = (groups - 1) * log1p(-fmin(1, below / all));
    return exp(-0.5 * z * z) * pow(all, groups - 1) * -expm1(log_rest);
}

/* W(w): the chance that the range of k standard normals is above w.
 * gives   [0, 1], with the relative error of a few units in the last place
 * cost    some hundred integrand values */
static double range_tail(double w, double groups)
{
    /* The largest of k normals varies less the more there are, and the step goes with it. */
    double step = 0.33 / sqrt(2 * log(groups));
    double low = 0.5 * w - 6, high = fmax(0.5 * w + 6, sqrt(0.5 * w * w + 2 * log(groups) + 75));
    double sum = 0;
    size_t count = (size_t)((high - low) / step) + 1;
    for (size_t i = 0; i < count; i++)
        sum += range_density(low + (double)i * step, w, groups);
    const double root_two_pi = 2.5066282746310005;
    return fmin(1, groups * step / root_two_pi * sum);
}

/* The density of ln s at x, without its constant. */
static double deviation_density(double x, double df)
{
    double log_density = x < -1 ? x + 0.5 - 0.5 * exp(2 * x) : 0.5 * log1p_minus(expm1(2 * x));
    return exp(df * log_density);
}

/* One term of the outer integral; with q = 0 the density alone. */
static double term(const struct range *range, double x)
{
    double density = deviation_density(x, range->df);
    return range->q == 0 || density == 0 ? density : density * range_tail(range->q * exp(x), range->groups);
}

/* Σ of the terms on both sides of the place where they are largest, or rise to the largest. */
static double term_sum(const struct range *range, double start, double step)
{
    double sum = term(range, start);
    for (int side = -1; side <= 1; side += 2) {
        for (int i = 1; i < STEPS_MAX; i++) {
            double more = term(range, start + side * i * step);
            sum += more;
            if (more <= NEGLIGIBLE * sum)
                break;
        }
    }
    return sum;
}

double studentised_range_upper(double q, size_t groups, double df)
{
    assert(isfinite(q) && q >= 0 && groups >= 2 && df >= 1);
    if (q == 0)
        return 1;
    /* W turns from 1 to 0 the quicker, the more groups there are. */
    double step = fmin(fmin(0.13, 0.25 / sqrt(2 * log((double)groups))), 0.41 / sqrt(df));
    struct range range = {q, (double)groups, df}, whole = {0, (double)groups, df};
    /* Far out W(w) falls as exp(−w²/4), so the terms are largest where df ln s − (df/2 + q²/4) s² is. */
    double start = -0.5 * log1p(0.5 * q * q / df);
    return fmin(1, term_sum(&range, start, step) / term_sum(&whole, 0, step));
}

/* A quantile that is wanted. */
struct wanted_range {
    double log_tail, df;
    size_t groups;
};

/* How far ln P(Q > q) lies above ln tail, at q = e^x. */
static double tail_excess(double x, const void *context)
{
    const struct wanted_range *wanted = context;
    double tail = studentised_range_upper(exp(x), wanted->groups, wanted->df);
    return fmax(log(tail), -1e300) - wanted->log_tail;
}

enum undefined studentised_range_quantile_upper(double tail, size_t groups, double df, double *out)
{
    assert(tail > 0 && tail < 1 && groups >= 2 && df >= 1);
    struct wanted_range wanted = {log(tail), df, groups};
    struct real_function excess = {tail_excess, &wanted};
    double k = (double)groups;
    /* Bonferroni's bound over all pairs is never below the quantile, and seldom far above it. */
    double bound = sqrt(2.0) * t_quantile_upper(fmin(0.4, tail / (k * (k - 1))), df);
    double x = 0;
    enum undefined undefined = root_find_near(&excess, log(bound) - 0.05, 0.05, &x);
    if (undefined)
        return undefined;
    *out = exp(x);
    return DEFINED;
}
