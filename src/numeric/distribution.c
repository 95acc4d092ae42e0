/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/distribution.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <assert.h>
#include <math.h>

#include "numeric/root.h"

enum { UPPER = 0, LOWER = 1, PLAIN = 0, LOGARITHM = 1 };

double normal_lower(double z)
{
    assert(isfinite(z));
    return pnorm(z, 0, 1, LOWER, PLAIN);
}

double normal_upper(double z)
{
    assert(isfinite(z));
    return pnorm(z, 0, 1, UPPER, PLAIN);
}

double normal_lower_log(double z)
{
    assert(isfinite(z));
    return pnorm(z, 0, 1, LOWER, LOGARITHM);
}

double normal_two_sided(double z)
{
    return 2 * normal_upper(fabs(z));
}

double normal_quantile_upper(double tail)
{
    assert(tail > 0 && tail < 1);
    return qnorm(tail, 0, 1, UPPER, PLAIN);
}

double t_lower(double t, double df)
{
    assert(isfinite(t) && df > 0);
    return pt(t, df, LOWER, PLAIN);
}

double t_upper(double t, double df)
{
    assert(isfinite(t) && df > 0);
    return pt(t, df, UPPER, PLAIN);
}

double t_two_sided(double t, double df)
{
    return 2 * t_upper(fabs(t), df);
}

double t_quantile_upper(double tail, double df)
{
    assert(tail > 0 && tail < 1 && df > 0);
    if (tail > 0.5)
        return -t_quantile_upper(1 - tail, df);
    double t = qt(tail, df, UPPER, PLAIN);
    /* Far out R's qt has only ten digits; Newton on the logarithm of the tail gives the rest. */
    for (int i = 0; i < 2; i++) {
        double log_tail = pt(t, df, UPPER, LOGARITHM);
        double step = (log_tail - log(tail)) * exp(log_tail - dt(t, df, LOGARITHM));
        if (isfinite(step))
            t += step;
    }
    return t;
}

double f_upper(double f, double df1, double df2)
{
    assert(f >= 0 && df1 > 0 && df2 > 0);
    return pf(f, df1, df2, UPPER, PLAIN);
}

double chi_square_upper(double x, double df)
{
    assert(x >= 0 && df > 0);
    return pchisq(x, df, UPPER, PLAIN);
}

double beta_lower(double x, double shape1, double shape2)
{
    assert(x >= 0 && x <= 1 && shape1 > 0 && shape2 > 0);
    return pbeta(x, shape1, shape2, LOWER, PLAIN);
}

double binomial_mass_log(double k, double n, double probability)
{
    assert(k >= 0 && k <= n && probability > 0 && probability < 1);
    return dbinom(k, n, probability, LOGARITHM);
}

double log1p_minus(double x)
{
    assert(x > -1);
    return log1pmx(x);
}

/* A quantile that is wanted: of a distribution with two parameters, by its smaller tail. */
struct wanted {
    double tail; /* at most ½ */
    int side;    /* UPPER or LOWER: which tail that is */
    double a, b;
};

/* How far ln P in the wanted tail lies above ln tail, at f = e^x. */
static double f_tail_excess(double x, const void *context)
{
    const struct wanted *wanted = context;
    return pf(exp(x), wanted->a, wanted->b, wanted->side, LOGARITHM) - log(wanted->tail);
}

/* R's qf is not used: for df2 > 4e5 it takes a chi-square quantile whatever df1 is, and errs in the third digit. */
double f_quantile_upper(double tail, double df1, double df2)
{
    assert(tail > 0 && tail < 1 && df1 > 0 && df2 > 0);
    struct wanted wanted = {tail, UPPER, df1, df2};
    if (tail > 0.5) {
        wanted.tail = 1 - tail;
        wanted.side = LOWER;
    }
    struct real_function excess = {f_tail_excess, &wanted};
    double spread = sqrt(2 / df1 + 2 / df2);
    double x = 0;
    enum undefined undefined = root_find_near(&excess, spread * normal_quantile_upper(tail), spread, &x);
    assert(undefined == DEFINED);
    (void)undefined;
    return exp(x);
}

/* The same for the beta distribution at x = e^y/(1 + e^y). */
static double beta_tail_excess(double y, const void *context)
{
    const struct wanted *wanted = context;
    double log_tail = y < 0 ? pbeta(exp(y) / (1 + exp(y)), wanted->a, wanted->b, wanted->side, LOGARITHM)
                            : pbeta(1 / (1 + exp(y)), wanted->b, wanted->a, !wanted->side, LOGARITHM);
    return fmax(log_tail, -1e300) - log(wanted->tail);
}

/* R's qbeta is not used: it writes warnings to stdout. */
double beta_quantile(double probability, double shape1, double shape2)
{
    assert(probability >= 0 && probability <= 1 && shape1 > 0 && shape2 > 0);
    if (probability == 0 || probability == 1)
        return probability;
    struct wanted wanted = {probability, LOWER, shape1, shape2};
    if (probability > 0.5) {
        wanted.tail = 1 - probability;
        wanted.side = UPPER;
    }
    struct real_function excess = {beta_tail_excess, &wanted};
    double spread = sqrt(1 / shape1 + 1 / shape2);
    double y = 0;
    enum undefined undefined = root_find_near(&excess, log(shape1 / shape2), spread, &y);
    if (undefined != DEFINED) /* nearer to an end than a double can say */
        return (beta_tail_excess(0, &wanted) > 0) == (wanted.side == LOWER) ? 0 : 1;
    return y < 0 ? exp(y) / (1 + exp(y)) : 1 / (1 + exp(-y));
}
