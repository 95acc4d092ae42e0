/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/alpha.h"

#include <assert.h>

#include "numeric/distribution.h"

/* The moments that alpha is made of, all over the same denominator. */
struct totals {
    struct wide items; /* Σ of the diagonal */
    struct wide total; /* Σ of all elements */
    size_t constant_count;
};

/* From the block, which leaves out nothing: constant items too. */
static struct totals block_totals(const struct exact_block *block, bool *overflow)
{
    struct totals totals = {wide_from(0), exact_block_total(block, overflow), 0};
    for (size_t i = 0; i < block->count; i++) {
        struct wide variance = exact_block_moment(block, i, i, overflow);
        totals.items = wide_add(totals.items, variance, overflow);
        totals.constant_count += wide_sign(variance) == 0;
    }
    return totals;
}

/* k r̄ / (1 + (k−1) r̄) of the mean correlation. */
static enum undefined standardised_alpha(const struct exact_block *block, double *out)
{
    double sum = 0;
    bool overflow = false;
    for (size_t i = 1; i < block->count; i++) {
        struct wide own = exact_block_moment(block, i, i, &overflow);
        for (size_t j = 0; j < i; j++) {
            struct wide other = exact_block_moment(block, j, j, &overflow);
            if (wide_sign(own) == 0 || wide_sign(other) == 0)
                return UNDEFINED_NO_VARIANCE;
            sum += exact_moment_correlation(exact_block_moment(block, i, j, &overflow), own, other);
        }
    }
    double k = (double)block->count;
    double mean = sum / (0.5 * k * (k - 1));
    double denominator = 1 + (k - 1) * mean;
    /* The correlations of k standardised items whose sum is constant: 0, but for rounding. */
    if (denominator < 1e-12 * k)
        return UNDEFINED_NO_VARIANCE;
    *out = k * mean / denominator;
    return DEFINED;
}

enum undefined feldt_interval(double alpha, double n, size_t k, double confidence, struct interval *out)
{
    assert(alpha <= 1 && confidence > 0 && confidence < 1);
    if (k < 2 || !(n >= 2))
        return UNDEFINED_TOO_FEW;
    double tail = 0.5 * (1 - confidence);
    double df1 = n - 1, df2 = df1 * (double)(k - 1);
    out->low = 1 - (1 - alpha) * f_quantile_upper(tail, df1, df2);
    out->high = 1 - (1 - alpha) * f_quantile_upper(1 - tail, df1, df2);
    return DEFINED;
}

enum undefined cronbach_alpha(const struct exact_block *block, double confidence, struct alpha *out)
{
    if (block->count < 2 || exact_block_too_few(block))
        return UNDEFINED_TOO_FEW;
    bool overflow = false;
    struct totals totals = block_totals(block, &overflow);
    int128 k = (int128)block->count;
    struct wide above = wide_multiply(wide_from(k), wide_subtract(totals.total, totals.items, &overflow), &overflow);
    struct wide below = wide_multiply(wide_from(k - 1), totals.total, &overflow);
    double n = 0;
    if (overflow || exact_effective_count(&block->all, &n) != DEFINED)
        return UNDEFINED_OVERFLOW;
    if (wide_sign(totals.total) == 0)
        return UNDEFINED_NO_VARIANCE;
    *out = (struct alpha){.k = block->count, .constant_count = totals.constant_count, .alpha = wide_ratio(above, below)};
    out->interval_undefined = feldt_interval(out->alpha, n, out->k, confidence, &out->interval);
    out->standardised_undefined = standardised_alpha(block, &out->standardised);
    return DEFINED;
}

enum undefined alpha_of_sums(const struct alpha_sums *sums, double *out)
{
    assert(sums->k >= 2);
    double total = 0, squares = 0, k = (double)sums->k;
    for (size_t j = 0; j < sums->k; j++) {
        total += sums->answers[j];
        squares += sums->answers[j] * sums->answers[j];
    }
    double all = sums->w * sums->squared_total, moment = all - total * total;
    if (!(moment > 1e-12 * all))
        return UNDEFINED_NO_VARIANCE;
    *out = k / (k - 1) * (1 - (sums->w * sums->squares - squares) / moment);
    return DEFINED;
}
