/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/resample.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "numeric/distribution.h"
#include "support/digits.h"

enum { ROWS = 30, REPLICATES = 4000 };

/* Rows with a value each; figures are the mean and what a test wants beside it. */
struct sample {
    size_t rows;
    const double *values;
    unsigned workers;
    atomic_bool *cancel;
    atomic_uint calls;
    uint32_t undefined_at;    /* a replicate that draws the first row so often has no figures */
    unsigned undefined_calls; /* nor have the first so many */
};

static double values[ROWS];

static void values_set(void)
{
    for (int i = 0; i < ROWS; i++)
        values[i] = (i * i) % 17 - 5;
}

static enum undefined mean_compute(void *state, unsigned worker, const uint32_t *times, double *out)
{
    struct sample *sample = state;
    assert_true(worker < sample->workers);
    double sum = 0, count = 0;
    for (size_t i = 0; i < sample->rows; i++) {
        sum += times[i] * sample->values[i];
        count += times[i];
    }
    atomic_fetch_add(&sample->calls, 1);
    if (sample->cancel && atomic_load(&sample->calls) == 50)
        atomic_store(sample->cancel, true);
    if (atomic_load(&sample->calls) <= sample->undefined_calls)
        return UNDEFINED_SINGULAR;
    if (sample->undefined_at && times[0] >= sample->undefined_at)
        return UNDEFINED_TOO_FEW;
    out[0] = sum / count;
    out[1] = count;
    return DEFINED;
}

struct bench {
    struct ctx ctx;
    struct sample sample;
    struct resample_figures figures;
    struct resample_plan plan;
};

static void bench_open(struct bench *bench, unsigned threads)
{
    values_set();
    *bench = (struct bench){.ctx = {.threads = threads}, .plan = {.replicates = REPLICATES, .seed = 5, .stream = 9}};
    assert_int_equal(arena_create(NULL, &bench->ctx.arena), STATUS_OK);
    bench->sample = (struct sample){.rows = ROWS, .values = values, .workers = resample_workers(&bench->ctx)};
    bench->figures = (struct resample_figures){.state = &bench->sample, .count = 2, .compute = mean_compute};
}

static void bench_close(struct bench *bench)
{
    arena_destroy(bench->ctx.arena);
}

static void moments_of(const struct resampled *resampled, size_t figure, double *mean, double *variance)
{
    double sum = 0, squares = 0;
    for (size_t r = 0; r < resampled->kept; r++)
        sum += resampled->values[r * resampled->count + figure];
    *mean = sum / (double)resampled->kept;
    for (size_t r = 0; r < resampled->kept; r++)
        squares += pow(resampled->values[r * resampled->count + figure] - *mean, 2);
    *variance = squares / (double)(resampled->kept - 1);
}

/* Σ(x − x̄)²/n over a run of the values. */
static double population_variance(size_t first, size_t end)
{
    double n = (double)(end - first), sum = 0, squares = 0;
    for (size_t i = first; i < end; i++)
        sum += values[i];
    for (size_t i = first; i < end; i++)
        squares += pow(values[i] - sum / n, 2);
    return squares / n;
}

/* The ideal bootstrap variance of a mean is Σ(x − x̄)²/n². Five standard errors of a variance over 4000 replicates. */
static void variance_is_near(const struct resampled *resampled, double wanted)
{
    double mean, variance;
    moments_of(resampled, 0, &mean, &variance);
    assert_true(fabs(variance / wanted - 1) < 5 * sqrt(2.0 / REPLICATES) * 1.1);
}

/* Rows one by one, and the same rows as a count table: the mean of the replicates and their ideal variance */
static void replicates_have_the_ideal_moments(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, 2);
    struct resample_design design = {.row_count = ROWS};
    struct resampled rows, cells;
    assert_int_equal(resample_bootstrap(&bench.ctx, &design, &bench.figures, &bench.plan, &rows), STATUS_OK);
    assert_true(rows.kept == REPLICATES && rows.failed == 0 && !rows.many_failed && rows.weight == NULL);
    double mean, variance, original[2], ideal = population_variance(0, ROWS) / ROWS;
    enum undefined undefined;
    assert_int_equal(resample_original(&bench.ctx, &design, &bench.figures, original, &undefined), STATUS_OK);
    moments_of(&rows, 0, &mean, &variance);
    assert_true(original[1] == ROWS && fabs(mean - original[0]) < 5 * sqrt(ideal / REPLICATES));
    variance_is_near(&rows, ideal);
    for (size_t r = 0; r < rows.kept; r++)
        assert_true(rows.values[2 * r + 1] == ROWS);
    /* 12 cells, of 0, 3 and 8 people */
    static const uint64_t counts[12] = {3, 8, 0, 3, 3, 0, 8, 3, 3, 8, 3, 3};
    design = (struct resample_design){.row_count = 12, .cell_counts = counts};
    bench.sample.rows = 12;
    assert_int_equal(resample_bootstrap(&bench.ctx, &design, &bench.figures, &bench.plan, &cells), STATUS_OK);
    assert_int_equal(resample_original(&bench.ctx, &design, &bench.figures, original, &undefined), STATUS_OK);
    double squares = 0;
    for (int c = 0; c < 12; c++)
        squares += (double)counts[c] * pow(values[c] - original[0], 2);
    assert_true(original[1] == 45 && cells.values[1] == 45);
    variance_is_near(&cells, squares / 45 / 45);
    bench_close(&bench);
}

/* "Units are drawn whole, with replacement, as many of each stratum as it has" */
static void units_and_strata_are_drawn_whole(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, 1);
    uint32_t units[ROWS], strata[ROWS];
    for (uint32_t i = 0; i < ROWS; i++) {
        units[i] = i % 6; /* 6 units of 5 rows */
        strata[i] = i < 10 ? 1 : 0;
    }
    struct resample_design design = {.row_count = ROWS, .units = units, .unit_count = 6};
    struct resampled found;
    assert_int_equal(resample_bootstrap(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
    double of_unit[6] = {0}, all = 0, squares = 0;
    for (int i = 0; i < ROWS; i++) {
        of_unit[i % 6] += values[i] / 5;
        all += values[i] / ROWS;
    }
    for (int u = 0; u < 6; u++)
        squares += pow(of_unit[u] - all, 2);
    variance_is_near(&found, squares / 36);
    /* rows in two strata: each gives its own variance, and the share of the strata never changes */
    design = (struct resample_design){.row_count = ROWS, .strata = strata, .stratum_count = 2};
    assert_int_equal(resample_bootstrap(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
    variance_is_near(&found, (10 * population_variance(0, 10) + 20 * population_variance(10, ROWS)) / ROWS / ROWS);
    /* units in two strata: units 0 and 1 in one, the others in the other, and two of the first are drawn each time */
    static const uint32_t of_units[6] = {0, 0, 1, 1, 1, 1};
    for (int i = 0; i < ROWS; i++)
        values[i] = i % 6 < 2;
    design = (struct resample_design){.row_count = ROWS, .units = units, .unit_count = 6, .strata = of_units, .stratum_count = 2};
    assert_int_equal(resample_bootstrap(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
    for (size_t r = 0; r < found.kept; r++)
        assert_true(found.values[2 * r] == 10.0 / ROWS);
    bench_close(&bench);
}

/* "the same bits for any number of threads", and other bits for another seed or stream */
static void threads_do_not_matter(void **state)
{
    (void)state;
    static const uint64_t counts[ROWS] = {[0] = 5, [3] = 70, [4] = 2, [11] = 900, [20] = 13, [29] = 60};
    static const unsigned threads[] = {1, 2, 3, 8};
    uint32_t units[ROWS];
    for (uint32_t i = 0; i < ROWS; i++)
        units[i] = i / 3;
    const struct resample_design designs[3] = {
        {.row_count = ROWS}, {.row_count = ROWS, .cell_counts = counts}, {.row_count = ROWS, .units = units, .unit_count = 10}};
    for (size_t d = 0; d < 3; d++) {
        struct bench one;
        bench_open(&one, 1);
        struct resampled first, found, other;
        one.sample.undefined_at = 3;
        assert_int_equal(resample_bootstrap(&one.ctx, &designs[d], &one.figures, &one.plan, &first), STATUS_OK);
        for (size_t t = 1; t < 4; t++) {
            struct bench bench;
            bench_open(&bench, threads[t]);
            bench.sample.undefined_at = 3;
            assert_int_equal(resample_bootstrap(&bench.ctx, &designs[d], &bench.figures, &bench.plan, &found), STATUS_OK);
            assert_true(found.kept == first.kept && found.failed == first.failed);
            assert_memory_equal(found.values, first.values, first.kept * 2 * sizeof *first.values);
            bench_close(&bench);
        }
        one.plan.stream++;
        assert_int_equal(resample_bootstrap(&one.ctx, &designs[d], &one.figures, &one.plan, &other), STATUS_OK);
        assert_true(other.kept == 0 || memcmp(other.values, first.values, 10 * sizeof *first.values) != 0);
        bench_close(&one);
    }
}

/* "it is then left out and counted": P(first row drawn twice or more) = .26 of 30 rows, and 1 in 20 must be told */
static void failures_are_counted(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, 2);
    const struct resample_design design = {.row_count = ROWS};
    struct resampled found;
    bench.sample.undefined_at = 2;
    assert_int_equal(resample_bootstrap(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
    double p = 1 - exp(binomial_mass_log(0, ROWS, 1. / ROWS)) - exp(binomial_mass_log(1, ROWS, 1. / ROWS));
    assert_true(fabs((double)found.failed / REPLICATES - p) < 5 * sqrt(p * (1 - p) / REPLICATES));
    assert_true(found.kept + found.failed == REPLICATES && found.many_failed && found.failure == UNDEFINED_TOO_FEW);
    for (size_t r = 0; r < found.kept; r++)
        assert_true(found.values[2 * r + 1] == ROWS);
    /* 7.7 % are told, .3 % are not */
    bench.sample.undefined_at = 3;
    assert_int_equal(resample_bootstrap(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
    assert_true(found.many_failed && found.failed * 10 < REPLICATES && found.failed * 20 > REPLICATES);
    bench.sample.undefined_at = 5;
    assert_int_equal(resample_bootstrap(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
    assert_true(found.failed > 0 && !found.many_failed);
    bench_close(&bench);
    /* 1 of 20 is not more than 1 in 20; 2 of 39 is */
    for (unsigned failing = 1; failing <= 2; failing++) {
        bench_open(&bench, 1);
        bench.sample.undefined_calls = failing;
        bench.plan.replicates = failing == 1 ? 20 : 39;
        assert_int_equal(resample_bootstrap(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
        assert_true(found.failed == failing && found.many_failed == (failing == 2) && found.failure == UNDEFINED_SINGULAR);
        bench_close(&bench);
    }
}

/* One row, unit or observation of a cell left out; the jackknife variance of a mean is s²/n. */
static void one_is_left_out(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, 3);
    struct resampled found;
    struct resample_design design = {.row_count = ROWS};
    assert_int_equal(resample_jackknife(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
    double sum = 0;
    for (int i = 0; i < ROWS; i++)
        sum += values[i];
    assert_int_equal(found.kept, ROWS);
    for (int i = 0; i < ROWS; i++) {
        assert_digits(found.values[2 * i], (sum - values[i]) / (ROWS - 1), 15);
        assert_true(found.values[2 * i + 1] == ROWS - 1 && found.weight[i] == 1);
    }
    uint32_t units[ROWS];
    for (uint32_t i = 0; i < ROWS; i++)
        units[i] = i < 4 ? 0 : 1 + i % 2;
    design = (struct resample_design){.row_count = ROWS, .units = units, .unit_count = 3};
    assert_int_equal(resample_jackknife(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
    assert_int_equal(found.kept, 3);
    assert_digits(found.values[0], (sum - values[0] - values[1] - values[2] - values[3]) / 26, 15);
    assert_true(found.values[1] == 26 && found.values[3] == 17 && found.values[5] == 17);
    static const uint64_t counts[4] = {2, 0, 5, 1};
    design = (struct resample_design){.row_count = 4, .cell_counts = counts};
    bench.sample.rows = 4;
    assert_int_equal(resample_jackknife(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
    assert_true(found.kept == 3 && found.failed == 0 && found.weight[0] == 2 && found.weight[1] == 5 && found.weight[2] == 1);
    assert_digits(found.values[2], (2 * values[0] + 4 * values[2] + values[3]) / 7, 15);
    bench_close(&bench);
}

/* "Above JACKKNIFE_UNITS_MAX units each belongs to one of JACKKNIFE_GROUPS groups": every row is left out once; and "its
 * acceleration differs from the full one by .0006 (standard error)", here from that of the data themselves. */
static void many_units_are_left_out_in_groups(void **state)
{
    (void)state;
    enum { MANY = 3 * JACKKNIFE_UNITS_MAX };
    static double many[MANY];
    struct bench bench;
    bench_open(&bench, 2);
    for (int i = 0; i < MANY; i++)
        many[i] = i % 3 ? 0 : 1 + i % 2;
    bench.sample.rows = MANY;
    bench.sample.values = many;
    const struct resample_design design = {.row_count = MANY};
    struct resampled found;
    assert_int_equal(resample_jackknife(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_OK);
    double left_out = 0;
    for (size_t i = 0; i < found.kept; i++)
        left_out += MANY - found.values[2 * i + 1];
    assert_true(found.kept == JACKKNIFE_GROUPS && left_out == MANY);
    double sum = 0, square = 0, cube = 0, mean = 0, squares = 0, cubes = 0;
    for (size_t i = 0; i < MANY; i++)
        sum += many[i] / MANY;
    for (size_t i = 0; i < MANY; i++) {
        square += pow(many[i] - sum, 2);
        cube += pow(many[i] - sum, 3);
    }
    for (size_t i = 0; i < found.kept; i++)
        mean += found.values[2 * i] / (double)found.kept;
    for (size_t i = 0; i < found.kept; i++) {
        squares += pow(mean - found.values[2 * i], 2);
        cubes += pow(mean - found.values[2 * i], 3);
    }
    assert_true(fabs(cubes / (6 * pow(squares, 1.5)) - cube / (6 * pow(square, 1.5))) < 4 * .0006);
    bench_close(&bench);
}

/* State: how often each assignment of labels was seen. */
struct labels {
    size_t rows;
    unsigned seen[64];
};

static enum undefined labels_compute(void *state, unsigned worker, const uint32_t *times, double *out)
{
    struct labels *labels = state;
    (void)worker;
    unsigned pattern = 0;
    for (size_t i = 0; i < labels->rows; i++)
        pattern |= times[i] << i;
    labels->seen[pattern]++;
    out[0] = pattern;
    return DEFINED;
}

/* Every way to deal two labels to five has the same chance; within strata and units, only those that keep them. */
static void labels_are_dealt_evenly(void **state)
{
    (void)state;
    static struct labels labels;
    struct bench bench;
    bench_open(&bench, 1);
    labels.rows = 5;
    const struct resample_figures figures = {.state = &labels, .count = 1, .compute = labels_compute};
    static const uint32_t given[5] = {1, 1, 0, 0, 0};
    struct resample_design design = {.row_count = 5};
    struct resampled found;
    assert_int_equal(resample_permutation(&bench.ctx, &design, given, &figures, &bench.plan, &found), STATUS_OK);
    double sum = 0;
    unsigned ways = 0;
    for (int pattern = 0; pattern < 64; pattern++) {
        ways += labels.seen[pattern] > 0;
        sum += labels.seen[pattern] > 0 ? pow(labels.seen[pattern] - 400., 2) / 400 : 0;
    }
    assert_true(ways == 10 && chi_square_upper(sum, 9) > .001);
    /* found exactly: 1 of 10 patterns is the largest, 24; a p of (1 + 400)/4001 or so */
    assert_true(fabs(permutation_p(&found, 0, 24) - .1) < .025 && permutation_p(&found, 0, 25) == 1. / 4001);
    assert_true(permutation_p(&found, 0, 24) == (1. + labels.seen[24]) / 4001);
    static const uint32_t strata[5] = {0, 1, 0, 1, 1}, units[6] = {0, 0, 1, 1, 2, 2};
    labels = (struct labels){.rows = 5};
    design = (struct resample_design){.row_count = 5, .strata = strata, .stratum_count = 2};
    assert_int_equal(resample_permutation(&bench.ctx, &design, given, &figures, &bench.plan, &found), STATUS_OK);
    ways = 0;
    for (unsigned pattern = 0; pattern < 64; pattern++) {
        ways += labels.seen[pattern] > 0;
        assert_true(labels.seen[pattern] == 0 || ((pattern & 1) + (pattern >> 2 & 1) == 1));
    }
    assert_int_equal(ways, 6);
    labels = (struct labels){.rows = 6};
    design = (struct resample_design){.row_count = 6, .units = units, .unit_count = 3};
    assert_int_equal(resample_permutation(&bench.ctx, &design, given, &figures, &bench.plan, &found), STATUS_OK);
    assert_true(labels.seen[3 | 12] > 1200 && labels.seen[3 | 48] > 1200 && labels.seen[12 | 48] > 1200);
    bench_close(&bench);
}

/* "STATUS_CANCELLED": between two chunks, whatever was drawn so far */
static void a_run_can_be_stopped(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, 2);
    static atomic_bool cancel;
    bench.sample.cancel = &cancel;
    bench.ctx.cancel = &cancel;
    bench.plan.replicates = 1000000;
    const struct resample_design design = {.row_count = ROWS};
    struct resampled found;
    assert_int_equal(resample_bootstrap(&bench.ctx, &design, &bench.figures, &bench.plan, &found), STATUS_CANCELLED);
    assert_string_equal(bench.ctx.error.sentence, "The work was stopped before it was done.");
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replicates_have_the_ideal_moments),
        cmocka_unit_test(units_and_strata_are_drawn_whole),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(failures_are_counted),
        cmocka_unit_test(one_is_left_out),
        cmocka_unit_test(many_units_are_left_out_in_groups),
        cmocka_unit_test(labels_are_dealt_evenly),
        cmocka_unit_test(a_run_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
