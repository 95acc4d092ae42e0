/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/noncentrality.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"

/* Derivatives of the tail that are used, how often a guess is mended, and how often the points are doubled. */
enum { NODES_MAX = 512, DERIVATIVES = 8, PASSES_MAX = 8, NEWTON_STEPS = 8, GRIDS = 2 };

/* The step in y, in widths of the narrower of the density and of Φ: the trapezoid rule errs by about 2 e^(−2π²/0.5²). */
static const double step_widths = 0.5;

/* Beyond e^-38 of the tail nothing is left in sixteen digits. */
static const double negligible = 38;

/* The rule errs by about the square of what every other point alone would err by. */
static const double halves_differ_most = 1e-7;

/* How far from the guess Taylor's series stands for the tail (0.05^9/9! is 5e-18), and how far one step goes. */
static const double series_reach = 0.05, step_farthest = 2;

/* With fewer degrees of freedom the density of y falls too slowly on one side. */
static const double df_least = 3;

/* Below it the derivative of both tails together, 0 at 0, is no guide. */
static const double both_from = 0.5;

/* Points of s, each for its share of the distribution. */
struct chi_nodes {
    size_t count;
    double from_one[NODES_MAX]; /* s − 1, ascending */
    double weight[NODES_MAX];   /* they sum to 1 */
};

/* e^(2y)/2 − ½ − y: how −ln of the density of y, for one degree of freedom, grows from its peak at 0. */
static double fall(double y)
{
    /* 2^(k+1)/(k+2)!, from k = 11 down */
    static const double coefficients[] = {4096 / 6227020800.0, 2048 / 479001600.0, 1024 / 39916800.0, 512 / 3628800.0,
                                          256 / 362880.0,      128 / 40320.0,      64 / 5040.0,       32 / 720.0,
                                          16 / 120.0,          8 / 24.0,           4 / 6.0,           1};
    if (fabs(y) > 0.125)
        return 0.5 * expm1(2 * y) - y;
    double sum = 0;
    for (size_t i = 0; i < sizeof coefficients / sizeof *coefficients; i++)
        sum = sum * y + coefficients[i];
    return y * y * sum;
}

/* Points on one side of the peak, outwards, until they weigh nothing.
 * gives   how many; room + 1 when there are more */
static size_t side_fill(double df, double step, double floor, size_t room, double *from_one, double *weight)
{
    for (size_t i = 0;; i++) {
        double y = step * (double)(i + 1);
        double exponent = df * fall(y);
        if (exponent > floor)
            return i;
        if (i == room)
            return room + 1;
        from_one[i] = expm1(y);
        weight[i] = exp(-exponent);
    }
}

/* Turns an array round. */
static void reverse(double *numbers, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        double kept = numbers[i];
        numbers[i] = numbers[count - 1 - i];
        numbers[count - 1 - i] = kept;
    }
}

/* Makes the weights sum to 1.
 * gives   false when every other point alone gives another sum */
static bool weights_finish(struct chi_nodes *nodes)
{
    double halves[2] = {0, 0};
    for (size_t i = 0; i < nodes->count; i++)
        halves[i % 2] += nodes->weight[i];
    double sum = halves[0] + halves[1];
    for (size_t i = 0; i < nodes->count; i++)
        nodes->weight[i] /= sum;
    return fabs(halves[0] - halves[1]) <= halves_differ_most * sum;
}

/* Points close enough for Φ(ncp − t s) and far enough out for tails down to `tail`.
 * gives   false when there is no room for so many, or they are too few */
static bool nodes_make(double df, double t, double tail, double widths, struct chi_nodes *out)
{
    double step = widths / sqrt(2 * df + t * t) / (1 + 4 / df);
    double floor = negligible - log(tail);
    size_t room = NODES_MAX - 1;
    size_t below = side_fill(df, -step, floor, room, out->from_one, out->weight);
    if (below > room)
        return false;
    reverse(out->from_one, below);
    reverse(out->weight, below);
    out->from_one[below] = 0;
    out->weight[below] = 1;
    room -= below;
    size_t above = side_fill(df, step, floor, room, &out->from_one[below + 1], &out->weight[below + 1]);
    if (above > room)
        return false;
    out->count = below + 1 + above;
    return weights_finish(out);
}

/* A tail, by even and by odd points, and its derivatives by ncp, the k-th over k!. */
struct tail_series {
    double halves[2];
    double terms[DERIVATIVES + 1];
};

/* Adds weight × Φ(−x) and its derivatives; x falls as ncp grows (direction 1), or grows with it (−1). */
static void series_add(struct tail_series *series, double weight, double x, double direction, size_t half)
{
    series->halves[half] += 0.5 * weight * erfc(0.707106781186547524401 * x);
    double before = 0, hermite = direction * weight * exp(-0.5 * x * x); /* He_(k−1)(x) × the density, without its constant */
    for (int k = 1; k <= DERIVATIVES; k++) {
        series->terms[k] += hermite;
        double next = direction * x * hermite - (k - 1) * before;
        before = hermite;
        hermite = next;
    }
}

/* The tail at ncp = t + offset.
 * gives   false when the points are too few for it */
static bool series_fill(const struct chi_nodes *nodes, const struct wanted_tail *wanted, double offset, struct tail_series *out)
{
    *out = (struct tail_series){.halves = {0, 0}};
    for (size_t i = 0; i < nodes->count; i++) {
        double moved = wanted->t * nodes->from_one[i];
        series_add(out, nodes->weight[i], moved - offset, 1, i % 2);
        if (wanted->both)
            series_add(out, nodes->weight[i], moved + 2 * wanted->t + offset, -1, i % 2);
    }
    out->terms[0] = out->halves[0] + out->halves[1];
    double scale = 0.398942280401432677940;
    for (int k = 1; k <= DERIVATIVES; k++) {
        scale /= k;
        out->terms[k] *= scale;
    }
    return fabs(out->halves[0] - out->halves[1]) <= halves_differ_most * out->terms[0];
}

/* How far from the guess the series reaches the tail, by Newton's method; the first step alone when that is far. */
static double series_solve(const struct tail_series *series, double tail)
{
    double step = (tail - series->terms[0]) / series->terms[1];
    for (int i = 0; i < NEWTON_STEPS && fabs(step) < 2 * series_reach; i++) {
        double value = 0, slope = 0;
        for (int k = DERIVATIVES; k > 0; k--) {
            slope = slope * step + k * series->terms[k];
            value = (value + series->terms[k]) * step;
        }
        double change = (tail - series->terms[0] - value) / slope;
        step += change;
        if (fabs(change) <= 1e-17)
            break;
    }
    return step;
}

/* The non-centrality of one tail, from a guess. */
static bool find(const struct chi_nodes *nodes, const struct wanted_tail *wanted, double guess, double *out)
{
    double offset = guess - wanted->t;
    for (int pass = 0; pass < PASSES_MAX; pass++) {
        struct tail_series series;
        if (!series_fill(nodes, wanted, offset, &series) || !(series.terms[1] > 0))
            return false;
        double step = series_solve(&series, wanted->tail);
        offset += fmax(-step_farthest, fmin(step, step_farthest));
        if (fabs(step) <= series_reach) {
            *out = wanted->t + offset;
            return !wanted->both || *out > both_from;
        }
    }
    return false;
}

bool noncentralities_find(double df, const struct wanted_tail *wanted, size_t count, double *out)
{
    assert(df >= 1 && isfinite(df) && count > 0);
    double smallest = 1, t = wanted[0].t;
    for (size_t i = 0; i < count; i++) {
        assert(wanted[i].tail > 0 && wanted[i].tail < 1 && fabs(wanted[i].t) == fabs(t) && isfinite(t));
        smallest = fmin(smallest, wanted[i].tail);
    }
    bool found = false;
    if (df < df_least)
        return false;
    double spread = sqrt(1 + 0.5 * t * t / df);
    for (int grid = 0; grid < GRIDS && !found; grid++) {
        struct chi_nodes nodes;
        found = nodes_make(df, t, smallest, grid ? 0.5 * step_widths : step_widths, &nodes);
        for (size_t i = 0; i < count && found; i++) {
            double guess = wanted[i].t * (1 - 0.25 / df) - normal_quantile_upper(wanted[i].tail) * spread;
            found = find(&nodes, &wanted[i], guess, &out[i]);
        }
    }
    return found;
}
