/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether 95 % intervals hold the true value 95 times in 100: samples of 200 from a known skewed population of gaps, drawn again
 * as count tables. bench/coverage_bench.c does the same at length, for fewer people too. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/chance.h"
#include "numeric/resample_interval.h"

#ifdef __SANITIZE_ADDRESS__
enum { SAMPLES = 400, REPLICATES = 499 };
#else
enum { SAMPLES = 1000, REPLICATES = 999 };
#endif
enum { PEOPLE = 200, CELLS = 9, BALLS = 100 };

/* Of 100 people, so many have a gap of −6 … 2; their mean is −1.59. */
static const unsigned population[CELLS] = {3, 5, 8, 12, 18, 24, 20, 8, 2};

static double population_mean(void)
{
    double sum = 0;
    for (int c = 0; c < CELLS; c++)
        sum += population[c] * (c - 6.0);
    return sum / BALLS;
}

static enum undefined mean_compute(void *state, unsigned worker, const uint32_t *times, double *out)
{
    (void)state;
    (void)worker;
    double sum = 0, count = 0;
    for (int c = 0; c < CELLS; c++) {
        sum += times[c] * (c - 6.0);
        count += times[c];
    }
    out[0] = sum / count;
    return DEFINED;
}

static void sample_draw(uint64_t sample, uint64_t counts[CELLS])
{
    for (int c = 0; c < CELLS; c++)
        counts[c] = 0;
    for (uint64_t i = 0; i < PEOPLE; i++) {
        unsigned ball = (unsigned)chance_below(31, sample, i, BALLS), c = 0;
        for (; ball >= population[c]; c++)
            ball -= population[c];
        counts[c]++;
    }
}

static void intervals_find(uint64_t sample, struct resample_interval *out)
{
    struct ctx ctx = {.threads = 1};
    uint64_t counts[CELLS];
    double estimate = 0;
    enum undefined undefined = DEFINED;
    struct resampled bootstrap, jackknife;
    const struct resample_design design = {.row_count = CELLS, .cell_counts = counts};
    const struct resample_figures figures = {.count = 1, .compute = mean_compute};
    const struct resample_plan plan = {.replicates = REPLICATES, .seed = 32, .stream = sample};
    sample_draw(sample, counts);
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(resample_original(&ctx, &design, &figures, &estimate, &undefined), STATUS_OK);
    assert_int_equal(resample_bootstrap(&ctx, &design, &figures, &plan, &bootstrap), STATUS_OK);
    assert_int_equal(resample_jackknife(&ctx, &design, &figures, &plan, &jackknife), STATUS_OK);
    const struct resample_sample from = {estimate, &bootstrap, &jackknife, 0, .95};
    assert_int_equal(resample_interval_find(&ctx, &from, out, &undefined), STATUS_OK);
    assert_int_equal(undefined, DEFINED);
    arena_destroy(ctx.arena);
}

static bool holds(const struct interval *interval, double truth)
{
    return interval->low <= truth && truth <= interval->high;
}

/* "every interval's coverage simulated in-process (95 % ± Monte Carlo error at n = 200)": four standard errors of the simulation,
 * and half a percent that resampling lacks of 95 even then (docs/guide/resampling.md). */
static void intervals_hold_the_truth(void **state)
{
    (void)state;
    unsigned percentile = 0, basic = 0, bca = 0, below = 0, above = 0;
    double truth = population_mean();
    for (unsigned s = 0; s < SAMPLES; s++) {
        struct resample_interval found;
        intervals_find(s, &found);
        percentile += holds(&found.percentile, truth);
        basic += holds(&found.basic, truth);
        bca += holds(&found.bca, truth);
        below += found.bca.high < truth;
        above += found.bca.low > truth;
    }
    print_message("coverage of %d samples of %d: percentile %.1f %%, basic %.1f %%, BCa %.1f %%\n", SAMPLES, PEOPLE,
                  100.0 * percentile / SAMPLES, 100.0 * basic / SAMPLES, 100.0 * bca / SAMPLES);
    double slack = 4 * sqrt(.95 * .05 / SAMPLES) + .005;
    assert_true(fabs((double)percentile / SAMPLES - .95) < slack);
    assert_true(fabs((double)basic / SAMPLES - .95) < slack);
    assert_true(fabs((double)bca / SAMPLES - .95) < slack);
    /* neither end is missed much more often than the other */
    assert_true(below < .06 * SAMPLES && above < .06 * SAMPLES && below > 0 && above > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_hold_the_truth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
