/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/shrinkage.h"

#include <assert.h>
#include <math.h>

#include "base/chance.h"
#include "numeric/distribution.h"
#include "numeric/root.h"

#define GRID_END   3.0   /* |t| of the grid: τ from 2e-14 s to 4e13 s */
#define GRID_STEP  0.05  /* of few values; many tell τ more sharply */
#define NEGLIGIBLE 1e-16 /* weight beside the largest that is left out */

struct common_mean common_mean_of(const double *values, const double *variances, size_t count, double between)
{
    double weights = 0, mean = 0;
    for (size_t i = 0; i < count; i++)
        weights += 1 / (variances[i] + between);
    for (size_t i = 0; i < count; i++)
        mean += values[i] * (1 / (variances[i] + between) / weights);
    return (struct common_mean){mean, 1 / sqrt(weights)};
}

double shrunken_value(double value, double variance, double between, double mean)
{
    assert(variance > 0 && between >= 0);
    return mean + between / (between + variance) * (value - mean);
}

/* Σ(y − μ)²/(v + τ²) about the common mean at that τ².
 * source  Cochran 1954   [F115] */
static double heterogeneity(const double *values, const double *variances, size_t count, double between)
{
    double mean = common_mean_of(values, variances, count, between).mean, sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (values[i] - mean) * (values[i] - mean) / (variances[i] + between);
    return sum;
}

/* Stops at what no caller may give. */
static void assert_values(const double *values, const double *variances, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert(isfinite(values[i]) && isfinite(variances[i]) && variances[i] > 0);
}

enum undefined dersimonian_laird(const double *values, const double *variances, size_t count, double *out)
{
    assert_values(values, variances, count);
    if (count < 2)
        return UNDEFINED_TOO_FEW;
    double weights = 0, squares = 0;
    for (size_t i = 0; i < count; i++)
        weights += 1 / variances[i];
    for (size_t i = 0; i < count; i++)
        squares += 1 / variances[i] * (1 / variances[i] / weights);
    double excess = heterogeneity(values, variances, count, 0) - (double)(count - 1);
    *out = excess > 0 && weights > squares ? excess / (weights - squares) : 0;
    return DEFINED;
}

/* What Paule and Mandel's root is looked for in. */
struct spread {
    const double *values, *variances;
    size_t count;
};

/* How far the heterogeneity at τ² lies above its expectation. */
static double spread_excess(double between, const void *context)
{
    const struct spread *spread = context;
    return heterogeneity(spread->values, spread->variances, spread->count, between) - (double)(spread->count - 1);
}

enum undefined paule_mandel(const double *values, const double *variances, size_t count, double *out)
{
    assert_values(values, variances, count);
    if (count < 2)
        return UNDEFINED_TOO_FEW;
    struct spread spread = {values, variances, count};
    if (spread_excess(0, &spread) <= 0) {
        *out = 0;
        return DEFINED;
    }
    /* At τ² = Σ(y − ȳ)² the heterogeneity is at most 1, so at most k − 1. */
    double mean = 0, high = 0;
    for (size_t i = 0; i < count; i++)
        mean += values[i] / (double)count;
    for (size_t i = 0; i < count; i++)
        high += (values[i] - mean) * (values[i] - mean);
    struct real_function excess = {spread_excess, &spread};
    return root_find(&excess, 0, high, out);
}

/* The scale of the grid: near the error of a value and the spread of the values, whichever is larger. */
static double grid_scale(const double *values, const double *variances, size_t count)
{
    double mean = 0, squares = 0, precision = 0;
    for (size_t i = 0; i < count; i++) {
        mean += values[i] / (double)count;
        precision += 1 / variances[i] / (double)count;
    }
    for (size_t i = 0; i < count; i++)
        squares += (values[i] - mean) * (values[i] - mean) / (double)(count - 1);
    return sqrt(squares + 1 / precision);
}

/* ln of what is known of τ at one place, up to a constant: √V_μ Π (v + τ²)^−½ exp(−½ heterogeneity).
 * source  Gelman et al. 2013, eq. 5.21   [F115] */
static double posterior_log_density(const double *values, const double *variances, size_t count, double between)
{
    double sum = log(common_mean_of(values, variances, count, between).se);
    for (size_t i = 0; i < count; i++)
        sum -= 0.5 * log(variances[i] + between);
    return sum - 0.5 * heterogeneity(values, variances, count, between);
}

/* Makes the weights add to 1 and leaves out those that do not count.
 * takes   weights  [count] logarithms
 * gives   how many are left */
static size_t weights_scale(double *weights, double *deviations, size_t count)
{
    double largest = weights[0], sum = 0;
    for (size_t i = 1; i < count; i++)
        largest = fmax(largest, weights[i]);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = exp(weights[i] - largest);
        if (weight < NEGLIGIBLE)
            continue;
        deviations[kept] = deviations[i];
        weights[kept++] = weight;
        sum += weight;
    }
    for (size_t i = 0; i < kept; i++)
        weights[i] /= sum;
    return kept;
}

enum status posterior_create(struct ctx *ctx, const double *values, const double *variances, size_t count, struct posterior **out)
{
    assert(count >= 3);
    assert_values(values, variances, count);
    const double pi = 3.14159265358979323846;
    /* ln τ is known to about 1/√(2k), and the steps must be shorter. */
    double step = fmin(GRID_STEP, 0.5 / pi / sqrt(2 * (double)count));
    size_t half = (size_t)(GRID_END / step), grid_count = 2 * half + 1;
    struct posterior *posterior = arena_alloc(ctx->arena, sizeof *posterior);
    double *deviations = arena_array(ctx->arena, grid_count, sizeof *deviations);
    double *weights = arena_array(ctx->arena, grid_count, sizeof *weights);
    struct common_mean *means = arena_array(ctx->arena, grid_count, sizeof *means);
    if (!posterior || !deviations || !weights || !means)
        return ctx_no_memory(ctx);
    double scale = grid_scale(values, variances, count);
    for (size_t i = 0; i < grid_count; i++) {
        double t = ((double)i - (double)half) * step;
        double deviation = deviations[i] = scale * exp(pi * sinh(t));
        double density = posterior_log_density(values, variances, count, deviation * deviation);
        weights[i] = density + log(deviation) + log(cosh(t));
    }
    size_t kept = weights_scale(weights, deviations, grid_count);
    for (size_t i = 0; i < kept; i++)
        means[i] = common_mean_of(values, variances, count, deviations[i] * deviations[i]);
    *posterior = (struct posterior){count, values, variances, kept, deviations, weights, means};
    *out = posterior;
    return STATUS_OK;
}

/* The normal distribution of one true value given τ. */
struct given {
    double mean, deviation;
};

/* source  Gelman et al. 2013, eq. 5.17 and 5.20, μ integrated out   [F115] */
static struct given given_deviation(const struct posterior *posterior, size_t which, size_t at)
{
    double variance = posterior->variances[which];
    double between = posterior->deviations[at] * posterior->deviations[at];
    double own = between / (between + variance), rest = variance / (between + variance) * posterior->means[at].se;
    double mean = shrunken_value(posterior->values[which], variance, between, posterior->means[at].mean);
    return (struct given){mean, sqrt(own * variance + rest * rest)};
}

/* A quantile that is wanted of one true value. */
struct wanted_value {
    const struct posterior *posterior;
    size_t which;
    double tail;
    bool upper;
};

/* How far the chance of lying beyond x lies above the wanted tail. */
static double value_tail_excess(double x, const void *context)
{
    const struct wanted_value *wanted = context;
    double sum = 0;
    for (size_t i = 0; i < wanted->posterior->grid_count; i++) {
        struct given given = given_deviation(wanted->posterior, wanted->which, i);
        double z = (x - given.mean) / given.deviation;
        sum += wanted->posterior->weights[i] * (wanted->upper ? normal_upper(z) : normal_lower(z));
    }
    return sum - wanted->tail;
}

enum undefined posterior_interval(const struct posterior *posterior, size_t which, double confidence, struct interval *out)
{
    assert(which < posterior->count && confidence > 0 && confidence < 1);
    struct wanted_value wanted = {posterior, which, 0.5 * (1 - confidence), false};
    struct real_function excess = {value_tail_excess, &wanted};
    struct given middle = given_deviation(posterior, which, posterior->grid_count / 2);
    double width = normal_quantile_upper(wanted.tail) * middle.deviation;
    struct interval found;
    enum undefined undefined = root_find_near(&excess, middle.mean - width, middle.deviation, &found.low);
    wanted.upper = true;
    if (!undefined)
        undefined = root_find_near(&excess, middle.mean + width, middle.deviation, &found.high);
    if (!undefined)
        *out = found;
    return undefined;
}

/* The grid place that a uniform number falls on.
 * takes   uniform  in (0, 1) */
static size_t grid_place(const struct posterior *posterior, double uniform)
{
    size_t at = 0;
    while (at + 1 < posterior->grid_count && uniform > posterior->weights[at])
        uniform -= posterior->weights[at++];
    return at;
}

void posterior_draw(const struct posterior_draws *draws, uint32_t number, double *values)
{
    const struct posterior *posterior = draws->posterior;
    uint64_t index = number * ((uint64_t)posterior->count + 2);
    size_t at = grid_place(posterior, chance_uniform(draws->seed, draws->stream, index));
    double between = posterior->deviations[at] * posterior->deviations[at];
    double z = normal_quantile_upper(chance_uniform(draws->seed, draws->stream, index + 1));
    double mean = posterior->means[at].mean + z * posterior->means[at].se;
    for (size_t i = 0; i < posterior->count; i++) {
        double variance = posterior->variances[i], own = between / (between + variance);
        z = normal_quantile_upper(chance_uniform(draws->seed, draws->stream, index + 2 + i));
        /* Less μ, so that a small τ still tells the units apart. */
        values[i] = own * (posterior->values[i] - mean) + sqrt(own * variance) * z;
    }
}

struct interval funnel_limits(double mean, double variance, double tail)
{
    double half = normal_quantile_upper(tail) * sqrt(variance);
    return (struct interval){mean - half, mean + half};
}
