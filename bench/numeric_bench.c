/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many figures a second: the exact moments of one row of a table, and the slower figures beside them.
 * Prints the median of five runs of each. Needs no argument. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/chance.h"
#include "numeric/alpha.h"
#include "numeric/effect_size.h"
#include "numeric/exact_moments.h"
#include "numeric/item_rest.h"
#include "numeric/omega.h"
#include "numeric/paired_t.h"
#include "numeric/sample_size.h"
#include "numeric/wilcoxon.h"

enum { RUNS = 5, CELLS = 49, ITEMS = 22, PEOPLE = 500 };

static const struct exact_unit unit = {.step = {1, 0}, .divisor = 1};

/* What keeps the compiler from leaving work out. */
static volatile double sink;

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

/* Runs `once` so many times, five times over, and prints what one of it takes. */
static void measure(const char *name, void (*once)(uint64_t), uint64_t times)
{
    double seconds[RUNS];
    for (int run = 0; run < RUNS; run++) {
        double begin = seconds_now();
        for (uint64_t i = 0; i < times; i++)
            once(i);
        seconds[run] = seconds_now() - begin;
    }
    qsort(seconds, RUNS, sizeof *seconds, ascending);
    printf("%-44s %10.2f us each %12.0f a second\n", name, 1e6 * seconds[RUNS / 2] / (double)times,
           (double)times / seconds[RUNS / 2]);
}

/* The sums of a table of 49 cells with weights, and mean, variance and standard error from them. */
static void moments_once(uint64_t i)
{
    struct exact_sums sums = {0};
    bool overflow = false;
    for (int64_t cell = 0; cell < CELLS; cell++) {
        int64_t w = (int64_t)((uint64_t)1 << 40) + cell * 977 + (int64_t)i;
        const struct exact_weight weight = {9, 9 * (int128)w, 9 * (int128)w * w};
        exact_sums_add(&sums, &weight, cell % 7 - cell / 7, &overflow);
    }
    double mean = 0, variance = 0, error = 0;
    if (!overflow && exact_mean(&sums, &unit, &mean) == DEFINED && exact_variance(&sums, &unit, &variance) == DEFINED &&
        exact_linearised_error(&sums, sums.n, &unit, &error) == DEFINED)
        sink = mean + variance + error;
}

static void paired_t_once(uint64_t i)
{
    struct paired_t t;
    if (paired_t_test(.1 + 1e-9 * (double)i, .05, 249, .95, &t) == DEFINED)
        sink = t.p;
}

static void effect_size_once(uint64_t i)
{
    struct effect_size size;
    if (effect_size(.1 + 1e-6 * (double)i, .9, 250, .95, &size) == DEFINED)
        sink = size.interval.low;
}

static void wilcoxon_exact_once(uint64_t i)
{
    struct difference_count cells[] = {{-3, 2}, {-2, 4}, {-1, 6 + i % 2}, {0, 9}, {1, 5}, {2, 4}, {4, 1}};
    struct wilcoxon w;
    if (wilcoxon_signed_rank(cells, sizeof cells / sizeof *cells, &w) == DEFINED)
        sink = w.p;
}

static void sample_size_once(uint64_t i)
{
    uint64_t n = 0;
    if (paired_t_size(.2 + 1e-6 * (double)i, .8, .05, &n) == DEFINED)
        sink = (double)n;
}

/* A block of 22 items that share something. */
static int128 sums[ITEMS], products[ITEMS * ITEMS];
static const struct exact_block block = {{PEOPLE, PEOPLE, PEOPLE}, ITEMS, sums, products};
static double covariance[ITEMS * ITEMS];

static void block_fill(void)
{
    for (uint64_t person = 0; person < PEOPLE; person++) {
        int64_t x[ITEMS], common = (int64_t)chance_below(1, person, 0, 4);
        for (uint64_t i = 0; i < ITEMS; i++)
            x[i] = 1 + common + (int64_t)chance_below(1, person, i + 1, 4);
        for (size_t i = 0; i < ITEMS; i++) {
            sums[i] += x[i];
            for (size_t j = 0; j < ITEMS; j++)
                products[i * ITEMS + j] += x[i] * x[j];
        }
    }
}

static void alpha_once(uint64_t i)
{
    (void)i;
    struct alpha alpha;
    if (cronbach_alpha(&block, .95, &alpha) == DEFINED)
        sink = alpha.alpha;
}

static void item_rest_once(uint64_t i)
{
    struct item_rest rest;
    item_rest(&block, i % ITEMS, &rest);
    sink = rest.rest_r;
}

static void omega_once(uint64_t i)
{
    (void)i;
    struct ctx ctx = {.threads = 1};
    struct omega omega;
    if (arena_create(NULL, &ctx.arena) != STATUS_OK)
        return;
    if (omega_fit(&ctx, covariance, ITEMS, &omega) == STATUS_OK && omega.undefined == DEFINED)
        sink = omega.model;
    arena_destroy(ctx.arena);
}

int main(void)
{
    block_fill();
    if (exact_covariance_matrix(&block, &unit, covariance) != DEFINED)
        return EXIT_FAILURE;
    measure("weighted moments of a table of 49 cells", moments_once, 20000);
    measure("paired t with its interval", paired_t_once, 100000);
    measure("effect size with its interval", effect_size_once, 500);
    measure("exact Wilcoxon, N = 22", wilcoxon_exact_once, 20000);
    measure("sample size", sample_size_once, 500);
    measure("alpha of 22 items", alpha_once, 500);
    measure("item statistics of one of 22", item_rest_once, 5000);
    measure("omega of 22 items", omega_once, 50);
    return EXIT_SUCCESS;
}
