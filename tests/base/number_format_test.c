/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/decimal.h"

enum { MANY = 1000000 };

/* Random numbers of a fixed seed (an xorshift generator), for the laws below. */
static uint64_t random_state = 88172645463325252u;

static uint64_t random_bits(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* Doubles that are hard to write: any bits; decimal numbers, their halves (ties) and their neighbours; binary fractions, whose decimals
 * end and which are ties as well; powers of two and their neighbours; what statistics are, quotients. */
static double hard_number(int i)
{
    uint64_t bits = random_bits();
    int64_t whole = (int64_t)(bits >> 11) >> (bits % 53);
    double value = 0;
    switch (i % 8) {
    case 0:
        memcpy(&value, &bits, sizeof value);
        break;
    case 1:
        value = (double)whole / pow(10, (double)(random_bits() % 16));
        break;
    case 2:
        value = (double)(2 * (whole % 1000000) + 1) / 2 / pow(10, (double)(random_bits() % 13));
        break;
    case 3:
        value = nextafter((double)(whole % 10000000) / pow(10, (double)(random_bits() % 12)), bits & 1024 ? INFINITY : -INFINITY);
        break;
    case 4:
        value = ldexp((double)whole, -(int)(random_bits() % 60));
        break;
    case 5:
        value = nextafter(ldexp(1, (int)(random_bits() % 128) - 64), (double)(random_bits() % 3));
        break;
    case 6:
        value = (double)whole / (double)(1 + random_bits() % 997);
        break;
    default:
        value = ldexp((double)(2 * (whole % 4096) + 1), -1 - (int)(random_bits() % 13));
        break;
    }
    return !isfinite(value) ? 1 : bits & 512 ? -value : value;
}

static void assert_shortest(double value, const char *expected)
{
    char text[32];
    number_format_shortest(value, text, sizeof text);
    assert_string_equal(text, expected);
}

/* "The shortest text that reads back as the same double: 0.1, 1e+300, -0.11" */
static void shortest_texts(void **state)
{
    (void)state;
    assert_shortest(0.1, "0.1");
    assert_shortest(1e300, "1e+300");
    assert_shortest(-0.11, "-0.11");
    assert_shortest(0.0, "0");
    assert_shortest(-0.0, "0");
    assert_shortest(1.0, "1");
    assert_shortest(100.0, "100");
    assert_shortest(0.1 + 0.2, "0.30000000000000004");
    assert_shortest(1.0 / 3, "0.3333333333333333");
    assert_shortest(123456789012345678.0, "1.2345678901234568e+17");
    assert_shortest(1e15, "1000000000000000");
    assert_shortest(1e16, "1e+16");
    assert_shortest(9007199254740993.0, "9007199254740992");
    assert_shortest(0.0001, "0.0001");
    assert_shortest(0.00001, "1e-05");
    assert_shortest(-1.2345e-7, "-1.2345e-07");
    assert_shortest(5e-324, "5e-324");
    assert_shortest(-1.7976931348623157e308, "-1.7976931348623157e+308");
    assert_shortest(-0.00012345678901234567, "-0.00012345678901234567");
}

/* Does the text follow the grammar of JSON numbers? */
static bool is_json_number(const char *text)
{
    text += *text == '-';
    size_t whole = strspn(text, "0123456789");
    if (whole == 0 || (whole > 1 && text[0] == '0'))
        return false;
    text += whole;
    if (*text == '.') {
        size_t fraction = strspn(text + 1, "0123456789");
        if (fraction == 0)
            return false;
        text += 1 + fraction;
    }
    if (*text == 'e')
        text += 1 + strspn(text + 1, "+-") + strspn(text + 2, "0123456789");
    return *text == '\0';
}

/* "reads back as the same double", whatever its bits; and it is a JSON number */
static void shortest_texts_read_back(void **state)
{
    (void)state;
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = random_bits();
        double value;
        memcpy(&value, &bits, sizeof value);
        if (i % 2 == 0)
            value = (double)(int64_t)(bits >> (1 + i % 63)) / (double)(1 + i % 997);
        if (!isfinite(value))
            continue;
        char text[32];
        number_format_shortest(value, text, sizeof text);
        if (strtod(text, NULL) != value || !is_json_number(text))
            fail_msg("%a was written as %s", value, text);
    }
}

static void assert_fixed(double value, unsigned digits, const char *expected)
{
    char text[48];
    number_format_fixed(value, digits, text, sizeof text);
    assert_string_equal(text, expected);
}

/* "Fixed digits after the point, ASCII minus, never "-0.00"" */
static void fixed_texts(void **state)
{
    (void)state;
    assert_fixed(1.005, 2, "1.00");
    assert_fixed(0.125, 2, "0.12");
    assert_fixed(0.375, 2, "0.38");
    assert_fixed(-0.004, 2, "0.00");
    assert_fixed(-0.006, 2, "-0.01");
    assert_fixed(-0.0, 0, "0");
    assert_fixed(-0.4, 0, "0");
    assert_fixed(2.5, 0, "2");
    assert_fixed(1234567.891, 1, "1234567.9");
    assert_fixed(-10.0, 2, "-10.00");
    assert_fixed(1e-12, 12, "0.000000000001");
    assert_fixed(1e300, 2, "1e+300");
}

/* What printf writes, whose rounding is exact and in glibc to even. */
static void fixed_by_printf(double value, unsigned digits, char *into, size_t size)
{
    if (snprintf(into, size, "%.*f", (int)digits, value) >= (int)size)
        number_format_shortest(value, into, size);
    else if (into[0] == '-' && into[strspn(into, "-0.")] == '\0')
        memmove(into, into + 1, strlen(into));
}

/* "the exact value of the double is rounded, ties to even": as printf does it, for a million numbers */
static void fixed_texts_are_those_of_printf(void **state)
{
    (void)state;
    for (int i = 0; i < MANY; i++) {
        double value = hard_number(i);
        unsigned digits = (unsigned)(random_bits() % 13);
        char text[48], expected[48];
        number_format_fixed(value, digits, text, sizeof text);
        fixed_by_printf(value, digits, expected, sizeof expected);
        if (strcmp(text, expected) != 0)
            fail_msg("%a with %u digits was written as %s and not as %s", value, digits, text, expected);
    }
}

/* "without zeros at the end of its decimals": the fixed text without them, for a million numbers; and "how long it is" */
static void trimmed_texts_are_fixed_ones(void **state)
{
    (void)state;
    for (int i = 0; i < MANY; i++) {
        double value = hard_number(i);
        unsigned digits = (unsigned)(random_bits() % 13);
        char text[48], expected[48];
        size_t length = number_format_trimmed(value, digits, text, sizeof text);
        number_format_fixed(value, digits, expected, sizeof expected);
        if (strchr(expected, '.') && !strchr(expected, 'e')) {
            while (expected[strlen(expected) - 1] == '0')
                expected[strlen(expected) - 1] = '\0';
            if (expected[strlen(expected) - 1] == '.')
                expected[strlen(expected) - 1] = '\0';
        }
        if (strcmp(text, expected) != 0 || length != strlen(expected))
            fail_msg("%a with %u digits was written as %s and not as %s", value, digits, text, expected);
    }
}

/* The fewest digits of 15, 16 and 17 that the C library reads back, found by trying. */
static void shortest_by_printf(double value, char *into, size_t size)
{
    char text[40];
    int digits = fabs(value) < DBL_MIN ? 1 : 15;
    (void)snprintf(text, sizeof text, "%.*e", digits - 1, value);
    while (digits < 17 && strtod(text, NULL) != value)
        (void)snprintf(text, sizeof text, "%.*e", digits++, value);
    const char *end = strchr(text, 'e');
    int exponent = (int)strtol(end + 1, NULL, 10);
    while (digits > 1 && *--end == '0')
        digits--;
    if (exponent < -4 || exponent >= 16)
        (void)snprintf(into, size, "%.*e", digits - 1, value);
    else
        (void)snprintf(into, size, "%.*f", digits > exponent ? digits - 1 - exponent : 0, value);
}

/* "The shortest text that reads back as the same double": as trying finds it, for half a million numbers */
static void shortest_texts_are_those_of_trying(void **state)
{
    (void)state;
    for (int i = 0; i < MANY / 2; i++) {
        double value = hard_number(i);
        char text[32], expected[32];
        number_format_shortest(value, text, sizeof text);
        shortest_by_printf(value, expected, sizeof expected);
        if (strcmp(text, value == 0 ? "0" : expected) != 0)
            fail_msg("%a was written as %s and not as %s", value, text, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shortest_texts),
        cmocka_unit_test(shortest_texts_read_back),
        cmocka_unit_test(shortest_texts_are_those_of_trying),
        cmocka_unit_test(fixed_texts),
        cmocka_unit_test(fixed_texts_are_those_of_printf),
        cmocka_unit_test(trimmed_texts_are_fixed_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
