/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/tetraclasse_axis.h"

#include <assert.h>
#include <math.h>

/* Sums of the whole stack. */
struct stack {
    double happy, all;
};

/* Adds the rows of all attributes. */
static struct stack stack_of(const struct tetraclasse_counts *counts, size_t count)
{
    struct stack stack = {0, 0};
    for (size_t i = 0; i < count; i++) {
        const struct tetraclasse_counts *c = &counts[i];
        assert(c->good_happy >= 0 && c->good_happy <= c->good_all && c->bad_happy >= 0 && c->bad_happy <= c->bad_all);
        stack.happy += c->good_happy + c->bad_happy;
        stack.all += c->good_all + c->bad_all;
    }
    return stack;
}

/* The share of the inertia that one row adds: its mass times its squared coordinate. */
static double row_inertia(double happy, double all, double q, double total)
{
    if (!(all > 0))
        return 0;
    double distance = happy / all - q;
    return all / total * distance * distance / (q * (1 - q));
}

/* Beyond the cut by more than rounding. */
static bool is_high(double value, double cut, bool *borderline)
{
    bool on_cut = fabs(value - cut) <= 1e-12;
    *borderline = *borderline || on_cut;
    return value > cut && !on_cut;
}

/* The class of a point, given the cuts. */
static void point_classify(struct tetraclasse_point *point, const struct tetraclasse_axis *axis)
{
    bool x_high = is_high(point->x, axis->x_cut, &point->borderline);
    bool y_high = is_high(point->y, axis->y_cut, &point->borderline);
    if (x_high)
        point->of = y_high ? TETRACLASSE_KEY : TETRACLASSE_PLUS;
    else
        point->of = y_high ? TETRACLASSE_BASIC : TETRACLASSE_SECONDARY;
}

enum undefined tetraclasse_place(const struct tetraclasse_counts *counts, size_t count, struct tetraclasse_point *points,
                                 struct tetraclasse_axis *axis)
{
    assert(count >= 1);
    struct stack stack = stack_of(counts, count);
    if (!(stack.all > 0))
        return UNDEFINED_TOO_FEW;
    if (!(stack.happy > 0) || !(stack.happy < stack.all))
        return UNDEFINED_NO_VARIANCE;
    double q = stack.happy / stack.all, scale = sqrt(q * (1 - q));
    *axis = (struct tetraclasse_axis){.happy_share = q};
    for (size_t i = 0; i < count; i++) {
        const struct tetraclasse_counts *c = &counts[i];
        points[i] = (struct tetraclasse_point){.undefined = UNDEFINED_TOO_FEW};
        axis->inertia +=
            row_inertia(c->good_happy, c->good_all, q, stack.all) + row_inertia(c->bad_happy, c->bad_all, q, stack.all);
        if (!(c->good_all > 0) || !(c->bad_all > 0))
            continue;
        points[i].undefined = DEFINED;
        points[i].x = (c->good_happy / c->good_all - q) / scale;
        points[i].y = (q - c->bad_happy / c->bad_all) / scale;
        axis->x_cut += points[i].x;
        axis->y_cut += points[i].y;
        axis->placed++;
    }
    if (axis->placed) {
        axis->x_cut /= (double)axis->placed;
        axis->y_cut /= (double)axis->placed;
    }
    for (size_t i = 0; i < count; i++) {
        if (!points[i].undefined)
            point_classify(&points[i], axis);
    }
    return DEFINED;
}
