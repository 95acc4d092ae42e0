/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/share_shrinkage.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "base/chance.h"
#include "numeric/distribution.h"
#include "numeric/root.h"

#define GRID_END      2.8
#define GRID_STEP     0.05  /* of few shares; many tell r more sharply */
#define NEGLIGIBLE    1e-14 /* weight beside the largest that is left out */
#define PRECISION_MAX 1e8   /* r = 1e-4: beyond, the shares are one, and the beta functions differences of numbers too large */
#define PRECISION_MIN 1e-8
#define SHARE_EDGE    1e-9 /* an end nearer to 0 or 1 is 0 or 1 */

enum undefined share_spread_find(const double *with, const double *counts, size_t count, struct share_spread *out)
{
    double x = 0, n = 0;
    for (size_t i = 0; i < count; i++) {
        assert(with[i] >= 0 && with[i] <= counts[i] && counts[i] > 0 && isfinite(counts[i]));
        x += with[i];
        n += counts[i];
    }
    if (count < 2)
        return UNDEFINED_TOO_FEW;
    double share = x / n, chi_square = 0, scale = 0;
    if (x == 0 || !(x < n))
        return UNDEFINED_NO_VARIANCE;
    for (size_t i = 0; i < count; i++) {
        double off = with[i] - counts[i] * share;
        chi_square += off * off / (counts[i] * share * (1 - share));
        scale += (counts[i] - 1) * (1 - counts[i] / n);
    }
    if (!(scale > 0))
        return UNDEFINED_NO_VARIANCE;
    double correlation = (chi_square - (double)(count - 1)) / scale;
    double precision = correlation > 0 ? fmax(0, (1 - correlation) / correlation) : 0;
    *out = (struct share_spread){share, chi_square, correlation, precision};
    return DEFINED;
}

double shrunken_share(double with, double count, const struct share_spread *spread)
{
    if (spread->correlation <= 0)
        return spread->share;
    return (with + spread->precision * spread->share) / (count + spread->precision);
}

/* ln of the beta function. */
static double log_beta(double a, double b)
{
    int sign = 0;
    return lgamma_r(a, &sign) + lgamma_r(b, &sign) - lgamma_r(a + b, &sign);
}

/* The common share at one ρ: the more the shares differ in truth, the more alike all units count. */
static double common_share(const struct share_posterior *posterior, double correlation)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < posterior->count; i++) {
        double n = posterior->counts[i], weight = n / fmax(1 + (n - 1) * correlation, correlation);
        sum += weight * (posterior->with[i] / n);
        weights += weight;
    }
    return sum / weights;
}

/* ln of the chance of the observed counts when true shares are beta with mean q and precision M. */
static double log_likelihood(const struct share_posterior *posterior, double precision, double share)
{
    double a = precision * share, b = precision * (1 - share), base = log_beta(a, b), sum = 0;
    for (size_t i = 0; i < posterior->count; i++) {
        double x = posterior->with[i], n = posterior->counts[i];
        sum += log_beta(x + a, n - x + b) - base;
    }
    return sum;
}

/* One step of the grid: r = 1/(1 + e^(−π sinh t)), so that 1 − r keeps its digits.
 * gives   the logarithm of its weight */
static double grid_fill(const struct share_posterior *posterior, double t, double *precision, double *share)
{
    const double pi = 3.14159265358979323846;
    double x = pi * sinh(t);
    double r = 1 / (1 + exp(-x)), rest = 1 / (1 + exp(x));
    *precision = fmin(PRECISION_MAX, fmax(PRECISION_MIN, rest * (1 + r) / (r * r)));
    *share = common_share(posterior, r * r);
    return log_likelihood(posterior, *precision, *share) + log(r) + log(rest) + log(cosh(t));
}

/* Makes the weights add to 1 and leaves out those that do not count.
 * takes   weights  [grid_count] logarithms */
static void grid_scale(struct share_posterior *posterior, double *weights, double *precisions, double *shares)
{
    double largest = weights[0], sum = 0;
    for (size_t i = 1; i < posterior->grid_count; i++)
        largest = fmax(largest, weights[i]);
    size_t kept = 0;
    for (size_t i = 0; i < posterior->grid_count; i++) {
        double weight = exp(weights[i] - largest);
        if (weight < NEGLIGIBLE)
            continue;
        precisions[kept] = precisions[i];
        shares[kept] = shares[i];
        weights[kept++] = weight;
        sum += weight;
    }
    for (size_t i = 0; i < kept; i++)
        weights[i] /= sum;
    posterior->grid_count = kept;
    posterior->precisions = precisions;
    posterior->weights = weights;
    posterior->shares = shares;
}

enum status share_posterior_create(struct ctx *ctx, const double *with, const double *counts, size_t count,
                                   struct share_posterior **out)
{
    assert(count >= 3);
    double step = fmin(GRID_STEP, 0.16 / sqrt(2 * (double)count));
    size_t half = (size_t)(GRID_END / step), grid_count = 2 * half + 1;
    struct share_posterior *posterior = arena_alloc(ctx->arena, sizeof *posterior);
    double *precisions = arena_array(ctx->arena, grid_count, sizeof *precisions);
    double *weights = arena_array(ctx->arena, grid_count, sizeof *weights);
    double *shares = arena_array(ctx->arena, grid_count, sizeof *shares);
    if (!posterior || !precisions || !weights || !shares)
        return ctx_no_memory(ctx);
    *posterior = (struct share_posterior){.count = count, .with = with, .counts = counts, .grid_count = grid_count};
    for (size_t i = 0; i < grid_count; i++)
        weights[i] = grid_fill(posterior, ((double)i - (double)half) * step, &precisions[i], &shares[i]);
    grid_scale(posterior, weights, precisions, shares);
    *out = posterior;
    return STATUS_OK;
}

/* A quantile that is wanted of one true share. */
struct wanted_share {
    const struct share_posterior *posterior;
    size_t which;
    double tail;
    bool upper;
};

/* How far the chance of lying beyond s lies above the wanted tail. */
static double share_tail_excess(double s, const void *context)
{
    const struct wanted_share *wanted = context;
    const struct share_posterior *posterior = wanted->posterior;
    double x = posterior->with[wanted->which], n = posterior->counts[wanted->which], sum = 0;
    for (size_t i = 0; i < posterior->grid_count; i++) {
        double a = x + posterior->precisions[i] * posterior->shares[i];
        double b = n - x + posterior->precisions[i] * (1 - posterior->shares[i]);
        sum += posterior->weights[i] * (wanted->upper ? beta_lower(1 - s, b, a) : beta_lower(s, a, b));
    }
    return sum - wanted->tail;
}

/* Where one tail of one true share begins. */
static enum undefined share_end(struct wanted_share *wanted, bool upper, double *out)
{
    wanted->upper = upper;
    double edge = upper ? 1 - SHARE_EDGE : SHARE_EDGE;
    if (share_tail_excess(edge, wanted) >= 0) {
        *out = upper ? 1 : 0;
        return DEFINED;
    }
    struct real_function excess = {share_tail_excess, wanted};
    return upper ? root_find(&excess, 0, edge, out) : root_find(&excess, edge, 1, out);
}

enum undefined share_posterior_interval(const struct share_posterior *posterior, size_t which, double confidence,
                                        struct interval *out)
{
    assert(which < posterior->count && confidence > 0 && confidence < 1);
    struct wanted_share wanted = {posterior, which, 0.5 * (1 - confidence), false};
    struct interval found;
    enum undefined undefined = share_end(&wanted, false, &found.low);
    if (!undefined)
        undefined = share_end(&wanted, true, &found.high);
    if (!undefined)
        *out = found;
    return undefined;
}

/* ln of one draw of the gamma distribution: chance is a function of seed, stream, index and try alone.
 * needs   shape > 0
 * cost    hardly more than one try
 * source  Marsaglia & Tsang 2000, ACM TOMS 26:3 */
static double log_gamma_draw(uint64_t seed, uint64_t stream, uint64_t index, double shape)
{
    double whole = shape < 1 ? shape + 1 : shape;
    double d = whole - 1.0 / 3, c = 1 / sqrt(9 * d), value = 0;
    for (bool accepted = false; !accepted; seed += 0x9E3779B97F4A7C15u) {
        double x = normal_quantile_upper(chance_uniform(seed, stream, index));
        double v = 1 + c * x;
        v = v * v * v;
        accepted = v > 0 && log(chance_uniform(seed, stream, index + 1)) < 0.5 * x * x + d - d * v + d * log(v);
        value = v > 0 ? log(d * v) : 0;
    }
    /* Below 1 a power of a uniform number leads down from the next shape; its logarithm never ends at 0. */
    return shape < 1 ? value + log(chance_uniform(seed, stream, index + 2)) / shape : value;
}

void share_posterior_draw(const struct share_draws *draws, uint32_t number, double *values)
{
    const struct share_posterior *posterior = draws->posterior;
    uint64_t index = number * (6 * (uint64_t)posterior->count + 1);
    double uniform = chance_uniform(draws->seed, draws->stream, index++);
    size_t at = 0;
    while (at + 1 < posterior->grid_count && uniform > posterior->weights[at])
        uniform -= posterior->weights[at++];
    for (size_t i = 0; i < posterior->count; i++, index += 6) {
        double a = posterior->with[i] + posterior->precisions[at] * posterior->shares[at];
        double b = posterior->counts[i] - posterior->with[i] + posterior->precisions[at] * (1 - posterior->shares[at]);
        values[i] =
            log_gamma_draw(draws->seed, draws->stream, index, a) - log_gamma_draw(draws->seed, draws->stream, index + 3, b);
    }
}
