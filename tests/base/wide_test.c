/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/wide.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <gmp.h>

#include <cmocka.h>

enum { CASES = 100000, BITS = 64 * WIDE_LIMBS };

static gmp_randstate_t chance;
static mpz_t lowest, highest; /* -2^639 and 2^639 - 1 */

static int begin(void **state)
{
    (void)state;
    gmp_randinit_mt(chance);
    gmp_randseed_ui(chance, 20240601);
    mpz_init(lowest);
    mpz_init_set_ui(highest, 1);
    mpz_mul_2exp(highest, highest, BITS - 1);
    mpz_neg(lowest, highest);
    mpz_sub_ui(highest, highest, 1);
    return 0;
}

static int end(void **state)
{
    (void)state;
    gmp_randclear(chance);
    mpz_clears(lowest, highest, NULL);
    return 0;
}

static struct wide wide_of(const mpz_t value)
{
    mpz_t low;
    mpz_init(low);
    mpz_fdiv_r_2exp(low, value, BITS); /* two's complement */
    struct wide wide = {{0}};
    mpz_export(wide.limb, NULL, -1, sizeof *wide.limb, 0, 0, low);
    mpz_clear(low);
    return wide;
}

static void assert_wide(struct wide actual, const mpz_t expected)
{
    struct wide wanted = wide_of(expected);
    assert_memory_equal(actual.limb, wanted.limb, sizeof wanted.limb);
}

/* A signed number of 0 … bits bits: of random bits, or of long runs of ones and zeros, where carries and ties are. */
static void draw(mpz_t value, unsigned bits)
{
    unsigned long length = gmp_urandomm_ui(chance, bits + 1);
    if (gmp_urandomb_ui(chance, 1) == 0)
        mpz_urandomb(value, chance, length);
    else
        mpz_rrandomb(value, chance, length);
    if (gmp_urandomb_ui(chance, 1) == 0)
        mpz_neg(value, value);
}

static bool fits(const mpz_t value)
{
    return mpz_cmp(value, lowest) >= 0 && mpz_cmp(value, highest) <= 0;
}

/* "a + b, a − b, a × b; *overflow is set (never cleared) when the result does not fit" */
static void arithmetic_is_exact(void **state)
{
    (void)state;
    mpz_t a, b, expected;
    mpz_inits(a, b, expected, NULL);
    unsigned overflows = 0;
    for (int i = 0; i < CASES; i++) {
        bool product = i % 3 == 2;
        draw(a, product && i % 2 == 0 ? BITS / 2 + 8 : BITS - 1);
        draw(b, product ? (i % 2 == 0 ? BITS / 2 : 64) : BITS - 1);
        bool overflow = false;
        struct wide result;
        if (i % 3 == 0) {
            mpz_add(expected, a, b);
            result = wide_add(wide_of(a), wide_of(b), &overflow);
        } else if (i % 3 == 1) {
            mpz_sub(expected, a, b);
            result = wide_subtract(wide_of(a), wide_of(b), &overflow);
        } else {
            mpz_mul(expected, a, b);
            result = wide_multiply(wide_of(a), wide_of(b), &overflow);
        }
        assert_int_equal(overflow, !fits(expected));
        if (!overflow)
            assert_wide(result, expected);
        overflows += overflow;
    }
    assert_in_range(overflows, 100, CASES / 2); /* both outcomes were tried */
    mpz_clears(a, b, expected, NULL);
}

/* "*target += term": the quick way and the long one meet where 128 bits end. */
static void increases_are_sums(void **state)
{
    (void)state;
    mpz_t a, b;
    mpz_inits(a, b, NULL);
    for (int i = 0; i < CASES; i++) {
        draw(a, i % 3 ? 128 : BITS - 1);
        draw(b, 126);
        struct wide target = wide_of(a), term = wide_of(b);
        int128 number = (int128)((uint128)term.limb[1] << 64 | term.limb[0]);
        bool overflow = false;
        mpz_add(a, a, b);
        wide_increase(&target, number, &overflow);
        assert_int_equal(overflow, mpz_cmp(a, lowest) < 0 || mpz_cmp(a, highest) > 0);
        if (!overflow)
            assert_wide(target, a);
    }
    mpz_clears(a, b, NULL);
}

/* The same at the very ends of the range; overflow is "never cleared". */
static void arithmetic_at_the_ends(void **state)
{
    (void)state;
    struct wide low = wide_of(lowest), high = wide_of(highest), one = wide_from(1), minus_one = wide_from(-1);
    bool overflow = false;
    assert_int_equal(wide_compare(wide_add(high, low, &overflow), minus_one), 0);
    assert_int_equal(wide_compare(wide_subtract(low, low, &overflow), wide_from(0)), 0);
    assert_int_equal(wide_compare(wide_subtract(minus_one, low, &overflow), high), 0);
    assert_int_equal(wide_compare(wide_multiply(low, one, &overflow), low), 0);
    assert_int_equal(wide_compare(wide_multiply(wide_from(0), low, &overflow), wide_from(0)), 0);
    assert_false(overflow);
    (void)wide_multiply(low, minus_one, &overflow);
    assert_true(overflow);
    (void)wide_add(one, one, &overflow);
    assert_true(overflow);
    overflow = false;
    (void)wide_add(high, one, &overflow);
    assert_true(overflow);
    overflow = false;
    (void)wide_subtract(low, one, &overflow);
    assert_true(overflow);
    overflow = false;
    (void)wide_multiply(low, low, &overflow);
    assert_true(overflow);
}

/* "Below, at or above 0 as a is less than, equal to or greater than b"; "−1, 0 or 1" */
static void order_and_sign(void **state)
{
    (void)state;
    mpz_t a, b;
    mpz_inits(a, b, NULL);
    for (int i = 0; i < CASES; i++) {
        draw(a, BITS - 1);
        if (i % 3 == 0)
            draw(b, BITS - 1);
        else
            mpz_add_ui(b, a, i % 3 == 1);
        int expected = mpz_cmp(a, b);
        int actual = wide_compare(wide_of(a), wide_of(b));
        assert_int_equal((actual > 0) - (actual < 0), (expected > 0) - (expected < 0));
        assert_int_equal(wide_sign(wide_of(a)), mpz_sgn(a));
    }
    mpz_clears(a, b, NULL);
}

/* wide_from keeps sign and value; "10^exponent" */
static void small_numbers_and_powers(void **state)
{
    (void)state;
    mpz_t power;
    mpz_init_set_ui(power, 1);
    bool overflow = false;
    for (unsigned exponent = 0; exponent < 193; exponent++) {
        assert_wide(wide_ten_to(exponent, &overflow), power);
        mpz_mul_ui(power, power, 10);
    }
    assert_false(overflow);
    (void)wide_ten_to(193, &overflow);
    assert_true(overflow);
    overflow = false;
    (void)wide_ten_to(4000000000u, &overflow);
    assert_true(overflow);
    static const int128 smallest = (int128)((uint128)1 << 127);
    mpz_set_si(power, -1);
    assert_wide(wide_from(-1), power);
    mpz_mul_2exp(power, power, 127);
    assert_wide(wide_from(smallest), power);
    mpz_neg(power, power);
    mpz_sub_ui(power, power, 1);
    assert_wide(wide_from(-(smallest + 1)), power);
    mpz_clear(power);
}

/* Fails unless value is the nearest double to the fraction (to its root, when squared), ties to even: the exact number must
 * lie between the middles to the two neighbours. */
static void assert_nearest(double value, const mpq_t exact, bool squared)
{
    assert_true(isfinite(value) && value > 0.0);
    mpq_t middle, neighbour;
    mpq_inits(middle, neighbour, NULL);
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int side = -1; side <= 1; side += 2) {
        mpq_set_d(middle, value);
        mpq_set_d(neighbour, nextafter(value, side < 0 ? 0.0 : HUGE_VAL));
        mpq_add(middle, middle, neighbour);
        mpq_div_2exp(middle, middle, 1);
        if (squared)
            mpq_mul(middle, middle, middle);
        int order = mpq_cmp(exact, middle) * side;
        if (order > 0 || (order == 0 && bits % 2 != 0))
            fail_msg("%a is not the nearest", value);
    }
    mpq_clears(middle, neighbour, NULL);
}

/* Two numbers whose quotient lies half way between two doubles, or beside it by as little as can be. */
static void draw_near_tie(mpz_t numerator, mpz_t denominator)
{
    mpz_urandomb(numerator, chance, 52);
    mpz_setbit(numerator, 52);
    mpz_mul_2exp(numerator, numerator, 1);
    mpz_setbit(numerator, 0);
    draw(denominator, 500);
    mpz_abs(denominator, denominator);
    mpz_add_ui(denominator, denominator, 1);
    mpz_mul(numerator, numerator, denominator);
    mpz_mul_2exp(numerator, numerator, gmp_urandomm_ui(chance, 64));
    switch (gmp_urandomm_ui(chance, 3)) {
    case 0:
        mpz_add_ui(numerator, numerator, 1);
        break;
    case 1:
        mpz_sub_ui(numerator, numerator, 1);
        break;
    default:
        break;
    }
}

/* "numerator / denominator, correctly rounded to the nearest double, ties to even" */
static void ratios_are_correctly_rounded(void **state)
{
    (void)state;
    mpq_t exact;
    mpz_t numerator, denominator;
    mpq_init(exact);
    mpz_inits(numerator, denominator, NULL);
    for (int i = 0; i < CASES; i++) {
        unsigned bits = i % 4 == 0 ? 60 : BITS - 1;
        if (i % 2 == 0) {
            draw(numerator, bits);
            draw(denominator, bits);
        } else {
            draw_near_tie(numerator, denominator);
        }
        if (mpz_sgn(denominator) == 0)
            continue;
        double value = wide_ratio(wide_of(numerator), wide_of(denominator));
        if (mpz_sgn(numerator) == 0) {
            assert_true(value == 0.0 && !signbit(value));
            continue;
        }
        assert_int_equal(value < 0.0, mpz_sgn(numerator) * mpz_sgn(denominator) < 0);
        mpq_set_num(exact, numerator);
        mpq_set_den(exact, denominator);
        mpq_canonicalize(exact);
        mpq_abs(exact, exact);
        assert_nearest(fabs(value), exact, false);
    }
    assert_true(wide_ratio(wide_of(lowest), wide_of(lowest)) == 1.0);
    assert_true(wide_ratio(wide_of(lowest), wide_from(-1)) == 0x1p639);
    mpz_clears(numerator, denominator, NULL);
    mpq_clear(exact);
}

/* "The square root of numerator / denominator, correctly rounded to the nearest double" */
static void roots_are_correctly_rounded(void **state)
{
    (void)state;
    mpq_t exact;
    mpz_t numerator, denominator;
    mpq_init(exact);
    mpz_inits(numerator, denominator, NULL);
    for (int i = 0; i < CASES; i++) {
        if (i % 2 == 0) {
            draw(numerator, BITS - 1);
            draw(denominator, i % 4 == 0 ? BITS - 1 : 40);
        } else {
            /* the square of a middle between two doubles, or beside it */
            mpz_urandomb(numerator, chance, 52);
            mpz_setbit(numerator, 52);
            mpz_mul_2exp(numerator, numerator, 1);
            mpz_setbit(numerator, 0);
            mpz_mul(numerator, numerator, numerator);
            mpz_set_ui(denominator, 1);
            mpz_mul_2exp(denominator, denominator, gmp_urandomm_ui(chance, 500));
            mpz_mul_2exp(numerator, numerator, gmp_urandomm_ui(chance, 500));
            if (i % 4 == 1)
                mpz_sub_ui(numerator, numerator, 1);
        }
        mpz_abs(numerator, numerator);
        mpz_abs(denominator, denominator);
        if (mpz_sgn(denominator) == 0)
            continue;
        double value = wide_ratio_root(wide_of(numerator), wide_of(denominator));
        if (mpz_sgn(numerator) == 0) {
            assert_true(value == 0.0);
            continue;
        }
        mpq_set_num(exact, numerator);
        mpq_set_den(exact, denominator);
        mpq_canonicalize(exact);
        assert_nearest(value, exact, true);
    }
    assert_true(wide_ratio_root(wide_from(9), wide_from(4)) == 1.5);
    mpz_clears(numerator, denominator, NULL);
    mpq_clear(exact);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic_is_exact),         cmocka_unit_test(arithmetic_at_the_ends),
        cmocka_unit_test(increases_are_sums),          cmocka_unit_test(order_and_sign),
        cmocka_unit_test(small_numbers_and_powers),    cmocka_unit_test(ratios_are_correctly_rounded),
        cmocka_unit_test(roots_are_correctly_rounded),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
