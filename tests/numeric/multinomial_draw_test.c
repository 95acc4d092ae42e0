/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/multinomial_draw.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/distribution.h"

enum { CELLS = 7, DRAWS = 20000 };

static const uint64_t counts[CELLS] = {0, 3, 40, 0, 7, 150, 0};

/* "which sum to the sum of counts; a cell with count 0 is never drawn" */
static void draws_add_up(void **state)
{
    (void)state;
    struct chance_sequence sequence = {.seed = 1, .stream = 1};
    for (int d = 0; d < 500; d++) {
        uint32_t times[CELLS];
        multinomial_draw(&sequence, counts, CELLS, times);
        uint64_t sum = 0;
        for (int c = 0; c < CELLS; c++) {
            sum += times[c];
            assert_true(counts[c] > 0 || times[c] == 0);
        }
        assert_int_equal(sum, 200);
    }
    uint32_t times[2] = {9, 9};
    static const uint64_t nothing[2], large[2] = {UINT32_MAX - 1, 1};
    multinomial_draw(&sequence, nothing, 2, times);
    assert_true(times[0] == 0 && times[1] == 0);
    multinomial_draw(&sequence, large, 2, times);
    assert_true((uint64_t)times[0] + times[1] == UINT32_MAX);
}

/* Means n p, variances n p (1 − p), covariances −n p q, within five standard errors. */
static void moments_are_those_of_a_multinomial(void **state)
{
    (void)state;
    struct chance_sequence sequence = {.seed = 2, .stream = 1};
    double sum[CELLS] = {0}, products[CELLS][CELLS] = {{0}};
    for (int d = 0; d < DRAWS; d++) {
        uint32_t times[CELLS];
        multinomial_draw(&sequence, counts, CELLS, times);
        for (int i = 0; i < CELLS; i++) {
            double x = (double)times[i] - (double)counts[i];
            sum[i] += x;
            for (int j = 0; j < CELLS; j++)
                products[i][j] += x * ((double)times[j] - (double)counts[j]);
        }
    }
    for (int i = 0; i < CELLS; i++) {
        double p = (double)counts[i] / 200, variance = 200 * p * (1 - p);
        assert_true(fabs(sum[i] / DRAWS) <= 5 * sqrt(variance / DRAWS));
        for (int j = 0; j < CELLS; j++) {
            double q = (double)counts[j] / 200, other = 200 * q * (1 - q);
            double covariance = i == j ? variance : -200 * p * q;
            assert_true(fabs(products[i][j] / DRAWS - covariance) <= 5 * sqrt(3 * variance * other / DRAWS));
        }
    }
}

/* Three of three: every outcome of 27 equally likely ordered draws has its exact probability. */
static void small_tables_are_exact(void **state)
{
    (void)state;
    static const uint64_t table[2] = {1, 2};
    static const double probability[4] = {8 / 27., 12 / 27., 6 / 27., 1 / 27.};
    struct chance_sequence sequence = {.seed = 3, .stream = 1};
    double seen[4] = {0}, sum = 0;
    for (int d = 0; d < DRAWS; d++) {
        uint32_t times[2];
        multinomial_draw(&sequence, table, 2, times);
        seen[times[0]]++;
    }
    for (int k = 0; k < 4; k++)
        sum += (seen[k] - DRAWS * probability[k]) * (seen[k] - DRAWS * probability[k]) / (DRAWS * probability[k]);
    assert_true(chi_square_upper(sum, 3) > .001);
}

static void lanes_compare(enum kernel kernel, const uint64_t *table, uint64_t seed)
{
    struct chance_sequence lanes[BINOMIAL_LANES], alone[BINOMIAL_LANES];
    uint32_t times[BINOMIAL_LANES * CELLS], expected[CELLS];
    for (unsigned lane = 0; lane < BINOMIAL_LANES; lane++)
        lanes[lane] = alone[lane] = (struct chance_sequence){.seed = seed, .stream = lane, .next = 1000 * lane};
    for (int again = 0; again < 3; again++) {
        multinomial_draw_lanes(kernel, lanes, table, CELLS, times);
        for (unsigned lane = 0; lane < BINOMIAL_LANES; lane++) {
            multinomial_draw(&alone[lane], table, CELLS, expected);
            assert_memory_equal(times + lane * CELLS, expected, sizeof expected);
            assert_int_equal(lanes[lane].next, alone[lane].next);
        }
    }
}

/* "to the bit what multinomial_draw gives of each", by every kernel: small and large cells, on either side of one half */
static void lanes_draw_what_sequences_do(void **state)
{
    (void)state;
    static const uint64_t tables[][CELLS] = {
        {0, 3, 40, 0, 7, 150, 0}, {900000, 40000, 3, 0, 60000, 200, 100000},     {10, 10, 10, 10, 10, 10, 10},
        {0, 0, 0, 0, 0, 0, 0},    {4000000000, 1, 0, 200000000, 94967294, 0, 0}, {100, 9000, 100, 50, 25, 12, 600}};
    for (unsigned t = 0; t < 300; t++) {
        for (unsigned k = 0; k < KERNEL_COUNT; k++) {
            if (kernel_available((enum kernel)k))
                lanes_compare((enum kernel)k, tables[t % (sizeof tables / sizeof *tables)], t);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_add_up),
        cmocka_unit_test(moments_are_those_of_a_multinomial),
        cmocka_unit_test(small_tables_are_exact),
        cmocka_unit_test(lanes_draw_what_sequences_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
