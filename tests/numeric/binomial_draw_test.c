/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/binomial_draw.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/chance.h"
#include "numeric/distribution.h"

enum { DRAWS = 40000, BINS = 4096 };

static double observed[BINS], expected[BINS];

/* The p of chi-square of many draws against the exact probabilities, cells with few joined with the next. */
static double fit(uint64_t n, double p, uint64_t stream)
{
    struct chance_sequence sequence = {.seed = 20, .stream = stream};
    double mean = (double)n * p, spread = sqrt(mean * (1 - p));
    double low = floor(mean - BINS / 2.0 * ceil(12 * spread / BINS)), wide = ceil(12 * spread / BINS);
    for (int b = 0; b < BINS; b++)
        observed[b] = expected[b] = 0;
    for (int i = 0; i < DRAWS; i++) {
        uint64_t k = binomial_draw(&sequence, n, p);
        assert_true(k <= n);
        double bin = floor(((double)k - low) / wide);
        assert_true(bin >= 0 && bin < BINS);
        observed[(int)bin]++;
    }
    for (int b = 0; b < BINS; b++) {
        for (double k = low + b * wide; k < low + (b + 1) * wide; k++) {
            if (k >= 0 && k <= (double)n)
                expected[b] += DRAWS * exp(binomial_mass_log(k, (double)n, p));
        }
    }
    double sum = 0, cells = 0, o = 0, e = 0, left = DRAWS;
    for (int b = 0; b < BINS; b++) {
        o += observed[b];
        e += expected[b];
        if (e >= 20 && left - e >= 20) {
            sum += (o - e) * (o - e) / e;
            left -= e;
            cells++;
            o = e = 0;
        }
    }
    sum += (o - e) * (o - e) / e;
    return chi_square_upper(sum, cells);
}

/* "one exact draw from the binomial distribution": inversion, rejection, either side of ½, and just around their border */
static void draws_follow_the_exact_probabilities(void **state)
{
    (void)state;
    static const struct {
        uint64_t n;
        double p;
    } cases[] = {{1, .3},       {5, .5},       {19, .5},       {20, .5},           {40, .249},        {40, .251},
                 {40, .75},     {97, .11},     {1000, .00999}, {1000, .0101},      {1000, .5},        {1000, .97},
                 {100000, .04}, {1000000, .3}, {2000000, .9},  {4000000000, 2e-9}, {4000000000, 1e-7}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double p = fit(cases[i].n, cases[i].p, i);
        printf("binomial %llu, %g: chi-square p %.3f\n", (unsigned long long)cases[i].n, cases[i].p, p);
        assert_true(p > .001 && p < .999);
    }
}

/* Moments where single values are too many to compare: mean and variance within five standard errors. */
static void moments_of_large_draws(void **state)
{
    (void)state;
    static const double probabilities[] = {1e-6, .01, .3, .5, .8};
    for (size_t i = 0; i < 5; i++) {
        struct chance_sequence sequence = {.seed = 21, .stream = i};
        double n = 4e9, p = probabilities[i], mean = n * p, variance = mean * (1 - p), sum = 0, squares = 0;
        for (int d = 0; d < DRAWS; d++) {
            double z = ((double)binomial_draw(&sequence, (uint64_t)n, p) - mean) / sqrt(variance);
            sum += z;
            squares += z * z;
        }
        assert_true(fabs(sum / DRAWS) < 5 / sqrt(DRAWS));
        assert_true(fabs(squares / DRAWS - 1) < 5 * sqrt(2.0 / DRAWS));
    }
}

/* How likely k of u is accepted, over what is drawn; the squeeze must lie below it. */
static void hat_is_above(double n, double p)
{
    struct binomial_hat hat = binomial_hat_of(n, p);
    double mode = binomial_mass_log(floor((n + 1) * p), n, p);
    for (int step = 1; step < 10000; step++) {
        double u = step * .0001 - .5, edge = .5 - fabs(u), k = floor((2 * hat.a / edge + hat.b) * u + hat.centre);
        double accepted =
            k < 0 || k > n ? 0 : exp(binomial_mass_log(k, n, p) - mode) * (hat.a / (edge * edge) + hat.b) / hat.scale;
        assert_true(accepted <= 1 + 1e-12);
        if (edge >= .07)
            assert_true(k >= 0 && k <= n && accepted >= hat.squeeze);
    }
}

/* Hörmann's constants: the hat lies above the mass everywhere, and the squeeze below it, for n × p from 10 on. */
static void the_hat_lies_above_the_mass(void **state)
{
    (void)state;
    static const double counts[] = {20, 21, 25, 33, 50, 100, 250, 1000, 1e4, 1e6, 1e9};
    static const double means[] = {10, 10.5, 12, 17, 40, 300, 5e3, 1e6, 4e8};
    for (size_t i = 0; i < 11; i++) {
        for (size_t j = 0; j < 9 && means[j] <= counts[i] / 2; j++)
            hat_is_above(counts[i], means[j] / counts[i]);
    }
}

/* "at most so much is it off": beside the mass itself, near the mode and far from it */
static void ratios_are_off_by_less_than_they_say(void **state)
{
    (void)state;
    static const double counts[] = {20, 33, 100, 1000, 1e5, 1e7, 4294967295.};
    static const double probabilities[] = {.5, .3, .1, .01, 1e-4, 1e-6};
    for (size_t i = 0; i < 7 * 6; i++) {
        double n = counts[i / 6], p = probabilities[i % 6], mode = floor((n + 1) * p), spread = sqrt(n * p * (1 - p));
        for (int step = -60; step <= 60 && n * p >= 10; step++) {
            double k = mode + floor(step * spread / 8), error;
            if (k < 0 || k > n)
                continue;
            double near = binomial_ratio_log(k, mode, n, p, &error);
            double exact = binomial_mass_log(k, n, p) - binomial_mass_log(mode, n, p);
            assert_true(fabs(near - exact) <= error / 2);
            assert_true(error < 1e-4);
        }
    }
}

/* "0 and 1 as probability, and n = 0, take no number"; the same three values give the same numbers */
static void sequences_are_counted(void **state)
{
    (void)state;
    struct chance_sequence a = {.seed = 1, .stream = 2, .next = 3}, b = a;
    assert_int_equal(binomial_draw(&a, 0, .5), 0);
    assert_int_equal(binomial_draw(&a, 10, 0), 0);
    assert_int_equal(binomial_draw(&a, 10, 1), 10);
    assert_int_equal(a.next, 3);
    assert_true(chance_sequence_next(&a) == chance_uniform(1, 2, 3));
    assert_int_equal(a.next, 4);
    for (uint64_t i = 4; i < 4 + 3 * CHANCE_AHEAD; i++)
        assert_true(chance_sequence_next(&a) == chance_uniform(1, 2, i));
    a.next = 3;
    for (int i = 0; i < 100; i++)
        assert_int_equal(binomial_draw(&a, 500, .1), binomial_draw(&b, 500, .1));
    assert_int_equal(a.next, b.next);
    /* .7 of n is n less .3 of n, from the same numbers */
    a = b;
    assert_int_equal(binomial_draw(&a, 500, .75), 500 - binomial_draw(&b, 500, .25));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_follow_the_exact_probabilities),
        cmocka_unit_test(moments_of_large_draws),
        cmocka_unit_test(the_hat_lies_above_the_mass),
        cmocka_unit_test(ratios_are_off_by_less_than_they_say),
        cmocka_unit_test(sequences_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
