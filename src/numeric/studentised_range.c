/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/studentised_range.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"
#include "numeric/root.h"

#define NEGLIGIBLE 1e-17 /* a term this small beside the sum ends a walk */
#define STEPS_MAX  100000
#define PIECE      0.75 /* length of a piece of W */

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

/* W(w) exp(w²/4): neither factor alone is smooth enough over the whole range. */
static double range_scaled(double w, double groups)
{
    return range_tail(w, groups) * exp(0.25 * w * w);
}

void studentised_range_open(size_t groups, struct studentised_range *out)
{
    assert(groups >= 2);
    const double pi = 3.14159265358979323846;
    out->groups = groups;
    for (unsigned p = 0; p < RANGE_PIECES; p++) {
        double values[RANGE_ORDER];
        for (unsigned j = 0; j < RANGE_ORDER; j++)
            values[j] = range_scaled(PIECE * (p + 0.5 + 0.5 * cos(pi * (j + 0.5) / RANGE_ORDER)), (double)groups);
        for (unsigned n = 0; n < RANGE_ORDER; n++) {
            double sum = 0;
            for (unsigned j = 0; j < RANGE_ORDER; j++)
                sum += values[j] * cos(pi * n * (j + 0.5) / RANGE_ORDER);
            out->pieces[p][n] = (n ? 2.0 : 1.0) / RANGE_ORDER * sum;
        }
    }
}

/* W(w) by its polynomials; beyond them by the integral itself.
 * source  Clenshaw 1955 */
static double range_tail_at(const struct studentised_range *range, double w)
{
    if (w >= PIECE * RANGE_PIECES)
        return range_tail(w, (double)range->groups);
    unsigned p = (unsigned)(w / PIECE);
    p = p < RANGE_PIECES ? p : RANGE_PIECES - 1;
    double x = 2 * (w / PIECE - p) - 1, before = 0, last = 0;
    for (unsigned n = RANGE_ORDER - 1; n > 0; n--) {
        double next = 2 * x * last - before + range->pieces[p][n];
        before = last;
        last = next;
    }
    double scaled = x * last - before + range->pieces[p][0];
    return fmin(1, scaled * exp(-0.25 * w * w));
}

/* The density of ln s at x, without its constant. */
static double deviation_density(double x, double df)
{
    double log_density = x < -1 ? x + 0.5 - 0.5 * exp(2 * x) : 0.5 * log1p_minus(expm1(2 * x));
    return exp(df * log_density);
}

/* The outer integral. */
struct outer {
    const struct studentised_range *range;
    double q, df;
};

/* One term of the outer integral; with q = 0 the density alone. */
static double term(const struct outer *outer, double x)
{
    double density = deviation_density(x, outer->df);
    return outer->q == 0 || density == 0 ? density : density * range_tail_at(outer->range, outer->q * exp(x));
}

/* Σ of the terms on both sides of the place where they are largest, or rise to the largest. */
static double term_sum(const struct outer *outer, double start, double step)
{
    double sum = term(outer, start);
    for (int side = -1; side <= 1; side += 2) {
        for (int i = 1; i < STEPS_MAX; i++) {
            double more = term(outer, start + side * i * step);
            sum += more;
            if (more <= NEGLIGIBLE * sum)
                break;
        }
    }
    return sum;
}

double studentised_range_upper(const struct studentised_range *range, double q, double df)
{
    assert(isfinite(q) && q >= 0 && df >= 1);
    if (q == 0)
        return 1;
    /* W turns from 1 to 0 the quicker, the more groups there are. */
    double step = fmin(fmin(0.13, 0.25 / sqrt(2 * log((double)range->groups))), 0.41 / sqrt(df));
    struct outer outer = {range, q, df}, whole = {range, 0, df};
    /* Far out W(w) falls as exp(−w²/4), so the terms are largest where df ln s − (df/2 + q²/4) s² is. */
    double start = -0.5 * log1p(0.5 * q * q / df);
    return fmin(1, term_sum(&outer, start, step) / term_sum(&whole, 0, step));
}

/* A quantile that is wanted. */
struct wanted_range {
    const struct studentised_range *range;
    double log_tail, df;
};

/* How far ln P(Q > q) lies above ln tail, at q = e^x. */
static double tail_excess(double x, const void *context)
{
    const struct wanted_range *wanted = context;
    double tail = studentised_range_upper(wanted->range, exp(x), wanted->df);
    return fmax(log(tail), -1e300) - wanted->log_tail;
}

enum undefined studentised_range_quantile_upper(const struct studentised_range *range, double tail, double df, double *out)
{
    assert(tail > 0 && tail < 1 && df >= 1);
    struct wanted_range wanted = {range, log(tail), df};
    struct real_function excess = {tail_excess, &wanted};
    double k = (double)range->groups;
    /* Bonferroni's bound over all pairs is never below the quantile, and seldom far above it. */
    double bound = sqrt(2.0) * t_quantile_upper(fmin(0.4, tail / (k * (k - 1))), df);
    double x = 0;
    enum undefined undefined = root_find_near(&excess, log(bound) - 0.05, 0.05, &x);
    if (undefined)
        return undefined;
    *out = exp(x);
    return DEFINED;
}
