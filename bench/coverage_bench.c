/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often 95 % intervals by drawing again hold the true value: percentile, basic and BCa, for 10, 50 and 200 people.
 * Populations are known, so the truth is. Prints the table of docs/guide/resampling.md. Takes how many samples to simulate; 300
 * without. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/chance.h"
#include "measure/resample_job.h"
#include "numeric/resample_interval.h"

enum { REPLICATES = 1999, PEOPLE_MAX = 200, GAPS = 9, ITEMS = 4, COLUMNS = ITEMS + 2, KINDS = 3 };

/* Gaps from −6 to 2, most of them a little below 0 and some far below: the shape of a service gap. */
static const unsigned gap_weights[GAPS] = {3, 5, 8, 12, 18, 24, 20, 8, 2};

/* One statistic of a simulated sample. */
struct simulation {
    const char *name;
    size_t columns, figure;
    double truth;
    enum undefined (*figures)(const struct drawn_sums *, double *);
    void (*draw)(uint64_t sample, size_t people, double *x); /* [columns × people] */
};

static unsigned gap_population(double *mean, double *variance)
{
    unsigned total = 0;
    double sum = 0, squares = 0;
    for (int g = 0; g < GAPS; g++) {
        total += gap_weights[g];
        sum += gap_weights[g] * (g - 6.0);
        squares += gap_weights[g] * (g - 6.0) * (g - 6.0);
    }
    *mean = sum / total;
    *variance = squares / total - *mean * *mean;
    return total;
}

/* The gap and its square. */
static void gaps_draw(uint64_t sample, size_t people, double *x)
{
    double mean, variance;
    unsigned total = gap_population(&mean, &variance);
    for (size_t i = 0; i < people; i++) {
        unsigned ball = (unsigned)chance_below(77, sample, i, total), g = 0;
        for (; ball >= gap_weights[g]; g++)
            ball -= gap_weights[g];
        x[i] = g - 6.0;
        x[people + i] = x[i] * x[i];
    }
}

/* Answers of a person to four items: what the person thinks and an error of each, all of one variance; alpha = .8. */
static void answers_draw(uint64_t sample, size_t people, double *x)
{
    for (size_t i = 0; i < people; i++) {
        double sum = 0, squares = 0, own = chance_uniform(78, sample, i * (ITEMS + 1));
        for (size_t j = 0; j < ITEMS; j++) {
            double answer = x[(2 + j) * people + i] = own + chance_uniform(78, sample, i * (ITEMS + 1) + 1 + j);
            sum += answer;
            squares += answer * answer;
        }
        x[i] = sum * sum;
        x[people + i] = squares;
    }
}

static enum undefined gap_figures(const struct drawn_sums *sums, double *out)
{
    double n = sums->w, mean = sums->x[0] / n, variance = (sums->x[1] / n - mean * mean) * n / (n - 1);
    if (variance < 1e-12)
        return UNDEFINED_NO_VARIANCE;
    out[0] = mean;
    out[1] = mean / sqrt(variance);
    return DEFINED;
}

static enum undefined alpha_figures(const struct drawn_sums *sums, double *out)
{
    double sum = 0, squares = 0, k = ITEMS;
    for (size_t j = 0; j < ITEMS; j++) {
        sum += sums->x[2 + j];
        squares += sums->x[2 + j] * sums->x[2 + j];
    }
    double total = sums->w * sums->x[0] - sum * sum;
    if (total < 1e-12)
        return UNDEFINED_NO_VARIANCE;
    out[0] = k / (k - 1) * (1 - (sums->w * sums->x[1] - squares) / total);
    return DEFINED;
}

static void need(enum status status)
{
    if (status == STATUS_OK)
        return;
    (void)fprintf(stderr, "the simulation failed\n");
    exit(1);
}

/* One sample: which of the three intervals hold the truth.
 * gives   false when the sample has no interval */
static bool sample_judge(const struct simulation *simulation, uint64_t sample, size_t people, bool held[KINDS])
{
    static double x[COLUMNS * PEOPLE_MAX];
    struct ctx ctx = {.threads = 1};
    need(arena_create(NULL, &ctx.arena));
    simulation->draw(sample, people, x);
    const struct case_matrix matrix = {.rows = people, .respondents = people, .unit_count = people};
    const struct sum_source source = {.rows = people,
                                      .columns = simulation->columns,
                                      .x = x,
                                      .figure_count = simulation->figure + 1,
                                      .figures = simulation->figures};
    struct resample_job job;
    need(resample_job_of_rows(&ctx, &matrix, &source, &job));
    const struct resample_plan plan = {.replicates = REPLICATES, .seed = 79, .stream = sample};
    struct resampled bootstrap, jackknife;
    double estimate[2] = {0};
    enum undefined undefined = DEFINED;
    need(resample_original(&ctx, &job.design, &job.figures, estimate, &undefined));
    need(resample_bootstrap(&ctx, &job.design, &job.figures, &plan, &bootstrap));
    need(resample_jackknife(&ctx, &job.design, &job.figures, &plan, &jackknife));
    const struct resample_sample from = {estimate[simulation->figure], &bootstrap, &jackknife, simulation->figure, .95};
    struct resample_interval found;
    if (!undefined)
        need(resample_interval_find(&ctx, &from, &found, &undefined));
    if (!undefined) {
        const struct interval ends[KINDS] = {found.percentile, found.basic, found.bca};
        for (int k = 0; k < KINDS; k++)
            held[k] = ends[k].low <= simulation->truth && simulation->truth <= ends[k].high;
    }
    arena_destroy(ctx.arena);
    return undefined == DEFINED;
}

static void simulate(const struct simulation *simulation, size_t people, unsigned samples)
{
    unsigned count = 0, held[KINDS] = {0};
    for (unsigned s = 0; s < samples; s++) {
        bool here[KINDS];
        if (!sample_judge(simulation, s * UINT64_C(1000) + people, people, here))
            continue;
        count++;
        for (int k = 0; k < KINDS; k++)
            held[k] += here[k];
    }
    printf("| %s | %zu |", simulation->name, people);
    for (int k = 0; k < KINDS; k++)
        printf(" %.1f |", 100.0 * held[k] / count);
    printf("\n");
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    unsigned samples = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 300;
    double mean, variance;
    (void)gap_population(&mean, &variance);
    const struct simulation simulations[] = {{"mean gap", 2, 0, mean, gap_figures, gaps_draw},
                                             {"dz", 2, 1, mean / sqrt(variance), gap_figures, gaps_draw},
                                             {"alpha", COLUMNS, 0, .8, alpha_figures, answers_draw}};
    static const size_t people[] = {10, 50, 200};
    printf("%u samples each, %d draws; standard error of a 95 %% figure %.1f\n\n", samples, REPLICATES,
           100 * sqrt(.95 * .05 / samples));
    printf("| figure | people | percentile | basic | BCa |\n|---|---|---|---|---|\n");
    for (size_t s = 0; s < sizeof simulations / sizeof *simulations; s++) {
        for (size_t n = 0; n < sizeof people / sizeof *people; n++)
            simulate(&simulations[s], people[n], samples);
    }
    return 0;
}
