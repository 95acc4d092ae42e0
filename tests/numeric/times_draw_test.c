/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/times_draw.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "numeric/distribution.h"

enum { COUNT_MOST = 20000, DRAWS = 4000 };

static struct times_law law;

/* P(X > k) of a Poisson number, from the mass itself. */
static double above(double mean, unsigned k)
{
    double sum = 0;
    for (unsigned j = k + 40; j > k; j--)
        sum += exp(j * log(mean) - mean - lgamma(j + 1.0));
    return sum;
}

/* "the number of 64 bits of chance is how many of these they are above", and what the first byte tells of it */
static void laws_are_those_of_poisson(void **state)
{
    (void)state;
    static const uint32_t counts[] = {TIMES_DRAW_FROM, 1000, 12345, 1000000, UINT32_MAX};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        times_law_make(counts[c], &law);
        assert_false(law.one_by_one);
        double mean = 1 - 2 / sqrt(counts[c]);
        for (unsigned k = 0; k < TIMES_CUTS; k++) {
            double share = (double)(UINT64_MAX - law.last[k]) * 0x1p-64, expected = above(mean, k);
            assert_true(fabs(share - expected) <= 1e-13 * expected + 0x1p-63);
        }
        assert_true(law.last[TIMES_CUTS - 1] == UINT64_MAX);
        for (unsigned byte = 0; byte < 256; byte++) {
            uint64_t least = (uint64_t)byte << 56, most = least | (UINT64_MAX >> 8);
            unsigned few = 0, many = 0;
            for (unsigned k = 0; k < TIMES_CUTS; k++) {
                few += least > law.last[k];
                many += most > law.last[k];
            }
            assert_int_equal(law.often[byte] & ~TIMES_UNSURE, few);
            assert_true(few == many || (law.often[byte] & TIMES_UNSURE) != 0);
        }
    }
    times_law_make(TIMES_DRAW_FROM - 1, &law);
    assert_true(law.one_by_one);
}

/* What the words of the header say, row by row.
 * gives   the sum */
static uint64_t try_by_hand(const struct index_draw *draw, uint8_t *times)
{
    uint64_t sum = 0;
    uint32_t words[4], unsure = 0;
    for (uint32_t row = 0; row < draw->count; row++) {
        chance_words(draw->seed ^ UINT64_C(0xD6E8FEB86659FD93), draw->stream, draw->index + row / 16, 1, words);
        uint64_t bits = (uint64_t)(words[row % 16 / 4] >> row % 4 * 8 & 0xFF) << 56;
        unsure = row % 4096 == 0 ? 0 : unsure;
        if (law.often[bits >> 56] & TIMES_UNSURE) {
            uint64_t block = draw->index + row / 4096 * 4096 + unsure / 2;
            chance_words(draw->seed ^ UINT64_C(0xC2B2AE3D27D4EB4F), draw->stream, block, 1, words);
            const uint32_t *two = words + unsure++ % 2 * 2;
            bits |= ((uint64_t)two[1] << 32 | two[0]) >> 8;
        } else {
            bits |= UINT64_MAX >> 8;
        }
        times[row] = 0;
        for (unsigned k = 0; k < TIMES_CUTS; k++)
            times[row] = (uint8_t)(times[row] + (bits > law.last[k]));
        sum += times[row];
    }
    return sum;
}

/* gives   how often it was drawn anew */
static unsigned draw_by_hand(const struct index_draw *draw, uint8_t *times)
{
    struct index_draw try = *draw;
    unsigned anew = 0;
    uint64_t sum = 0;
    memset(times, 0, draw->count);
    while (draw->count >= TIMES_DRAW_FROM && (sum = try_by_hand(&try, times)) > draw->count) {
        try.seed += UINT64_C(0x9E3779B97F4A7C15);
        anew++;
    }
    for (uint32_t i = 0; i < draw->count - sum; i++) {
        uint32_t picks[INDEX_DRAWS_AT_ONCE];
        index_draw(KERNEL_SCALAR, draw, i / INDEX_DRAWS_AT_ONCE * INDEX_DRAWS_AT_ONCE, INDEX_DRAWS_AT_ONCE, picks);
        times[picks[i % INDEX_DRAWS_AT_ONCE]]++;
    }
    return anew;
}

/* "all give the same": what is drawn by hand, whatever the kernel, in and beside whole vectors; nothing beyond the rows */
static void every_kernel_draws_the_same(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 5, 255, 511, 512, 513, 575, 1000, 4095, 4096, 4097, 4200, 9000, COUNT_MOST};
    static uint8_t expected[COUNT_MOST], times[COUNT_MOST + 1];
    unsigned anew = 0;
    for (size_t c = 0; c < 8 * sizeof counts / sizeof *counts; c++) {
        const struct index_draw draw = {c, 4, (uint64_t)c << 32, counts[c / 8]};
        times_law_make(draw.count, &law);
        anew += draw_by_hand(&draw, expected);
        for (unsigned k = 0; k < KERNEL_COUNT; k++) {
            if (!kernel_available((enum kernel)k))
                continue;
            memset(times, 0xAB, sizeof times);
            assert_true(times_draw_bytes((enum kernel)k, &draw, &law, times));
            assert_memory_equal(times, expected, draw.count);
            assert_int_equal(times[draw.count], 0xAB);
        }
    }
    assert_true(anew > 0);
}

/* How often rows came k times, over many draws, against the binomial distribution that each row has. */
static void rows_come_as_often_as_they_should(uint32_t count)
{
    static uint8_t times[COUNT_MOST];
    double seen[8] = {0}, sum = 0, all = (double)DRAWS * count;
    times_law_make(count, &law);
    for (uint64_t d = 0; d < DRAWS; d++) {
        const struct index_draw draw = {77, count, d << 32, count};
        uint32_t total = 0;
        assert_true(times_draw_bytes(kernel_current(), &draw, &law, times));
        for (uint32_t i = 0; i < count; i++) {
            seen[times[i] < 7 ? times[i] : 7]++;
            total += times[i];
        }
        assert_int_equal(total, count);
    }
    double left = 1;
    for (int k = 0; k < 8; k++) {
        double p = k < 7 ? exp(binomial_mass_log(k, count, 1.0 / count)) : left, expected = all * p;
        left -= p;
        sum += (seen[k] - expected) * (seen[k] - expected) / expected;
    }
    printf("%u rows: chi-square %.2f\n", count, sum);
    /* Rows of one draw hang together a little, which makes the sum smaller than that of independent ones. */
    assert_true(chi_square_upper(sum, 6) > .001);
}

static void each_row_is_binomial(void **state)
{
    (void)state;
    rows_come_as_often_as_they_should(TIMES_DRAW_FROM);
    rows_come_as_often_as_they_should(5000);
}

/* Sums of chosen weights, over many draws: the variance and the covariance of a multinomial, within five standard errors. */
static void sums_are_those_of_a_multinomial(void **state)
{
    (void)state;
    enum { COUNT = 600 };
    uint8_t times[COUNT];
    double squares = 0, fourth = 0, halves = 0, expected = 0;
    times_law_make(COUNT, &law);
    for (int i = 0; i < COUNT; i++)
        expected += (i % 7 - 3.0) * (i % 7 - 3.0);
    for (uint64_t d = 0; d < DRAWS * 5; d++) {
        const struct index_draw draw = {5, 1, d << 32, COUNT};
        double sum = 0, half = 0;
        assert_true(times_draw_bytes(kernel_current(), &draw, &law, times));
        for (int i = 0; i < COUNT; i++) {
            sum += (times[i] - 1) * (i % 7 - 3.0);
            half += i < COUNT / 2 ? times[i] - 1 : 0;
        }
        squares += sum * sum;
        fourth += half;
        halves += half * half;
    }
    double draws = DRAWS * 5;
    assert_true(fabs(squares / draws / expected - 1) < 5 * sqrt(2 / draws));
    assert_true(fabs(fourth / draws) < 5 * sqrt(COUNT / 4.0 / draws));
    assert_true(fabs(halves / draws / (COUNT / 4.0) - 1) < 5 * sqrt(2 / draws));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(laws_are_those_of_poisson),
        cmocka_unit_test(every_kernel_draws_the_same),
        cmocka_unit_test(each_row_is_binomial),
        cmocka_unit_test(sums_are_those_of_a_multinomial),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
