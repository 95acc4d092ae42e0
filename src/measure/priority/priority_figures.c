/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "measure/priority/priority_cases.h"
#include "numeric/relative_importance.h"

#define WORK_DEFAULT 1e9 /* multiplications that 500 replicates of LMG may take without being asked for */

/* The weighted mean of a column.
 * blank   nobody -> UNDEFINED_TOO_FEW */
static enum undefined column_mean(const struct priority_cases *cases, const uint32_t *times, const struct priority_column *column,
                                  double *out)
{
    double sum = 0, all = 0;
    for (uint32_t b = 0; b < cases->bundles.count; b++) {
        double drawn = times ? times[b] : 1;
        sum += drawn * column->sums[b];
        all += drawn * column->weights[b];
    }
    if (!(all > 0))
        return UNDEFINED_TOO_FEW;
    *out = sum / all;
    return DEFINED;
}

/* The weighted covariances of drivers and satisfaction, but for a common factor.
 * takes   total  [stride] room
 * gives   out    [(part_count + 1)²]
 * blank   no more rows than parameters -> UNDEFINED_TOO_FEW */
static enum undefined driver_covariances(const struct priority_cases *cases, const uint32_t *times, double *total, double *out)
{
    const struct priority_drivers *drivers = &cases->drivers;
    size_t k = (size_t)cases->part_count + 1;
    double rows = 0;
    for (size_t c = 0; c < drivers->stride; c++)
        total[c] = 0;
    for (uint32_t b = 0; b < cases->bundles.count; b++) {
        const double *sums = drivers->sums + b * drivers->stride;
        double drawn = times ? times[b] : 1;
        rows += drawn > 0 ? sums[0] : 0;
        for (size_t c = 1; c < drivers->stride && drawn > 0; c++)
            total[c] += drawn * sums[c];
    }
    if (rows <= (double)k)
        return UNDEFINED_TOO_FEW;
    const double *linear = total + 2, *products = linear + k;
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b <= a; b++)
            out[a * k + b] = out[b * k + a] = *products++ - linear[a] * linear[b] / total[1];
    }
    /* What cancels to less than its rounding is constant. */
    for (size_t a = 0; a < k; a++) {
        double *variance = &out[a * k + a], about = linear[a] * linear[a] / total[1];
        *variance = *variance <= 1e-12 * (*variance + about) ? 0 : *variance;
    }
    return DEFINED;
}

/* Each part's share of R²: LMG, above LMG_EXACT_MAX parts Johnson's relative weights.
 * blank   as importance_lmg and importance_johnson;  R² is 0 -> UNDEFINED_NO_VARIANCE
 * source  [F33, F35, F36] */
static enum undefined driver_shares(const struct priority_cases *cases, const uint32_t *times, double *room, double *out)
{
    size_t p = cases->part_count, k = p + 1;
    double *total = room, *covariance = total + cases->drivers.stride, *between = covariance + k * k, *outcome = between + p * p,
           *rest = outcome + p;
    enum undefined undefined = driver_covariances(cases, times, total, covariance);
    if (!undefined)
        undefined = correlations_make(covariance, p, between, outcome);
    if (undefined)
        return undefined;
    const struct correlations correlations = {.count = p, .between = between, .outcome = outcome};
    double sum = 0;
    undefined =
        p <= LMG_EXACT_MAX ? importance_lmg(&correlations, rest, out, &sum) : importance_johnson(&correlations, rest, out);
    if (undefined)
        return undefined;
    sum = 0;
    for (size_t j = 0; j < p; j++)
        sum += out[j];
    if (!(sum > 0))
        return UNDEFINED_NO_VARIANCE;
    for (size_t j = 0; j < p; j++)
        out[j] /= sum;
    return DEFINED;
}

size_t priority_room(const struct priority_cases *cases)
{
    size_t p = cases->part_count, k = p + 1;
    if (cases->source != IMPORTANCE_FROM_DRIVERS || p == 0)
        return 1;
    return cases->drivers.stride + k * k + p * p + p + (p <= LMG_EXACT_MAX ? importance_room(p) : importance_johnson_room(p));
}

/* Notes the first reason. */
static void undefined_keep(enum undefined *kept, enum undefined found)
{
    if (!*kept)
        *kept = found;
}

void priority_figures_find(const struct priority_cases *cases, const uint32_t *times, double *room, struct priority_figures *out)
{
    enum undefined none = cases->part_count ? DEFINED : UNDEFINED_TOO_FEW;
    out->performance_undefined = out->importance_undefined = out->gap_undefined = none;
    for (uint32_t j = 0; j < cases->part_count; j++) {
        const struct priority_part *part = &cases->parts[j];
        undefined_keep(&out->performance_undefined, column_mean(cases, times, &part->performance, &out->performance[j]));
        if (cases->source == IMPORTANCE_FROM_RATING || cases->source == IMPORTANCE_FROM_POINTS)
            undefined_keep(&out->importance_undefined, column_mean(cases, times, &part->importance, &out->importance[j]));
        if (cases->expected)
            undefined_keep(&out->gap_undefined, column_mean(cases, times, &part->gap, &out->gap[j]));
    }
    if (cases->source == IMPORTANCE_FROM_DRIVERS && !none)
        out->importance_undefined = driver_shares(cases, times, room, out->importance);
    if (cases->source == IMPORTANCE_FROM_NOTHING)
        out->importance_undefined = UNDEFINED_TOO_FEW;
    if (!cases->expected)
        out->gap_undefined = UNDEFINED_TOO_FEW;
}

enum status priority_figures_make(struct ctx *ctx, const struct priority_cases *cases, struct priority_figures *out)
{
    double *all = arena_array(ctx->arena, 3 * (size_t)cases->part_count + 1, sizeof *all);
    if (!all)
        return ctx_no_memory(ctx);
    *out = (struct priority_figures){
        .performance = all, .importance = all + cases->part_count, .gap = all + 2 * (size_t)cases->part_count};
    return STATUS_OK;
}

uint32_t priority_replicates(const struct measuring *measuring, const struct priority_cases *cases)
{
    if (measuring->replicates)
        return measuring->replicates;
    bool exact = cases->source == IMPORTANCE_FROM_DRIVERS && cases->part_count <= LMG_EXACT_MAX;
    double work = exact ? ldexp(6.0 + cases->part_count, (int)cases->part_count) : 0;
    return work * PRIORITY_REPLICATES <= WORK_DEFAULT ? PRIORITY_REPLICATES : 0;
}

/* What the workers share, and what each has. */
struct draw_state {
    const struct priority_draw *draw;
    size_t part_count;
    double *memory; /* [worker × memory_each] */
    size_t memory_each;
};

/* One replicate: its means, then what is read from them. */
static enum undefined draw_compute(void *state, unsigned worker, const uint32_t *times, double *out)
{
    const struct draw_state *drawing = state;
    double *memory = drawing->memory + worker * drawing->memory_each;
    size_t p = drawing->part_count;
    struct priority_figures figures = {.performance = memory, .importance = memory + p, .gap = memory + 2 * p};
    priority_figures_find(drawing->draw->cases, times, memory + 5 * p, &figures);
    return drawing->draw->read(drawing->draw->cases, &figures, memory + 3 * p, out);
}

enum status priority_resample(struct ctx *ctx, const struct measuring *measuring, const struct priority_draw *draw,
                              uint64_t stream, struct resampled *out)
{
    const struct priority_bundles *bundles = &draw->cases->bundles;
    uint32_t replicates = priority_replicates(measuring, draw->cases);
    *out = (struct resampled){.kept = 0};
    if (!replicates || !draw->count || bundles->count == 0)
        return STATUS_OK;
    size_t p = draw->cases->part_count, workers = resample_workers(ctx);
    struct draw_state state = {.draw = draw, .part_count = p, .memory_each = 5 * p + priority_room(draw->cases)};
    state.memory = arena_array(ctx->arena, workers * state.memory_each, sizeof *state.memory);
    if (!state.memory)
        return ctx_no_memory(ctx);
    const struct resample_design design = {
        .row_count = bundles->count, .strata = bundles->strata, .stratum_count = bundles->stratum_count};
    const struct resample_figures figures = {.state = &state, .count = draw->count, .compute = draw_compute};
    const struct resample_plan plan = {.replicates = replicates, .seed = measuring->seed, .stream = stream};
    return resample_bootstrap(ctx, &design, &figures, &plan, out);
}

void ranks_find(const double *numbers, size_t count, double *ranks)
{
    for (size_t i = 0; i < count; i++) {
        size_t larger = 0;
        for (size_t j = 0; j < count; j++) {
            double tolerance = 1e-12 * (fabs(numbers[i]) + fabs(numbers[j]));
            larger += numbers[j] > numbers[i] + tolerance;
        }
        ranks[i] = (double)larger + 1;
    }
}

/* Ascending, for qsort. */
static int double_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void replicate_range(const struct resampled *resampled, size_t figure, double confidence, double *work, double ends[2])
{
    size_t kept = resampled->kept;
    for (size_t r = 0; r < kept; r++)
        work[r] = resampled->values[r * resampled->count + figure];
    qsort(work, kept, sizeof *work, double_compare);
    size_t outside = (size_t)floor(0.5 * (1 - confidence) * (double)kept + 1e-9);
    ends[0] = work[outside];
    ends[1] = work[kept - 1 - outside];
}
