/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/ancova.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"

/* Sums of squares and products about a mean. */
struct products {
    double xx, yy, xy;
};

/* What is left of y when x is taken out. */
static double residual(const struct products *products)
{
    return products->xx > 0 ? products->yy - products->xy * (products->xy / products->xx) : products->yy;
}

/* Adds what the distance of two means, weighing n, contributes. */
static void products_add(struct products *products, double n, double x, double y)
{
    products->xx += n * x * x;
    products->yy += n * y * y;
    products->xy += n * x * y;
}

enum undefined ancova_test(const struct ancova_group *groups, size_t count, struct ancova *out)
{
    double n = 0, mean_x = 0, mean_y = 0;
    for (size_t i = 0; i < count; i++) {
        assert(groups[i].n >= 1 && groups[i].variance_x >= 0 && groups[i].variance_y >= 0);
        n += groups[i].n;
    }
    double k = (double)count;
    if (count < 2 || n < k + 2)
        return UNDEFINED_TOO_FEW;
    struct products within = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        mean_x += groups[i].mean_x * (groups[i].n / n);
        mean_y += groups[i].mean_y * (groups[i].n / n);
        within.xx += (groups[i].n - 1) * groups[i].variance_x;
        within.yy += (groups[i].n - 1) * groups[i].variance_y;
        within.xy += (groups[i].n - 1) * groups[i].covariance;
    }
    struct products total = within;
    for (size_t i = 0; i < count; i++)
        products_add(&total, groups[i].n, groups[i].mean_x - mean_x, groups[i].mean_y - mean_y);
    double full = residual(&within), reduced = residual(&total);
    /* What is left of an exact line is rounding. */
    if (within.xx == 0 || full <= 1e-13 * within.yy)
        return UNDEFINED_NO_VARIANCE;
    double f = fmax(0, reduced - full) / (k - 1) / (full / (n - k - 1));
    *out = (struct ancova){.slope = within.xy / within.xx, .f = f, .df1 = k - 1, .df2 = n - k - 1};
    out->p = f_upper(f, out->df1, out->df2);
    return DEFINED;
}
