/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/chance.h"
#include "pair/long_sum.h"
#include "support/pairs_text.h"

/* A number of `bits` bits, of either sign. */
static int128 number_of(uint64_t index, unsigned bits)
{
    uint128 high = chance_bits(4, 1, index);
    uint128 value = (high << 64 | chance_bits(4, 2, index)) >> (128 - bits);
    return chance_bits(4, 3, index) % 2 == 0 ? (int128)value : -(int128)value;
}

static void assert_sum(const struct long_sum *sum, const mpz_t expected)
{
    mpz_t actual;
    struct wide wide = long_sum_wide(sum);
    mpz_init(actual);
    mpz_set_wide(actual, &wide);
    assert_int_equal(mpz_cmp(actual, expected), 0);
    mpz_clear(actual);
}

/* long_sum.h: "Adds a × b." "Adds value." "The same number as a wide one.": against libgmp, short and long, of both signs. */
static void test_agrees_with_gmp(void **state)
{
    (void)state;
    struct long_sum sum = {.low = 0}, twice = {.low = 0};
    mpz_t a, b, expected;
    mpz_inits(a, b, expected, NULL);
    for (uint64_t i = 0; i < 3000; i++) {
        int128 left = number_of(2 * i, 1 + (unsigned)(i % 111));
        int128 right = number_of(2 * i + 1, 1 + (unsigned)(i * 7 % 111));
        mpz_set_int128(a, left);
        mpz_set_int128(b, right);
        mpz_addmul(expected, a, b);
        mpz_add(expected, expected, a);
        long_sum_add_product(&sum, left, right);
        long_sum_add(&sum, left);
        assert_sum(&sum, expected);
    }
    long_sum_merge(&twice, &sum);
    long_sum_merge(&twice, &sum);
    mpz_mul_ui(expected, expected, 2);
    assert_sum(&twice, expected);
    mpz_clears(a, b, expected, NULL);
}

/* The edges where a carry runs through all limbs. */
static void test_carries_through(void **state)
{
    (void)state;
    struct long_sum sum = {.low = 0};
    mpz_t expected;
    mpz_init_set_si(expected, -1);
    long_sum_add(&sum, -1);
    assert_sum(&sum, expected);
    long_sum_add(&sum, 1);
    mpz_set_ui(expected, 0);
    assert_sum(&sum, expected);
    long_sum_add_product(&sum, (int128)1 << 126, (int128)1 << 100);
    long_sum_add_product(&sum, -((int128)1 << 126), (int128)1 << 100);
    assert_sum(&sum, expected);
    long_sum_add_product(&sum, -((int128)1 << 64), (int128)1 << 64);
    mpz_ui_pow_ui(expected, 2, 128);
    mpz_neg(expected, expected);
    assert_sum(&sum, expected);
    mpz_clear(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees_with_gmp),
        cmocka_unit_test(test_carries_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
