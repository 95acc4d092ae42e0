/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often the verdict on the gap score (F74) is right: simulated studies whose outcome follows the gap, or loses so much by it.
 * Prints what docs/formulas.md quotes. One argument: studies of each kind (500). */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/chance.h"
#include "numeric/cross_moments.h"
#include "numeric/resample.h"
#include "numeric/resample_interval.h"
#include "numeric/response_surface.h"

enum { ITEMS = 4, LARGEST = 1000, POPULATION = 200000, REPLICATES = 400 };

#define EXPLAINED 0.30 /* R² of the true model */

static double x[POPULATION], y[POPULATION], z[POPULATION];
static struct ctx ctx = {.threads = 2};
static uint64_t drawn;

static void give_up(const char *why)
{
    (void)fprintf(stderr, "%s\n", why);
    exit(1);
}

static double normal_draw(void)
{
    double u = chance_uniform(1, 1, drawn++), v = chance_uniform(1, 1, drawn++);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static double mark_draw(double middle)
{
    return fmin(7, fmax(1, rint(middle)));
}

/* Means of four marks on each side, and an outcome that follows perception − weight × expectation. */
static void study_draw(size_t n, double weight, double noise)
{
    for (size_t i = 0; i < n; i++) {
        double person = normal_draw();
        x[i] = y[i] = 0;
        for (int j = 0; j < ITEMS; j++) {
            x[i] += mark_draw(5.5 + .6 * person + 1.1 * normal_draw()) / ITEMS;
            y[i] += mark_draw(4.8 + .5 * person + 1.3 * normal_draw()) / ITEMS;
        }
        z[i] = y[i] - weight * x[i] + noise * normal_draw();
    }
}

/* The loss, as the measure gap_validity has it. */
static enum undefined loss_of_draw(void *state, unsigned worker, const uint32_t *times, double *out)
{
    (void)worker;
    static const size_t difference[] = {SURFACE_DIFFERENCE};
    double room[80], covariance[49], full = 0, gap = 0;
    double rows = moment_groups_gather(state, times, room, covariance);
    struct moment_model model = {.covariance = covariance, .columns = SURFACE_DIFFERENCE + 2, .count = SURFACE_PARAMETERS - 1};
    enum undefined undefined = moment_regression(&model, room, NULL, &full);
    model.chosen = difference;
    model.count = 1;
    if (!undefined)
        undefined = moment_regression(&model, room, NULL, &gap);
    out[0] = (1 - gap) * (rows - 1) / (rows - 2) - (1 - full) * (rows - 1) / (rows - SURFACE_PARAMETERS);
    return undefined;
}

/* The study in x, y, z. */
static struct surface_rows study_rows(size_t n)
{
    return (struct surface_rows){.rows = n, .x = {.values = x}, .y = {.values = y}, .z = {.values = z}, .centre = 4};
}

/* Its models. */
static void study_fit(const struct surface_rows *rows, struct surface_models *models)
{
    if (surface_fit(&ctx, rows, models))
        give_up("no memory");
}

/* The interval of one study: percentiles, moved by what the draws are off the estimate.
 * gives   false when there is none */
static bool loss_interval(size_t n, uint64_t stream, struct interval *out)
{
    struct surface_models models;
    const struct surface_rows rows = study_rows(n);
    study_fit(&rows, &models);
    const struct surface_reading reading = {.rows = &rows, .first = SURFACE_X, .count = SURFACE_DIFFERENCE + 1};
    const struct regression regression = surface_regression(&reading);
    struct moment_groups groups;
    const struct moment_grouping grouping = {.seed = 1, .stream = stream};
    if (models.full.undefined || moment_groups_of(&ctx, &regression, &grouping, &groups))
        return false;
    const struct resample_design design = {.row_count = groups.count};
    const struct resample_figures figures = {.state = &groups, .count = 1, .compute = loss_of_draw};
    const struct resample_plan plan = {.replicates = REPLICATES, .seed = 2, .stream = stream};
    struct resampled resampled;
    double estimate = 0, off = 0;
    enum undefined undefined = DEFINED;
    if (resample_original(&ctx, &design, &figures, &estimate, &undefined) || undefined ||
        resample_bootstrap(&ctx, &design, &figures, &plan, &resampled))
        return false;
    for (size_t r = 0; r < resampled.kept; r++)
        off += (resampled.values[r] - estimate) / (double)resampled.kept;
    const struct resample_sample sample = {.estimate = estimate, .bootstrap = &resampled, .confidence = .95};
    struct resample_interval interval;
    if (resample_interval_find(&ctx, &sample, &interval, &undefined) || undefined)
        return false;
    *out = (struct interval){interval.percentile.low - off, interval.percentile.high - off};
    return true;
}

/* So many studies of n people whose outcome weighs expectation so. */
static void verdicts_print(size_t n, double weight, long studies)
{
    struct surface_models models;
    if (arena_create(NULL, &ctx.arena))
        give_up("no memory");
    study_draw(POPULATION, weight, 0);
    double mean = 0, variance = 0;
    for (size_t i = 0; i < POPULATION; i++)
        mean += z[i] / POPULATION;
    for (size_t i = 0; i < POPULATION; i++)
        variance += (z[i] - mean) * (z[i] - mean) / POPULATION;
    double noise = sqrt(variance * (1 - EXPLAINED) / EXPLAINED);
    const struct surface_rows rows = study_rows(POPULATION);
    study_fit(&rows, &models); /* without noise: what the gap explains of the true model */
    double loss = EXPLAINED * (1 - models.difference.r_squared);
    arena_destroy(ctx.arena);
    unsigned adequate = 0, inadequate = 0, held = 0, judged = 0;
    for (long s = 0; s < studies; s++) {
        struct interval interval;
        if (arena_create(NULL, &ctx.arena))
            give_up("no memory");
        study_draw(n, weight, noise);
        if (loss_interval(n, (uint64_t)s, &interval)) {
            judged++;
            adequate += interval.high < .05;
            inadequate += interval.low > .01 && interval.high >= .05;
            held += interval.low <= loss && loss <= interval.high;
        }
        arena_destroy(ctx.arena);
    }
    double all = judged ? judged : 1;
    printf("n %5zu, true loss %.3f: adequate %5.1f %%, inadequate %5.1f %%, interval holds it %5.1f %%\n", n, loss,
           100 * adequate / all, 100 * inadequate / all, 100 * held / all);
}

int main(int argc, char **argv)
{
    static const size_t sizes[] = {30, 100, 250, LARGEST};
    static const double weights[] = {1, .785, .555, 0};
    long studies = argc > 1 ? strtol(argv[1], NULL, 10) : 500;
    for (size_t w = 0; w < sizeof weights / sizeof *weights; w++) {
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
            verdicts_print(sizes[s], weights[w], studies);
    }
    return 0;
}
