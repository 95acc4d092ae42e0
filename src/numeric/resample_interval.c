/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/resample_interval.h"

#include <assert.h>
#include <math.h>

#include "numeric/distribution.h"
#include "numeric/double_sort.h"

#define NEAR_SPREAD   1e-12 /* of the spread: the same figure, computed in another order */
#define NEAR_ROUNDING 1e-15

/* The replicates of one figure, sorted. */
struct ordered {
    size_t count;
    const double *values;
    double near; /* figures closer than this are the same */
};

/* fails   STATUS_MEMORY */
static enum status ordered_make(struct ctx *ctx, const struct resample_sample *sample, struct ordered *out)
{
    size_t count = sample->bootstrap->kept;
    double *values = arena_array(ctx->arena, count + 1, sizeof *values);
    if (!values)
        return ctx_no_memory(ctx);
    for (size_t r = 0; r < count; r++)
        values[r] = sample->bootstrap->values[r * sample->bootstrap->count + sample->figure];
    if (doubles_sort(ctx, values, count))
        return STATUS_MEMORY;
    double spread = count ? values[count - 1] - values[0] : 0;
    *out = (struct ordered){count, values, NEAR_SPREAD * spread + NEAR_ROUNDING * fabs(sample->estimate)};
    return STATUS_OK;
}

/* The quantile of a probability: between two order statistics linear in Φ⁻¹.
 * gives   *extreme is set (never cleared) when it is the least or the largest for want of more replicates */
static double quantile(const struct ordered *ordered, double probability, bool *extreme)
{
    double all = (double)ordered->count + 1, place = all * probability;
    double below = floor(place);
    if (below < 1 || below >= (double)ordered->count) {
        *extreme = *extreme || place < 1 || place > (double)ordered->count;
        return ordered->values[below < 1 ? 0 : ordered->count - 1];
    }
    size_t k = (size_t)below;
    double at = normal_quantile_upper(1 - probability), low = normal_quantile_upper(1 - below / all);
    double high = normal_quantile_upper(1 - (below + 1) / all);
    double share = place > below ? (at - low) / (high - low) : 0;
    return ordered->values[k - 1] + share * (ordered->values[k] - ordered->values[k - 1]);
}

/* n − 1 in the denominator, from the least value on, in order. */
static double spread_of(const struct ordered *ordered)
{
    double sum = 0, squares = 0, n = (double)ordered->count;
    for (size_t i = 0; i < ordered->count; i++)
        sum += ordered->values[i] - ordered->values[0];
    double mean = sum / n;
    for (size_t i = 0; i < ordered->count; i++) {
        double d = ordered->values[i] - ordered->values[0] - mean;
        squares += d * d;
    }
    return sqrt(squares / (n - 1));
}

/* Which share of the replicates lies below the estimate; those equal to it count half. */
static double share_below(const struct ordered *ordered, double estimate)
{
    size_t below = 0, equal = 0;
    for (size_t i = 0; i < ordered->count; i++) {
        bool same = fabs(ordered->values[i] - estimate) <= ordered->near;
        equal += same;
        below += !same && ordered->values[i] < estimate;
    }
    return ((double)below + 0.5 * (double)equal) / (double)ordered->count;
}

/* Σu³ / (6 (Σu²)^1.5), u relative to the largest; 0 when no unit moves the figure.
 * source  Efron 1987   [F25] */
static double acceleration_of(const struct resampled *jackknife, size_t figure, double near)
{
    double count = 0, sum = 0, largest = 0, squares = 0, cubes = 0;
    const double *values = jackknife->values + figure;
    for (size_t i = 0; i < jackknife->kept; i++) {
        count += (double)jackknife->weight[i];
        sum += (double)jackknife->weight[i] * (values[i * jackknife->count] - values[0]);
    }
    double mean = values[0] + sum / count;
    for (size_t i = 0; i < jackknife->kept; i++)
        largest = fmax(largest, fabs(mean - values[i * jackknife->count]));
    if (largest <= near)
        return 0;
    for (size_t i = 0; i < jackknife->kept; i++) {
        double u = (mean - values[i * jackknife->count]) / largest, weight = (double)jackknife->weight[i];
        squares += weight * u * u;
        cubes += weight * u * u * u;
    }
    return cubes / (6 * squares * sqrt(squares));
}

/* The end of the interval at a normal quantile z, with bias and acceleration allowed for.
 * gives   false when the denominator is not above 0 */
static bool bca_end(const struct ordered *ordered, const struct resample_interval *interval, double z, bool *extreme, double *out)
{
    double moved = interval->z0 + z, denominator = 1 - interval->acceleration * moved;
    if (!(denominator > 0))
        return false;
    double probability = normal_lower(interval->z0 + moved / denominator);
    *out = quantile(ordered, probability, extreme);
    return true;
}

/* Bias, acceleration and the interval made of them, or the percentile interval and why. */
static void bca_find(const struct resample_sample *sample, const struct ordered *ordered, struct resample_interval *out)
{
    const struct resampled *jackknife = sample->jackknife;
    out->bca = out->percentile;
    double below = share_below(ordered, sample->estimate);
    if (jackknife == NULL || jackknife->failed > 0 || jackknife->kept < 2) {
        out->method = METHOD_PERCENTILE_JACKKNIFE;
        return;
    }
    out->acceleration = acceleration_of(jackknife, sample->figure, ordered->near);
    if (below <= 0 || below >= 1) {
        out->method = METHOD_PERCENTILE_ONE_SIDED;
        return;
    }
    out->z0 = normal_quantile_upper(1 - below);
    double z = normal_quantile_upper(0.5 * (1 - sample->confidence));
    struct interval interval;
    bool extreme = false;
    if (!bca_end(ordered, out, -z, &extreme, &interval.low) || !bca_end(ordered, out, z, &extreme, &interval.high)) {
        out->method = METHOD_PERCENTILE_FAR;
        return;
    }
    out->method = METHOD_BCA;
    out->bca = interval;
    out->extreme = extreme;
}

/* Sorts, and makes the intervals.
 * takes   ctx  its arena is thrown away afterwards
 * fails   STATUS_MEMORY */
static enum status interval_make(struct ctx *ctx, const struct resample_sample *sample, struct resample_interval *out,
                                 enum undefined *undefined)
{
    struct ordered ordered = {.count = 0};
    double tail = 0.5 * (1 - sample->confidence);
    enum status status = ordered_make(ctx, sample, &ordered);
    if (status)
        return status;
    *undefined = UNDEFINED_NO_VARIANCE;
    if (ordered.values[ordered.count - 1] - ordered.values[0] <= ordered.near)
        return STATUS_OK;
    *undefined = DEFINED;
    bool extreme = false;
    double low = quantile(&ordered, tail, &extreme), high = quantile(&ordered, 1 - tail, &extreme);
    *out = (struct resample_interval){
        .se = spread_of(&ordered), .percentile = {low, high}, .basic = {2 * sample->estimate - high, 2 * sample->estimate - low}};
    bca_find(sample, &ordered, out);
    return STATUS_OK;
}

enum status resample_interval_find(struct ctx *ctx, const struct resample_sample *sample, struct resample_interval *out,
                                   enum undefined *undefined)
{
    assert(sample->confidence > 0 && sample->confidence < 1 && sample->figure < sample->bootstrap->count);
    *undefined = UNDEFINED_TOO_FEW;
    double outside = ((double)sample->bootstrap->kept + 1) * 0.5 * (1 - sample->confidence);
    if (outside < 1 - NEAR_ROUNDING * (double)sample->bootstrap->kept)
        return STATUS_OK;
    struct ctx own = *ctx;
    if (arena_create(ctx->arena, &own.arena))
        return ctx_no_memory(ctx);
    enum status status = interval_make(&own, sample, out, undefined);
    arena_destroy(own.arena);
    return status ? ctx_no_memory(ctx) : STATUS_OK;
}
