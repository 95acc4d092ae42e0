/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drawing again costs: 10,000 bootstraps of the gaps of 22 items, from counts and from persons, and of 18 alphas.
 * Prints the median of three runs of each, on one thread and on all. Needs no argument. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/chance.h"
#include "measure/resample_job.h"

enum {
    RUNS = 3,
    REPLICATES = 10000,
    ITEMS = 22,
    STEPS = 7,
    CELLS = 2 * STEPS - 1,
    PEOPLE = 10000,
    DIMENSIONS = 5,
    STANDARDS = 3
};

static double answers[STANDARDS][ITEMS][PEOPLE]; /* expectation, perception, gap */
static struct ctx ctx;

static double seconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void give_up(const char *why)
{
    (void)fprintf(stderr, "%s\n", why);
    exit(1);
}

static enum undefined mean_figures(const struct drawn_sums *sums, double *out)
{
    for (size_t j = 0; j < sums->columns; j++)
        out[j] = sums->x[j] / sums->w;
    return DEFINED;
}

/* Alpha as the table reliability draws it: the squared sum, the sum of squares, then each answer. */
static enum undefined alpha_figures(const struct drawn_sums *sums, double *out)
{
    double sum = 0, squares = 0, k = (double)(sums->columns - 2);
    for (size_t j = 2; j < sums->columns; j++) {
        sum += sums->x[j];
        squares += sums->x[j] * sums->x[j];
    }
    out[0] = k / (k - 1) * (1 - (sums->w * sums->x[1] - squares) / (sums->w * sums->x[0] - sum * sum));
    return DEFINED;
}

static void answers_make(void)
{
    for (unsigned i = 0; i < PEOPLE; i++) {
        for (unsigned j = 0; j < ITEMS; j++) {
            double of_person = (double)chance_below(1, 1, i, 3);
            for (unsigned s = 0; s < 2; s++)
                answers[s][j][i] = of_person + (double)chance_below(1, 2 + s, i * ITEMS + j, STEPS - 2);
            answers[2][j][i] = answers[1][j][i] - answers[0][j][i];
        }
    }
}

static void draw(const struct resample_job *job, uint64_t stream)
{
    struct resampled resampled;
    const struct resample_plan plan = {.replicates = REPLICATES, .seed = 1, .stream = stream};
    if (resample_bootstrap(&ctx, &job->design, &job->figures, &plan, &resampled) || resampled.kept != REPLICATES)
        give_up("the draws failed");
}

/* 22 items of so many people, each a table of 13 gaps. */
static void gaps_of_counts(uint64_t people)
{
    for (unsigned j = 0; j < ITEMS; j++) {
        uint64_t counts[CELLS] = {0};
        double x[CELLS];
        for (unsigned i = 0; i < PEOPLE; i++)
            counts[(int)answers[2][j][i] + STEPS - 1] += people / PEOPLE;
        for (int c = 0; c < CELLS; c++)
            x[c] = c - (STEPS - 1);
        const struct sum_source source = {.rows = CELLS, .columns = 1, .x = x, .figure_count = 1, .figures = mean_figures};
        struct resample_job job;
        if (resample_job_of_cells(&ctx, &source, counts, &job))
            give_up("there was not enough memory");
        draw(&job, j);
    }
}

static void gaps_small(void)
{
    gaps_of_counts(PEOPLE);
}

static void gaps_large(void)
{
    gaps_of_counts(UINT64_C(1000) * PEOPLE);
}

/* All persons' gaps at once, as a measure of persons would. */
static void gaps_of_persons(void)
{
    const struct case_matrix matrix = {.rows = PEOPLE, .respondents = PEOPLE, .unit_count = PEOPLE};
    const struct sum_source source = {
        .rows = PEOPLE, .columns = ITEMS, .x = answers[2][0], .figure_count = ITEMS, .figures = mean_figures};
    struct resample_job job;
    if (resample_job_of_rows(&ctx, &matrix, &source, &job))
        give_up("there was not enough memory");
    draw(&job, 100);
}

/* Alpha of `copies` times as many people as there are answers. */
static void alpha_of(unsigned standard, unsigned first, unsigned end, size_t copies)
{
    size_t people = copies * PEOPLE;
    unsigned columns = end - first + 2;
    double *x = arena_array(ctx.arena, people * columns, sizeof *x);
    if (!x)
        give_up("there was not enough memory");
    for (size_t i = 0; i < people; i++) {
        double sum = 0;
        for (unsigned j = first; j < end; j++) {
            double answer = x[people * (2 + j - first) + i] = answers[standard][j][i % PEOPLE];
            sum += answer;
            x[people + i] += answer * answer;
        }
        x[i] = sum * sum;
    }
    const struct case_matrix matrix = {.rows = people, .respondents = people, .unit_count = people};
    const struct sum_source source = {.rows = people, .columns = columns, .x = x, .figure_count = 1, .figures = alpha_figures};
    struct resample_job job;
    if (resample_job_of_rows(&ctx, &matrix, &source, &job))
        give_up("there was not enough memory");
    draw(&job, 200 + standard * ITEMS + first);
}

/* Five dimensions and all items, of expectation, perception and gap. */
static void alphas_of(size_t copies)
{
    static const unsigned ends[DIMENSIONS + 1] = {0, 4, 9, 13, 17, 22};
    struct arena *whole = ctx.arena;
    for (unsigned s = 0; s < STANDARDS; s++) {
        for (unsigned d = 0; d <= DIMENSIONS; d++) {
            if (arena_create(whole, &ctx.arena))
                give_up("there was not enough memory");
            alpha_of(s, d < DIMENSIONS ? ends[d] : 0, d < DIMENSIONS ? ends[d + 1] : ITEMS, copies);
            arena_destroy(ctx.arena);
        }
    }
    ctx.arena = whole;
}

static void alphas(void)
{
    alphas_of(1);
}

static void alphas_large(void)
{
    alphas_of(1000);
}

/* The median of so many runs. */
static void measure_runs(const char *name, void (*once)(void), unsigned threads, int runs)
{
    double seconds[RUNS];
    for (int run = 0; run < runs; run++) {
        ctx = (struct ctx){.threads = threads};
        if (arena_create(NULL, &ctx.arena))
            give_up("there was not enough memory");
        double begin = seconds_now();
        once();
        seconds[run] = seconds_now() - begin;
        arena_destroy(ctx.arena);
    }
    qsort(seconds, (size_t)runs, sizeof *seconds, ascending);
    printf("%-52s %u thread%s %8.2f s %10.0f samples a second\n", name, threads, threads > 1 ? "s" : " ", seconds[runs / 2],
           REPLICATES / seconds[runs / 2]);
    (void)fflush(stdout);
}

static void measure(const char *name, void (*once)(void), unsigned threads)
{
    measure_runs(name, once, threads, RUNS);
}

int main(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned all = processors > 1 ? (unsigned)processors : 1;
    answers_make();
    for (unsigned threads = 1; threads <= all; threads += all > 1 ? all - 1 : 1) {
        measure("22 gaps of 10 000 people, from counts", gaps_small, threads);
        measure("22 gaps of 10 000 000 people, from counts", gaps_large, threads);
        measure("22 gaps of 10 000 people, from persons", gaps_of_persons, threads);
        measure("18 alphas of 10 000 people", alphas, threads);
    }
    measure_runs("18 alphas of 10 000 000 people, in bundles", alphas_large, all, 1);
    return 0;
}
