/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sharing out R² costs: LMG of 5, 10 and 18 drivers with 10,000 bootstrap samples of 10,000 people (1,000 samples of 18
 * drivers), and 10,000 samples of 1,000,000 people. On one thread and on all. Needs no argument. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/chance.h"
#include "base/limits.h"
#include "numeric/cross_moments.h"
#include "numeric/relative_importance.h"
#include "numeric/resample.h"

enum { PEOPLE = 10000, MANY = 1000000, DRIVERS = LMG_EXACT_MAX };

static double x[(size_t)MANY * DRIVERS], y[MANY];
static struct ctx ctx;

static double seconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void give_up(const char *why)
{
    (void)fprintf(stderr, "%s\n", why);
    exit(1);
}

/* Answers that share a factor, and an outcome made of them. */
static void answers_make(size_t people, size_t drivers)
{
    for (size_t i = 0; i < people; i++) {
        double common = chance_uniform(1, 1, i);
        y[i] = chance_uniform(1, 2, i);
        for (size_t j = 0; j < drivers; j++) {
            x[j * people + i] = floor(1 + 4 * common + 3 * chance_uniform(1, 3 + j, i));
            y[i] += x[j * people + i] * (1 + (double)j) / 100;
        }
    }
}

/* What the workers share. */
struct work {
    struct moment_groups groups;
    size_t drivers, room;
    double *rooms;
};

static enum undefined lmg_of_draw(void *state, unsigned worker, const uint32_t *times, double *out)
{
    const struct work *work = state;
    size_t p = work->drivers, side = p + 1;
    double *covariance = work->rooms + worker * work->room, *gather = covariance + side * side;
    double *between = gather + moment_groups_room(side), *outcome = between + p * p, r_squared = 0;
    (void)moment_groups_gather(&work->groups, times, gather, covariance);
    enum undefined undefined = correlations_make(covariance, p, between, outcome);
    const struct correlations correlations = {p, between, outcome};
    return undefined ? undefined : importance_lmg(&correlations, outcome + p, out, &r_squared);
}

/* Gathers so many people and draws. */
static void measure(size_t people, size_t drivers, uint32_t replicates)
{
    if (arena_create(NULL, &ctx.arena))
        give_up("no memory");
    answers_make(people, drivers);
    const struct regression regression = {.rows = people, .columns = drivers, .x = x, .y = y, .weights = NULL, .intercept = true};
    struct moment_rows rows;
    struct work work = {.drivers = drivers};
    const struct moment_grouping grouping = {.seed = 1, .stream = 1};
    double begin = seconds_now();
    if (moment_rows_make(&ctx, &regression, &rows) || moment_groups_make(&ctx, &rows, &grouping, &work.groups))
        give_up("no memory");
    double gathered = seconds_now() - begin;
    size_t side = drivers + 1;
    work.room = side * side + moment_groups_room(side) + drivers * drivers + drivers + importance_room(drivers);
    work.rooms = arena_array(ctx.arena, resample_workers(&ctx), work.room * sizeof *work.rooms);
    const struct resample_design design = {.row_count = work.groups.count};
    const struct resample_figures figures = {.state = &work, .count = drivers, .compute = lmg_of_draw};
    const struct resample_plan plan = {.replicates = replicates, .seed = 1, .stream = 2};
    struct resampled resampled;
    begin = seconds_now();
    if (!work.rooms || resample_bootstrap(&ctx, &design, &figures, &plan, &resampled) || resampled.kept != replicates)
        give_up("the draws failed");
    printf("%8zu people %3zu drivers: gathered in %6.2f s, %6u samples in %6.2f s on %u threads\n", people, drivers, gathered,
           replicates, seconds_now() - begin, ctx.threads);
    arena_destroy(ctx.arena);
}

int main(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    const unsigned threads[] = {1, processors > 1 ? (unsigned)processors : 2};
    for (size_t t = 0; t < 2; t++) {
        ctx.threads = threads[t];
        measure(PEOPLE, 5, 10000);
        measure(PEOPLE, 10, 10000);
        measure(PEOPLE, DRIVERS, 1000);
        measure(MANY, 10, 10000);
    }
    return 0;
}
