/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/noncentral_t.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "numeric/distribution.h"
#include "numeric/noncentrality.h"
#include "numeric/root.h"

enum { NODES_HALF = 10, PANELS_MAX = 128, HALVINGS_MAX = 48, WIDENINGS_MAX = 64, ENDS_MAX = 6 };

/* Beyond e^-42 of its peak nothing of the integrand is left in sixteen digits. */
static const double negligible = 42;

/* s is looked for between e^-300 and e^300, and Φ has long reached its ends outside ±1e100. */
static const double lowest = 300, argument_max = 1e100;

/* Far beyond any test there is, and far enough from argument_max for a bracket around it. */
static const double t_max = 1e60;

/* Gauss–Legendre of 20 points on [−1, 1]: the positive nodes and their weights. */
static const struct {
    double node, weight;
} legendre[NODES_HALF] = {
    {0.0765265211334973337546, 0.1527533871307258506980}, {0.2277858511416450780804, 0.1491729864726037467878},
    {0.3737060887154195606725, 0.1420961093183820513292}, {0.5108670019508270980043, 0.1316886384491766268984},
    {0.6360536807265150254528, 0.1181945319615184173123}, {0.7463319064601507926143, 0.1019301198172404350367},
    {0.8391169718222188233945, 0.0832767415767047487247}, {0.9122344282513259058677, 0.0626720483341090635695},
    {0.9639719272779137912676, 0.0406014298003869413310}, {0.9931285991850949247861, 0.0176140071391521183118},
};

/* Φ(slope × s + shift) × f(s) for s > 0, f the density of sqrt(χ²(df)/df); s = origin + u, where the origin is 1
 * when the peak is near it, because s − 1 then needs more digits than s has. */
struct integrand {
    double slope, shift, df;
    double origin;
    double at_origin; /* slope × origin + shift */
};

/* slope × u + constant, rounded once. */
static double argument(const struct integrand *g, double u, double constant)
{
    return fmax(-argument_max, fmin(fma(g->slope, u, constant), argument_max));
}

/* ln of s^(df−1) e^(−df (s²−1)/2): the density f without its constant. */
static double density_exponent(double s, double from_one, double df)
{
    if (from_one > -0.5 && from_one < 1)
        return df * (log1p_minus(from_one) - 0.5 * from_one * from_one) - log1p(from_one);
    return (df - 1) * log(s) - 0.5 * df * (s * s - 1);
}

/* The constant that belongs to it: 2 (df/2)^(df/2) e^(−df/2) / Γ(df/2). */
static double density_constant(double df)
{
    double a = 0.5 * df;
    if (a < 16)
        return 2 * pow(a, a) * exp(-a) / tgamma(a);
    double r = 1 / (a * a); /* Stirling's series of ln Γ */
    double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * 691 / 360360))))) / a;
    return 2 * sqrt(a / 6.283185307179586476925) * exp(-series);
}

/* The integrand, without the constant, at s = origin + u. */
static double integrand_at(const struct integrand *g, double u)
{
    double s = g->origin + u;
    double from_one = g->origin == 1 ? u : s - 1;
    return normal_lower(argument(g, u, g->at_origin)) * exp(density_exponent(s, from_one, g->df));
}

/* ln of it, for finding the peak and its width. */
static double integrand_log(const struct integrand *g, double s)
{
    return normal_lower_log(argument(g, s, g->shift)) + density_exponent(s, s - 1, g->df);
}

/* φ(x)/Φ(x), roughly: it only serves to find where to integrate. */
static double mills_inverse(double x)
{
    if (x < -20)
        return -x - 1 / x;
    return exp(-0.5 * x * x - 0.918938533204672742 - normal_lower_log(x));
}

/* s times the derivative of the logarithm, at s = e^y; it changes sign at the peak and nowhere else. */
static double peak_excess(double y, const void *context)
{
    const struct integrand *g = context;
    double s = exp(y);
    return g->df * (1 - s * s) - 1 + g->slope * s * mills_inverse(argument(g, s, g->shift));
}

/* The integral over one panel by 20 points. */
static double panel_integral(const struct integrand *g, double from, double to)
{
    double middle = 0.5 * (from + to), half = 0.5 * (to - from);
    double sum = 0;
    for (int i = 0; i < NODES_HALF; i++) {
        double step = half * legendre[i].node;
        sum += legendre[i].weight * (integrand_at(g, middle - step) + integrand_at(g, middle + step));
    }
    return half * sum;
}

struct panel {
    double from, to, value;
    int halvings;
};

/* Halves panels until a halving no longer changes the integral.
 * takes   ends  ascending; between two of them the integrand has no feature that 20 points could miss */
static double adaptive_integral(const struct integrand *g, const double *ends, size_t end_count)
{
    struct panel stack[PANELS_MAX];
    size_t height = 0;
    double total = 0, sum = 0;
    for (size_t i = 0; i + 1 < end_count; i++) {
        stack[height] = (struct panel){ends[i], ends[i + 1], panel_integral(g, ends[i], ends[i + 1]), 0};
        total += stack[height++].value;
    }
    while (height > 0) {
        struct panel panel = stack[--height];
        double middle = 0.5 * (panel.from + panel.to);
        double left = panel_integral(g, panel.from, middle);
        double right = panel_integral(g, middle, panel.to);
        if (!(fabs(left + right - panel.value) > 1e-13 * total + DBL_MIN) || panel.halvings == HALVINGS_MAX) {
            sum += left + right;
            continue;
        }
        stack[height++] = (struct panel){panel.from, middle, left, panel.halvings + 1};
        stack[height++] = (struct panel){middle, panel.to, right, panel.halvings + 1};
    }
    return sum;
}

/* How far from the peak, in one direction, the integrand is negligible; steps begin with the peak's width. */
static double reach(const struct integrand *g, double peak, double width)
{
    double floor = integrand_log(g, peak) - negligible;
    for (int i = 0; i < WIDENINGS_MAX; i++) {
        if (peak + width <= 0)
            return 0;
        if (integrand_log(g, peak + width) < floor)
            break;
        width *= 1.5;
    }
    return peak + width;
}

/* Where to cut the range first: at the peak, and around the place where Φ turns from 0 to 1. */
static size_t cut(const struct integrand *g, double from, double peak, double to, double ends[ENDS_MAX])
{
    double turn = -g->shift / g->slope, turn_width = 8 / fabs(g->slope);
    const double inner[] = {peak, turn - turn_width, turn, turn + turn_width};
    size_t count = 0;
    ends[count++] = from;
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++) {
        if (!(inner[i] > from && inner[i] < to))
            continue;
        size_t place = count++;
        for (; ends[place - 1] > inner[i]; place--)
            ends[place] = ends[place - 1];
        ends[place] = inner[i];
    }
    ends[count++] = to;
    for (size_t i = 0; i < count; i++)
        ends[i] -= g->origin;
    return count;
}

/* ∫ Φ(slope × s + shift) f(s) ds over s > 0. */
static double mixture(double slope, double shift, double df)
{
    struct integrand g = {.slope = slope, .shift = shift, .df = df};
    struct real_function excess = {peak_excess, &g};
    double log_peak = 0;
    /* Without a peak inside (df = 1), the integrand falls from s = 0 on. */
    double peak = root_find(&excess, -lowest, lowest, &log_peak) == DEFINED ? exp(log_peak) : exp(-lowest);
    double x = argument(&g, peak, shift);
    double mills = mills_inverse(x);
    double curvature = (df - 1) / (peak * peak) + df + slope * slope * mills * fmax(mills + x, 0);
    double width = 9 / sqrt(curvature);
    double from = reach(&g, peak, -width), to = reach(&g, peak, width);
    g.origin = peak > 0.5 && peak < 2 ? 1 : 0;
    g.at_origin = fma(slope, g.origin, shift);
    double ends[ENDS_MAX];
    size_t end_count = cut(&g, from, peak, to, ends);
    return fmin(density_constant(df) * adaptive_integral(&g, ends, end_count), 1);
}

double noncentral_t_lower(double t, double df, double ncp)
{
    assert(fabs(t) <= argument_max && fabs(ncp) <= argument_max && isfinite(df) && df >= 1);
    if (ncp == 0)
        return t_lower(t, df);
    return t == 0 ? normal_lower(-ncp) : mixture(t, -ncp, df);
}

double noncentral_t_upper(double t, double df, double ncp)
{
    assert(fabs(t) <= argument_max && fabs(ncp) <= argument_max && isfinite(df) && df >= 1);
    if (ncp == 0)
        return t_upper(t, df);
    return t == 0 ? normal_upper(-ncp) : mixture(-t, ncp, df);
}

/* An end of the interval that is wanted. */
struct wanted_end {
    double t, df, z;
    bool low;
};

/* The distance of the tail from the wanted one, on the scale of the normal quantile, where it is nearly
 * a straight line in ncp. */
static double end_excess(double ncp, const void *context)
{
    const struct wanted_end *end = context;
    double tail = end->low ? noncentral_t_upper(end->t, end->df, ncp) : noncentral_t_lower(end->t, end->df, ncp);
    double z = tail <= 0 ? 40 : tail >= 1 ? -40 : normal_quantile_upper(tail);
    return z - end->z;
}

/* The same ends by Brent's method, for where the quick way gives up. */
static enum undefined interval_search(double t, double df, double tail, struct interval *out)
{
    double z = normal_quantile_upper(tail);
    double spread = sqrt(1 + 0.5 * t * t / df);
    struct interval found;
    struct wanted_end end = {.t = t, .df = df, .z = z, .low = true};
    struct real_function excess = {end_excess, &end};
    if (root_find_near(&excess, t - z * spread, 0.05 * spread, &found.low) != DEFINED)
        return UNDEFINED_NOT_CONVERGED;
    end.low = false;
    if (root_find_near(&excess, t + z * spread, 0.05 * spread, &found.high) != DEFINED)
        return UNDEFINED_NOT_CONVERGED;
    *out = found;
    return DEFINED;
}

enum undefined noncentrality_interval(double t, double df, double confidence, struct interval *out)
{
    assert(isfinite(t) && confidence > 0 && confidence < 1);
    if (!(df >= 1))
        return UNDEFINED_TOO_FEW;
    if (fabs(t) > t_max)
        return UNDEFINED_NOT_CONVERGED;
    double tail = 0.5 * (1 - confidence);
    /* P(T' <= t; ncp) = P(T' >= −t; −ncp) */
    const struct wanted_tail wanted[2] = {{.t = t, .tail = tail}, {.t = -t, .tail = tail}};
    double ends[2];
    if (!noncentralities_find(df, wanted, 2, ends))
        return interval_search(t, df, tail, out);
    *out = (struct interval){ends[0], -ends[1]};
    return DEFINED;
}
