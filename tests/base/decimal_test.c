/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/decimal.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/wide.h"

/* Random numbers of a fixed seed (an xorshift generator), for the laws below. */
static uint64_t random_state = 88172645463325252u;

static uint64_t random_bits(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static void assert_parsed(const char *text, char mark, int64_t units, unsigned places)
{
    struct decimal got = {-1, 99};
    if (!decimal_parse(span_of(text), mark, &got) || got.units != units || got.places != places)
        fail_msg("%s gave %" PRId64 " with %u places", text, got.units, got.places);
}

/* "Reads [+-]digits[mark digits]" */
static void numbers_are_read(void **state)
{
    (void)state;
    assert_parsed("3", '.', 3, 0);
    assert_parsed("-0.5", '.', -5, 1);
    assert_parsed("+7,25", ',', 725, 2);
    assert_parsed("-0", '.', 0, 0);
    assert_parsed("007", '.', 7, 0);
    assert_parsed("1.50", '.', 150, 2);
    assert_parsed("0.000000000000001", '.', 1, 15);
    assert_parsed("999999999999999999", '.', 999999999999999999, 0);
    assert_parsed("-999.999999999999999", '.', -999999999999999999, 15);
    assert_parsed("0.50000000000000000000000000000", '.', 500000000000000, 15);
    assert_parsed("0000000000000000000000001", '.', 1, 0);
}

/* "no exponent, no thousands mark, nothing after it"; "false when it is not such a number or does not fit 18 digits" */
static void other_texts_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "-",
                                        "+",
                                        ".",
                                        ".5",
                                        "5.",
                                        "1e3",
                                        "1.2.3",
                                        "1,000.5",
                                        "1.5 ",
                                        " 1",
                                        "--1",
                                        "0x1",
                                        "1.-5",
                                        "nan",
                                        "inf",
                                        "1.5x",
                                        "٣",
                                        "1000000000000000000",
                                        "0.1234567890123456",
                                        "1000.000000000000001"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct decimal got;
        if (decimal_parse(span_of(texts[i]), '.', &got))
            fail_msg("\"%s\" was read as %" PRId64, texts[i], got.units);
    }
    struct decimal got;
    assert_false(decimal_parse(span_of("1.5"), ',', &got));
    assert_false(decimal_parse(span_of(NULL), '.', &got));
}

/* "The same number written with more places, or false when it does not fit" */
static void rescaling_keeps_the_number(void **state)
{
    (void)state;
    struct decimal out;
    assert_true(decimal_rescale((struct decimal){-15, 1}, 3, &out));
    assert_int_equal(out.units, -1500);
    assert_int_equal(out.places, 3);
    assert_true(decimal_rescale((struct decimal){99999, 2}, 15, &out));
    assert_false(decimal_rescale((struct decimal){100000, 2}, 15, &out));
    assert_false(decimal_rescale((struct decimal){-999999999999999999, 0}, 1, &out));
    assert_false(decimal_rescale((struct decimal){INT64_MAX, 0}, 15, &out));
}

/* "Exact": also where doubles would be equal */
static void comparison_is_exact(void **state)
{
    (void)state;
    assert_int_equal(decimal_compare((struct decimal){10, 1}, (struct decimal){1, 0}), 0);
    assert_true(decimal_compare((struct decimal){-1, 15}, (struct decimal){0, 0}) < 0);
    assert_true(decimal_compare((struct decimal){999999999999999999, 0}, (struct decimal){999999999999999998, 0}) > 0);
    assert_true(decimal_compare((struct decimal){999999999999999999, 0}, (struct decimal){1, 15}) > 0);
    assert_true(decimal_compare((struct decimal){INT64_MIN, 0}, (struct decimal){INT64_MAX, 15}) < 0);
}

/* "The nearest double (correctly rounded)": as the C library reads the same text, which is correctly rounded too */
static void doubles_are_the_nearest(void **state)
{
    (void)state;
    for (int i = 0; i < 200000; i++) {
        /* all magnitudes from 1 to 63 bits, of both signs */
        int64_t units = (int64_t)(random_bits() >> 1) >> (random_bits() % 63);
        struct decimal a = {i % 2 == 0 ? units : -units, (unsigned)(random_bits() % 16)};
        char text[48];
        (void)snprintf(text, sizeof text, "%" PRId64 "e-%u", a.units, a.places);
        if (decimal_to_double(a) != strtod(text, NULL))
            fail_msg("%s became %.17g", text, decimal_to_double(a));
    }
    /* Beside the middle m × 2^-50 of two doubles by next to nothing: m × 5^15 is three less than a multiple of 2^35, so
     * that m mod 4 is 1 and a tie would be rounded down. */
    const uint64_t five_15 = 30517578125u, modulus = UINT64_C(1) << 35;
    uint64_t m = 1;
    for (uint64_t bit = 2; bit < modulus; bit *= 2)
        if ((m * five_15 + 3) % (2 * bit) != 0)
            m += bit;
    for (m += 10 * (UINT64_C(1) << 50); m < 16 * (UINT64_C(1) << 50); m += 99 * modulus) {
        uint128 product = (uint128)m * five_15 + 3;
        assert_true(product % modulus == 0);
        struct decimal a = {(int64_t)(product / modulus), 15};
        char text[48];
        (void)snprintf(text, sizeof text, "%" PRId64 "e-15", a.units);
        if (decimal_to_double(a) != strtod(text, NULL))
            fail_msg("%s became %.17g", text, decimal_to_double(a));
    }
    /* half way between two doubles: to the even one, and up when anything follows */
    assert_true(decimal_to_double((struct decimal){9007199254740993, 0}) == 9007199254740992.0);
    assert_true(decimal_to_double((struct decimal){90071992547409931, 1}) == 9007199254740994.0);
    assert_true(decimal_to_double((struct decimal){0, 7}) == 0.0 && !signbit(decimal_to_double((struct decimal){0, 7})));
    assert_true(decimal_to_double((struct decimal){INT64_MIN, 0}) == -0x1p63);
}

static void assert_written(int64_t units, unsigned places, const char *expected)
{
    char text[24];
    decimal_format((struct decimal){units, places}, text, sizeof text);
    assert_string_equal(text, expected);
}

/* "without trailing zeros after the point: 3, -0.5, 7.25" */
static void decimals_are_written_short(void **state)
{
    (void)state;
    assert_written(3, 0, "3");
    assert_written(300, 2, "3");
    assert_written(-5, 1, "-0.5");
    assert_written(7250, 3, "7.25");
    assert_written(0, 15, "0");
    assert_written(100, 0, "100");
    assert_written(-1, 15, "-0.000000000000001");
    assert_written(INT64_MIN, 15, "-9223.372036854775808");
    assert_written(INT64_MIN, 0, "-9223372036854775808");
}

/* A locale with a decimal comma changes nothing. */
static void the_locale_does_not_matter(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ko_KR.UTF-8"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++)
        found = setlocale(LC_ALL, names[i]) != NULL && strcmp(localeconv()->decimal_point, ".") != 0;
    if (!found) {
        print_message("no locale with a decimal comma is installed here: skipped\n");
        skip();
    }
    char shortest[32], fixed[48], large[48], decimal[24];
    number_format_shortest(-1.25e-7, shortest, sizeof shortest);
    number_format_fixed(3.25, 1, fixed, sizeof fixed);
    number_format_fixed(0x1p70, 1, large, sizeof large);
    decimal_format((struct decimal){725, 2}, decimal, sizeof decimal);
    setlocale(LC_ALL, "C");
    assert_string_equal(shortest, "-1.25e-07");
    assert_string_equal(fixed, "3.2");
    assert_string_equal(large, "1180591620717411303424.0");
    assert_string_equal(decimal, "7.25");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),           cmocka_unit_test(other_texts_are_refused),
        cmocka_unit_test(rescaling_keeps_the_number), cmocka_unit_test(comparison_is_exact),
        cmocka_unit_test(doubles_are_the_nearest),    cmocka_unit_test(decimals_are_written_short),
        cmocka_unit_test(the_locale_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
