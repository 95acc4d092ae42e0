/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/fixed_point.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <gmp.h>

#include "base/chance.h"

static const struct fixed_unit weight_unit = {.binary = 40}, cents = {.decimal = 2};

static int64_t parsed(const char *text, struct fixed_unit unit)
{
    int64_t value = -12345;
    assert_int_equal(fixed_parse(span_of(text), '.', unit, &value), FIXED_OK);
    return value;
}

/* "rounds it once, to the nearest multiple of the unit (ties to the even one)" */
static void rounds_to_nearest_ties_to_even(void **state)
{
    (void)state;
    assert_int_equal(parsed("12.345", cents), 1234);
    assert_int_equal(parsed("12.355", cents), 1236);
    assert_int_equal(parsed("-12.345", cents), -1234);
    assert_int_equal(parsed("12.3450000000000000000000000000000000000000000000001", cents), 1235);
    assert_int_equal(parsed("0", cents), 0);
    assert_int_equal(parsed("-0.004", cents), 0);
    assert_int_equal(parsed(".5", cents), 50);
    assert_int_equal(parsed("7.", cents), 700);
    assert_true(parsed("1", weight_unit) == INT64_C(1) << 40);
    assert_true(parsed("0.1", weight_unit) == INT64_C(109951162778)); /* 2^40/10 = 109951162777.6 */
}

/* "An exponent (1e-05) is allowed" */
static void exponents_are_read(void **state)
{
    (void)state;
    assert_int_equal(parsed("1e-05", (struct fixed_unit){.decimal = 7}), 100);
    assert_int_equal(parsed("1.25E+3", cents), 125000);
    assert_int_equal(parsed("1e-999999999999", cents), 0);
    assert_int_equal(parsed("0e999999999999", cents), 0);
    assert_int_equal(
        parsed("00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001.5", cents),
        150);
}

static void what_is_no_number_is_told(void **state)
{
    (void)state;
    const char *const texts[] = {"",   "-",     "+",    ".",   "1,5", "1.5.2", "1e",  "1e+",
                                 "e5", "1 000", "0x10", "nan", "inf", "1.5x",  "--1", "٣"};
    int64_t value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(fixed_parse(span_of(texts[i]), '.', cents, &value), FIXED_NOT_A_NUMBER);
    /* The mark is that of the file. */
    assert_int_equal(fixed_parse(span_of("1,5"), ',', cents, &value), FIXED_OK);
    assert_int_equal(value, 150);
    assert_int_equal(fixed_parse(span_of("1.5"), ',', cents, &value), FIXED_NOT_A_NUMBER);
    /* "more than 100 significant digits are no number" */
    char digits[103];
    memset(digits, '3', sizeof digits);
    digits[0] = '.';
    assert_int_equal(fixed_parse((struct span){digits, 101}, '.', cents, &value), FIXED_OK);
    assert_int_equal(value, 33);
    assert_int_equal(fixed_parse((struct span){digits, 102}, '.', cents, &value), FIXED_NOT_A_NUMBER);
}

/* "FIXED_TOO_LARGE when that does not fit 62 bits" */
static void what_is_too_large_is_told(void **state)
{
    (void)state;
    int64_t value;
    const char *const texts[] = {
        "4611686018427387904",  "1e99", "99999999999999999999999999999999999999999", "1e19", "-4611686018427387904",
        "4611686018427387903.5"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(fixed_parse(span_of(texts[i]), '.', (struct fixed_unit){0, 0}, &value), FIXED_TOO_LARGE);
    assert_int_equal(fixed_parse(span_of("4611686018427387903"), '.', (struct fixed_unit){0, 0}, &value), FIXED_OK);
    assert_true(value == INT64_C(4611686018427387903));
}

/* A number of up to `most` digits, and the same as an exact fraction. */
static void random_number(uint64_t trial, unsigned most, char *text, size_t size, mpq_t exact)
{
    char digits[128];
    unsigned count = 1 + (unsigned)chance_below(1, trial, 0, most);
    unsigned mark = (unsigned)chance_below(1, trial, 1, count + 1);
    int exponent = chance_below(1, trial, 2, 3) == 0 ? (int)chance_below(1, trial, 3, 21) - 15 : 0;
    bool negative = chance_below(1, trial, 4, 2) == 1;
    bool sparse = chance_below(1, trial, 5, 2) == 1; /* many 0 and 5, so that ties come */
    for (unsigned i = 0; i < count; i++)
        digits[i] = sparse ? "05005010"[chance_below(2, trial, i, 8)] : (char)('0' + chance_below(2, trial, i, 10));
    digits[count] = '\0';
    int length = snprintf(text, size, "%s%.*s.%s", negative ? "-" : "", (int)mark, digits, digits + mark);
    if (exponent != 0)
        length += snprintf(text + length, size - (size_t)length, "e%d", exponent);
    assert_true(length > 0 && (size_t)length < size);
    mpz_set_str(mpq_numref(exact), digits, 10);
    mpz_ui_pow_ui(mpq_denref(exact), 10, 200);
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)(200 + exponent - (int)(count - mark)));
    mpz_mul(mpq_numref(exact), mpq_numref(exact), power);
    mpz_clear(power);
    mpq_canonicalize(exact);
    if (negative)
        mpq_neg(exact, exact);
}

/* The nearest whole number, ties to even. */
static void round_exactly(const mpq_t value, mpz_t out)
{
    mpz_t twice, rest;
    mpz_inits(twice, rest, NULL);
    mpz_fdiv_qr(out, rest, mpq_numref(value), mpq_denref(value));
    mpz_mul_2exp(twice, rest, 1);
    int half = mpz_cmp(twice, mpq_denref(value));
    if (half > 0 || (half == 0 && mpz_odd_p(out)))
        mpz_add_ui(out, out, 1);
    mpz_clears(twice, rest, NULL);
}

/* "against exact fractions (libgmp)" */
static void agrees_with_exact_fractions(void **state)
{
    (void)state;
    mpq_t exact;
    mpz_t rounded, limit;
    mpq_init(exact);
    mpz_inits(rounded, limit, NULL);
    mpz_ui_pow_ui(limit, 2, 62);
    unsigned fitted = 0;
    for (uint64_t trial = 0; trial < 60000; trial++) {
        char text[160];
        int64_t value = 0;
        struct fixed_unit unit = trial % 2 == 0 ? weight_unit : (struct fixed_unit){.decimal = (unsigned)(trial / 2 % 16)};
        random_number(trial, trial % 3 == 0 ? 60 : 20, text, sizeof text, exact);
        mpz_t scale;
        mpz_init(scale);
        mpz_ui_pow_ui(scale, unit.binary > 0 ? 2 : 10, unit.binary > 0 ? unit.binary : unit.decimal);
        mpz_mul(mpq_numref(exact), mpq_numref(exact), scale);
        mpq_canonicalize(exact);
        mpz_clear(scale);
        round_exactly(exact, rounded);
        enum fixed_result result = fixed_parse(span_of(text), '.', unit, &value);
        if (mpz_cmpabs(rounded, limit) >= 0) {
            assert_int_equal(result, FIXED_TOO_LARGE);
            continue;
        }
        if (result != FIXED_OK || mpz_cmp_si(rounded, value) != 0)
            fail_msg("%s in units 2^-%u 10^-%u: %lld", text, unit.binary, unit.decimal, (long long)value);
        fitted++;
    }
    assert_true(fitted > 20000);
    mpq_clear(exact);
    mpz_clears(rounded, limit, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_to_nearest_ties_to_even), cmocka_unit_test(exponents_are_read),
        cmocka_unit_test(what_is_no_number_is_told),      cmocka_unit_test(what_is_too_large_is_told),
        cmocka_unit_test(agrees_with_exact_fractions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
