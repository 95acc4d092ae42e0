/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "every interval's coverage simulated in-process": 95 % intervals must hold the true value in 95 % of simulated samples of 200, to
 * Monte Carlo error. With GAPMETER_COVERAGE=print it prints the table of docs/coverage.md for 10, 50 and 200 instead. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "numeric/alpha.h"
#include "numeric/attributable_fraction.h"
#include "numeric/distribution.h"
#include "numeric/effect_size.h"
#include "numeric/least_squares.h"
#include "numeric/net_promoter.h"
#include "numeric/paired_t.h"
#include "numeric/ratio_interval.h"
#include "numeric/resample_interval.h"
#include "numeric/welch.h"
#include "numeric/wilson.h"

enum { PEOPLE_MAX = 200, ITEMS = 4, GAPS = 9, CLUSTER = 5, REPLICATES = 399 };
#define LEVEL .95

/* One simulated sample: numbers that depend on the law, the sample and the place alone. */
struct sample {
    struct ctx *ctx;
    uint64_t law, number;
    size_t people;
};

/* Did the interval hold the true value, or was there none? */
enum held { MISSED, HELD, NO_INTERVAL };

static double uniform(const struct sample *sample, uint64_t place)
{
    return chance_uniform(sample->law, sample->number, place);
}

static double normal(const struct sample *sample, uint64_t place)
{
    return normal_quantile_upper(uniform(sample, place));
}

static enum held holds(enum undefined undefined, struct interval interval, double truth)
{
    return undefined ? NO_INTERVAL : interval.low <= truth && truth <= interval.high ? HELD : MISSED;
}

static double mean_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

static double covariance_of(const double *x, const double *y, size_t n)
{
    double mx = mean_of(x, n), my = mean_of(y, n), sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (x[i] - mx) * (y[i] - my);
    return sum / (double)(n - 1);
}

/* Gaps from −6 to 2, most of them a little below 0 and some far below. */
static const unsigned gap_weights[GAPS] = {3, 5, 8, 12, 18, 24, 20, 8, 2};

static double gaps_draw(const struct sample *sample, double *gaps)
{
    double total = 0, truth = 0;
    for (int g = 0; g < GAPS; g++) {
        total += gap_weights[g];
        truth += gap_weights[g] * (g - 6.0);
    }
    for (size_t i = 0; i < sample->people; i++) {
        double ball = uniform(sample, i) * total;
        int g = 0;
        for (; g < GAPS - 1 && ball >= gap_weights[g]; g++)
            ball -= gap_weights[g];
        gaps[i] = g - 6.0;
    }
    return truth / total;
}

static enum held mean_gap(const struct sample *sample)
{
    double gaps[PEOPLE_MAX], truth = gaps_draw(sample, gaps), n = (double)sample->people;
    struct paired_t t = {0};
    double se = sqrt(covariance_of(gaps, gaps, sample->people) / n);
    enum undefined undefined = paired_t_test(mean_of(gaps, sample->people), se, n - 1, LEVEL, &t);
    return holds(undefined, t.interval, truth);
}

static enum held share(const struct sample *sample, double truth)
{
    struct interval interval = {0, 0};
    size_t count = 0;
    for (size_t i = 0; i < sample->people; i++)
        count += uniform(sample, i) < truth;
    double n = (double)sample->people;
    enum undefined undefined = wilson_interval((double)count / n, n, LEVEL, &interval);
    return holds(undefined, interval, truth);
}

static enum held share_small(const struct sample *sample)
{
    return share(sample, .12);
}

static enum held share_middle(const struct sample *sample)
{
    return share(sample, .47);
}

static enum held effect(const struct sample *sample)
{
    double x[PEOPLE_MAX];
    struct effect_size size = {0};
    for (size_t i = 0; i < sample->people; i++)
        x[i] = normal(sample, i) - .3;
    double sd = sqrt(covariance_of(x, x, sample->people));
    enum undefined undefined = effect_size(mean_of(x, sample->people), sd, (double)sample->people, LEVEL, &size);
    return holds(undefined ? undefined : size.interval_undefined, size.interval, -.3);
}

/* Four items of what a person thinks and an error each, both of variance 1: alpha = .8. */
static enum held alpha(const struct sample *sample)
{
    double items[ITEMS][PEOPLE_MAX], total[PEOPLE_MAX], single = 0;
    for (size_t i = 0; i < sample->people; i++) {
        double thought = normal(sample, i * (ITEMS + 1));
        total[i] = 0;
        for (size_t j = 0; j < ITEMS; j++) {
            items[j][i] = thought + normal(sample, i * (ITEMS + 1) + j + 1);
            total[i] += items[j][i];
        }
    }
    for (size_t j = 0; j < ITEMS; j++)
        single += covariance_of(items[j], items[j], sample->people);
    double found = ITEMS / (ITEMS - 1.0) * (1 - single / covariance_of(total, total, sample->people));
    struct interval interval = {0, 0};
    enum undefined undefined = feldt_interval(found, (double)sample->people, ITEMS, LEVEL, &interval);
    return holds(undefined, interval, .8);
}

/* Adequacy around .8, width around 1.7: a zone position of .8/1.7. */
static enum held zone_position(const struct sample *sample)
{
    double adequacy[PEOPLE_MAX], width[PEOPLE_MAX], n = (double)sample->people;
    for (size_t i = 0; i < sample->people; i++) {
        double common = normal(sample, 3 * i);
        adequacy[i] = .8 + .7 * common + normal(sample, 3 * i + 1);
        width[i] = 1.7 + .5 * common + .8 * normal(sample, 3 * i + 2);
    }
    const struct ratio_parts parts = {.numerator = mean_of(adequacy, sample->people),
                                      .denominator = mean_of(width, sample->people),
                                      .numerator_variance = covariance_of(adequacy, adequacy, sample->people) / n,
                                      .denominator_variance = covariance_of(width, width, sample->people) / n,
                                      .covariance = covariance_of(adequacy, width, sample->people) / n};
    struct interval interval = {0, 0};
    enum undefined undefined = fieller_interval(&parts, t_quantile_upper((1 - LEVEL) / 2, n - 1), &interval);
    return holds(undefined, interval, .8 / 1.7);
}

static enum held net_promoter(const struct sample *sample)
{
    double promoters = 0, detractors = 0, n = (double)sample->people;
    for (size_t i = 0; i < sample->people; i++) {
        double u = uniform(sample, i);
        promoters += u < .45;
        detractors += u >= .8;
    }
    struct net_promoter score = {0};
    enum undefined undefined = net_promoter_score(promoters / n, detractors / n, n, LEVEL, &score);
    return holds(undefined, score.adjusted, 25);
}

/* 6, 24, 7 and 63 of 100: twice the risk, 3/13 of the losses. */
static enum held lost_customers(const struct sample *sample)
{
    double cells[4] = {0, 0, 0, 0};
    for (size_t i = 0; i < sample->people; i++) {
        double u = uniform(sample, i);
        cells[u < .06 ? 0 : u < .3 ? 1 : u < .37 ? 2 : 3]++;
    }
    const struct exposure_table table = {cells[0], cells[1], cells[2], cells[3]};
    struct attributable_fraction loss = {0};
    enum undefined undefined = attributable_fraction(&table, LEVEL, &loss);
    return holds(undefined, loss.interval, 3.0 / 13);
}

/* The g-th of `groups` equal parts of the people; its standard deviation is 1 + g. */
static struct mean_estimate group_of(const struct sample *sample, size_t g, size_t groups)
{
    double x[PEOPLE_MAX];
    size_t n = sample->people / groups;
    for (size_t i = 0; i < n; i++)
        x[i] = .5 * (double)g + (1 + (double)g) * normal(sample, g * n + i);
    return (struct mean_estimate){.mean = mean_of(x, n), .variance = covariance_of(x, x, n) / (double)n, .df = (double)(n - 1)};
}

static enum held two_groups(const struct sample *sample)
{
    struct mean_estimate first = group_of(sample, 0, 2), second = group_of(sample, 1, 2);
    struct mean_comparison comparison = {0};
    enum undefined undefined = welch_t_test(&first, &second, LEVEL, &comparison);
    return holds(undefined, comparison.interval, .5);
}

/* All three pairs of three groups at once. */
static enum held all_pairs(const struct sample *sample)
{
    static struct studentised_range range;
    if (!range.groups)
        studentised_range_open(3, &range);
    struct mean_estimate groups[3];
    for (size_t g = 0; g < 3; g++)
        groups[g] = group_of(sample, g, 3);
    for (size_t pair = 0; pair < 3; pair++) {
        size_t a = pair == 2 ? 1 : 0, b = pair == 0 ? 1 : 2;
        struct mean_comparison comparison = {0};
        enum undefined undefined = games_howell(&groups[a], &groups[b], &range, LEVEL, &comparison);
        enum held held = holds(undefined, comparison.interval, .5 * (double)(b - a));
        if (held != HELD)
            return held;
    }
    return HELD;
}

/* y = 1 + .6 x + e on two predictors; the interval of .6.
 * takes   clustered  errors and x are shared by five people each; else the error grows with x */
static enum held slope(const struct sample *sample, bool clustered)
{
    double x[2 * PEOPLE_MAX], y[PEOPLE_MAX], covariance[9];
    uint32_t units[PEOPLE_MAX];
    size_t n = sample->people;
    for (size_t i = 0; i < n; i++) {
        uint64_t unit = clustered ? i / CLUSTER : i;
        units[i] = (uint32_t)unit;
        x[i] = normal(sample, 1000 + unit);
        x[n + i] = .5 * x[i] + normal(sample, 2000 + i);
        double error =
            clustered ? normal(sample, 3000 + unit) + normal(sample, 4000 + i) : (.5 + fabs(x[i])) * normal(sample, 4000 + i);
        y[i] = 1 + .6 * x[i] - .3 * x[n + i] + error;
    }
    const struct regression regression = {.rows = n, .columns = 2, .x = x, .y = y, .intercept = true};
    const struct covariance_method method = {
        .kind = clustered ? COVARIANCE_CLUSTER : COVARIANCE_HC3, .units = units, .unit_count = (n + CLUSTER - 1) / CLUSTER};
    struct least_squares fit;
    enum undefined undefined = DEFINED;
    assert_int_equal(least_squares_fit(sample->ctx, &regression, &fit), STATUS_OK);
    if (fit.undefined || (clustered && method.unit_count < 10))
        return NO_INTERVAL;
    assert_int_equal(least_squares_covariance(sample->ctx, &regression, &fit, &method, covariance, &undefined), STATUS_OK);
    if (undefined)
        return NO_INTERVAL;
    double df = clustered ? (double)method.unit_count - 1 : fit.df;
    double half = t_quantile_upper((1 - LEVEL) / 2, df) * sqrt(covariance[4]);
    return holds(DEFINED, (struct interval){fit.coefficients[1] - half, fit.coefficients[1] + half}, .6);
}

static enum held slope_uneven(const struct sample *sample)
{
    return slope(sample, false);
}

static enum held slope_clustered(const struct sample *sample)
{
    return slope(sample, true);
}

/* The mean of the gaps that were drawn. */
struct drawn {
    const double *gaps;
    size_t people;
};

static enum undefined drawn_mean(void *state, unsigned worker, const uint32_t *times, double *out)
{
    const struct drawn *drawn = state;
    double sum = 0, n = 0;
    (void)worker;
    for (size_t i = 0; i < drawn->people; i++) {
        sum += times[i] * drawn->gaps[i];
        n += times[i];
    }
    *out = sum / n;
    return DEFINED;
}

static enum held drawn_again(const struct sample *sample, bool bca)
{
    double gaps[PEOPLE_MAX], truth = gaps_draw(sample, gaps);
    struct drawn drawn = {gaps, sample->people};
    const struct resample_design design = {.row_count = sample->people};
    const struct resample_figures figures = {.state = &drawn, .count = 1, .compute = drawn_mean};
    const struct resample_plan plan = {.replicates = REPLICATES, .seed = sample->number, .stream = 5};
    struct resampled bootstrap, jackknife;
    struct resample_interval interval;
    enum undefined undefined = DEFINED;
    assert_int_equal(resample_bootstrap(sample->ctx, &design, &figures, &plan, &bootstrap), STATUS_OK);
    assert_int_equal(resample_jackknife(sample->ctx, &design, &figures, &plan, &jackknife), STATUS_OK);
    const struct resample_sample found = {
        .estimate = mean_of(gaps, sample->people), .bootstrap = &bootstrap, .jackknife = &jackknife, .confidence = LEVEL};
    assert_int_equal(resample_interval_find(sample->ctx, &found, &interval, &undefined), STATUS_OK);
    return undefined ? NO_INTERVAL : holds(DEFINED, bca ? interval.bca : interval.percentile, truth);
}

static enum held drawn_percentile(const struct sample *sample)
{
    return drawn_again(sample, false);
}

static enum held drawn_bca(const struct sample *sample)
{
    return drawn_again(sample, true);
}

/* An interval and what it may differ from 95 % by, beside Monte Carlo error: counts make jumps, few replicates lose a little. */
struct law {
    const char *name;
    enum held (*simulate)(const struct sample *);
    unsigned samples;
    double allowance;
};

static const struct law laws[] = {
    {"mean gap, Student", mean_gap, 2000, 0},
    {"share of .12, Wilson", share_small, 2000, .012},
    {"share of .47, Wilson", share_middle, 2000, .012},
    {"dz, non-central t", effect, 400, 0},
    {"alpha, Feldt", alpha, 1000, 0},
    {"zone position, Fieller", zone_position, 1500, 0},
    {"NPS, adjusted", net_promoter, 2000, .01},
    {"customers lost", lost_customers, 2000, .01},
    {"two groups, Welch", two_groups, 2000, 0},
    {"all pairs of three groups, Games–Howell", all_pairs, 1500, .005},
    {"slope, HC3", slope_uneven, 1000, .005},
    {"slope, clusters of five", slope_clustered, 1000, .012},
    {"mean gap, percentile", drawn_percentile, 400, .01},
    {"mean gap, BCa", drawn_bca, 400, .01},
};

/* The share of the samples with an interval whose interval holds the truth; −1 when none has one. */
static double coverage_of(size_t law, size_t people, unsigned samples)
{
    unsigned held = 0, there = 0;
    for (unsigned i = 0; i < samples; i++) {
        struct ctx ctx = {.threads = 1};
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        const struct sample sample = {.ctx = &ctx, .law = 4000 + law, .number = i, .people = people};
        enum held one = laws[law].simulate(&sample);
        held += one == HELD;
        there += one != NO_INTERVAL;
        arena_destroy(ctx.arena);
    }
    return there ? (double)held / there : -1;
}

static void table_print(void)
{
    static const size_t people[] = {10, 50, 200};
    for (size_t law = 0; law < sizeof laws / sizeof *laws; law++) {
        print_message("| %s |", laws[law].name);
        for (size_t k = 0; k < 3; k++) {
            double coverage = coverage_of(law, people[k], 5 * laws[law].samples);
            if (coverage < 0)
                print_message(" – |");
            else
                print_message(" %.1f |", 100 * coverage);
        }
        print_message("\n");
    }
}

/* "95 % ± Monte Carlo error at n = 200", at three standard errors. */
static void intervals_hold_the_truth_as_often_as_they_say(void **state)
{
    (void)state;
    const char *wish = getenv("GAPMETER_COVERAGE");
    if (wish && strcmp(wish, "print") == 0) {
        table_print();
        return;
    }
    for (size_t law = 0; law < sizeof laws / sizeof *laws; law++) {
        double coverage = coverage_of(law, PEOPLE_MAX, laws[law].samples);
        double allowed = 3 * sqrt(LEVEL * (1 - LEVEL) / laws[law].samples) + laws[law].allowance;
        print_message("%-42s %.1f %% of %u samples\n", laws[law].name, 100 * coverage, laws[law].samples);
        if (fabs(coverage - LEVEL) > allowed)
            fail_msg("%s: %.4f, allowed .95 ± %.4f", laws[law].name, coverage, allowed);
    }
}

/* The simulation sees a wrong interval: the normal quantile in place of Student's holds too seldom in samples of 10. */
static enum held mean_gap_by_normal(const struct sample *sample)
{
    double gaps[PEOPLE_MAX], truth = gaps_draw(sample, gaps);
    double half =
        normal_quantile_upper((1 - LEVEL) / 2) * sqrt(covariance_of(gaps, gaps, sample->people) / (double)sample->people);
    double mean = mean_of(gaps, sample->people);
    return holds(DEFINED, (struct interval){mean - half, mean + half}, truth);
}

static void a_wrong_interval_would_be_seen(void **state)
{
    (void)state;
    unsigned held = 0;
    for (unsigned i = 0; i < 2000; i++) {
        const struct sample sample = {.law = 99, .number = i, .people = 10};
        held += mean_gap_by_normal(&sample) == HELD;
    }
    assert_true(held / 2000.0 < LEVEL - 3 * sqrt(LEVEL * (1 - LEVEL) / 2000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
        cmocka_unit_test(a_wrong_interval_would_be_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
