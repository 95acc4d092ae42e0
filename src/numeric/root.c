/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/root.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

enum { STEPS_MAX = 200, DOUBLINGS_MAX = 60 };

/* The state of Brent's method: best is the latest and best point, across stands on the other side of the root. */
struct bracket {
    double best, best_value;
    double previous, previous_value;
    double across, across_value;
    double step, step_before;
};

/* Keeps the point with the smaller value in `best`, and one of the other sign in `across`. */
static void bracket_order(struct bracket *b)
{
    if ((b->best_value > 0) == (b->across_value > 0)) {
        b->across = b->previous;
        b->across_value = b->previous_value;
        b->step = b->step_before = b->best - b->previous;
    }
    if (fabs(b->across_value) < fabs(b->best_value)) {
        b->previous = b->best;
        b->previous_value = b->best_value;
        b->best = b->across;
        b->best_value = b->across_value;
        b->across = b->previous;
        b->across_value = b->previous_value;
    }
}

/* The step by inverse quadratic interpolation (secant while only two points are known), or by bisection
 * when that does not shrink the bracket fast enough. */
static void bracket_propose(struct bracket *b, double tolerance)
{
    double middle = 0.5 * (b->across - b->best);
    if (fabs(b->step_before) < tolerance || fabs(b->previous_value) <= fabs(b->best_value)) {
        b->step = b->step_before = middle;
        return;
    }
    double s = b->best_value / b->previous_value;
    double p, q;
    if (b->previous == b->across) {
        p = 2 * middle * s;
        q = 1 - s;
    } else {
        double r = b->best_value / b->across_value;
        double v = b->previous_value / b->across_value;
        p = s * (2 * middle * v * (v - r) - (b->best - b->previous) * (r - 1));
        q = (v - 1) * (r - 1) * (s - 1);
    }
    if (p > 0)
        q = -q;
    p = fabs(p);
    if (2 * p < fmin(3 * middle * q - fabs(tolerance * q), fabs(b->step_before * q))) {
        b->step_before = b->step;
        b->step = p / q;
    } else {
        b->step = b->step_before = middle;
    }
}

/* Brent's method between two points whose values are known. */
static enum undefined search(const struct real_function *function, struct bracket b, double *out)
{
    if (b.previous_value == 0) {
        *out = b.previous;
        return DEFINED;
    }
    if (b.best_value != 0 && (b.previous_value > 0) == (b.best_value > 0))
        return UNDEFINED_NOT_CONVERGED;
    b.across = b.previous;
    b.across_value = b.previous_value;
    b.step = b.step_before = b.best - b.previous;
    for (int i = 0; i < STEPS_MAX; i++) {
        bracket_order(&b);
        double tolerance = 2 * DBL_EPSILON * fabs(b.best) + DBL_MIN;
        if (b.best_value == 0 || fabs(0.5 * (b.across - b.best)) <= tolerance) {
            *out = b.best;
            return DEFINED;
        }
        bracket_propose(&b, tolerance);
        b.previous = b.best;
        b.previous_value = b.best_value;
        b.best += fabs(b.step) > tolerance ? b.step : copysign(tolerance, b.across - b.best);
        b.best_value = function->at(b.best, function->context);
    }
    return UNDEFINED_NOT_CONVERGED;
}

enum undefined root_find(const struct real_function *function, double low, double high, double *out)
{
    struct bracket b = {.previous = low, .best = high};
    b.previous_value = function->at(low, function->context);
    b.best_value = function->at(high, function->context);
    return search(function, b, out);
}

enum undefined root_find_near(const struct real_function *function, double guess, double step, double *out)
{
    struct bracket b = {.previous = guess - step, .best = guess + step};
    b.previous_value = function->at(b.previous, function->context);
    b.best_value = function->at(b.best, function->context);
    for (int i = 0; i < DOUBLINGS_MAX && (b.previous_value > 0) == (b.best_value > 0); i++) {
        step *= 2;
        b.previous = guess - step;
        b.best = guess + step;
        b.previous_value = function->at(b.previous, function->context);
        b.best_value = function->at(b.best, function->context);
    }
    return search(function, b, out);
}
