/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as decimal texts. Almost all are written by whole-number arithmetic, which is exact and faster than printf; printf writes
 * the very large and the very small. */
#include "base/decimal.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/wide.h"

enum {
    MANTISSA_BITS = 53,
    SHIFT_MOST = 100, /* beyond it nothing is left of a mantissa times 10^12 */
    DIGITS_SURE = 15, /* of them a decimal number always survives the way to a double and back */
    DIGITS_MOST = 17, /* and of them a double the way to a decimal number and back */
    PLACES_FEW = 3    /* 1000 × 2^53 fits 64 bits */
};

/* The size of a double, exactly: units / 2^shift. */
struct binary {
    uint64_t units;
    unsigned shift;
};

/* A number of decimal places that is nearest to it, and how far from it: error / (2^shift × 10^places). */
struct nearest_decimal {
    uint128 units, error;
};

/* needs   |value| < 2^53 */
static struct binary binary_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const uint64_t hidden = UINT64_C(1) << (MANTISSA_BITS - 1);
    unsigned exponent = (unsigned)(bits >> (MANTISSA_BITS - 1)) & 0x7FFu;
    uint64_t fraction = bits & (hidden - 1);
    return exponent == 0 ? (struct binary){fraction, 1074} : (struct binary){fraction | hidden, 1075 - exponent};
}

static uint128 ten_to(unsigned exponent)
{
    uint128 power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* Rounds units × power / 2^shift, ties to even.
 * needs   shift <= SHIFT_MOST; units × power < 2^127 */
static struct nearest_decimal nearest_find(struct binary exact, uint128 power)
{
    assert(exact.shift <= SHIFT_MOST);
    uint128 one = (uint128)1 << exact.shift, product = exact.units * power;
    uint128 below = product >> exact.shift, rest = product - (below << exact.shift);
    if (2 * rest < one || (2 * rest == one && below % 2 == 0))
        return (struct nearest_decimal){below, rest};
    return (struct nearest_decimal){below + 1, one - rest};
}

/* The same of few places, by which the product fits 64 bits: almost all numbers that are shown.
 * needs   places <= PLACES_FEW */
static uint64_t nearest_units(struct binary exact, unsigned places)
{
    static const uint64_t powers[PLACES_FEW + 1] = {1, 10, 100, 1000};
    if (exact.shift >= 64 || exact.shift == 0) /* below 2^-11, which is 0.488 thousandths; or a whole number */
        return exact.shift ? 0 : exact.units * powers[places];
    uint64_t product = exact.units * powers[places], half = UINT64_C(1) << (exact.shift - 1);
    uint64_t below = product >> exact.shift, rest = product & (2 * half - 1);
    return below + (rest > half || (rest == half && below % 2 == 1));
}

/* Writes units / 10^places with all its places.
 * takes   into  24 bytes, or 3 + places when that is more
 * gives   how long it is */
static size_t units_write(bool negative, uint64_t units, unsigned places, char *into)
{
    char digits[48];
    char *at = digits + sizeof digits;
    assert(places < sizeof digits - 24);
    for (unsigned i = 0; i < places; i++) {
        *--at = (char)('0' + units % 10);
        units /= 10;
    }
    if (places > 0)
        *--at = '.';
    do {
        *--at = (char)('0' + units % 10);
        units /= 10;
    } while (units > 0);
    if (negative)
        *--at = '-';
    size_t length = (size_t)(digits + sizeof digits - at);
    memcpy(into, at, length);
    into[length] = '\0';
    return length;
}

void decimal_format(struct decimal a, char *into, size_t size)
{
    assert(size >= 24);
    while (a.places > 0 && a.units % 10 == 0) {
        a.units /= 10;
        a.places--;
    }
    (void)units_write(a.units < 0, a.units < 0 ? -(uint64_t)a.units : (uint64_t)a.units, a.places, into);
}

/* Of what printf wrote of a number, the locale's decimal mark becomes a point. */
static void mark_to_point(char *text)
{
    char *to = text;
    bool in_mark = false;
    for (const char *from = text; *from != '\0'; from++) {
        bool plain = strchr("0123456789+-e", *from) != NULL;
        if (plain || !in_mark)
            *to++ = plain ? *from : '.';
        in_mark = !plain;
    }
    *to = '\0';
}

/* Is this double the one nearest to the decimal number, and so the one that it is read as? Half of its last bit is the most that they
 * may differ by. That they differ by just that cannot be: the middle of two doubles has more digits. Nor does it matter that below a
 * power of two the next double is nearer, since those powers are decimal numbers of few digits themselves.
 * needs   0.0001 <= the double < 10^15; at most 17 digits */
static bool reads_back(const struct nearest_decimal *decimal, uint128 power)
{
    return 2 * decimal->error < power;
}

/* floor(log10(size)), except that a double a little below a tenth, a hundredth … counts as that: it is written as that.
 * needs   0.0001 <= size < 2^64 */
static int decimal_exponent(double size)
{
    int exponent = size >= 0.1 ? -1 : size >= 0.01 ? -2 : size >= 0.001 ? -3 : -4;
    for (uint64_t whole = (uint64_t)size; whole > 0; whole /= 10)
        exponent++;
    return exponent;
}

/* The shortest form of what is neither large nor small.
 * needs   0.0001 <= |value| < 10^15 */
static void shortest_write(double value, char *into)
{
    struct binary exact = binary_of(value);
    unsigned places = (unsigned)(DIGITS_SURE - 1 - decimal_exponent(fabs(value)));
    uint128 power = ten_to(places);
    struct nearest_decimal decimal = nearest_find(exact, power);
    for (unsigned digits = DIGITS_SURE; digits < DIGITS_MOST && !reads_back(&decimal, power); digits++) {
        places++;
        power *= 10;
        decimal = nearest_find(exact, power);
    }
    uint64_t units = (uint64_t)decimal.units;
    while (places > 0 && units % 10 == 0) {
        units /= 10;
        places--;
    }
    (void)units_write(value < 0, units, places, into);
}

/* The shortest form by trying, with printf's exponent where it is due. */
static void shortest_search(double value, char *into, size_t size)
{
    char text[40];
    int digits = fabs(value) < DBL_MIN ? 1 : DIGITS_SURE; /* of subnormal numbers fewer digits survive */
    (void)snprintf(text, sizeof text, "%.*e", digits - 1, value);
    while (digits < DIGITS_MOST && strtod(text, NULL) != value)
        (void)snprintf(text, sizeof text, "%.*e", digits++, value);
    const char *end = strchr(text, 'e');
    long exponent = strtol(end + 1, NULL, 10);
    while (digits > 1 && *--end == '0')
        digits--;
    if (exponent < -4 || exponent >= 16)
        (void)snprintf(into, size, "%.*e", digits - 1, value);
    else
        (void)snprintf(into, size, "%.*f", digits > exponent ? digits - 1 - (int)exponent : 0, value);
    mark_to_point(into);
}

void number_format_shortest(double value, char *into, size_t size)
{
    assert(isfinite(value) && size >= 32);
    double magnitude = fabs(value);
    if (magnitude < 1e15 && value == trunc(value))
        (void)units_write(value < 0, (uint64_t)magnitude, 0, into);
    else if (magnitude >= 0.0001 && magnitude < 1e15)
        shortest_write(value, into);
    else
        shortest_search(value, into, size);
}

/* Writes what is not below 2^53, or has many places. */
static void fixed_write(double value, unsigned digits, char *into, size_t size)
{
    struct nearest_decimal decimal = {.units = (uint128)1 << 64};
    if (fabs(value) < 0x1p53) {
        struct binary exact = binary_of(value);
        decimal.units = 0;
        if (exact.shift <= SHIFT_MOST)
            decimal = nearest_find(exact, ten_to(digits));
    }
    if (decimal.units >> 64 == 0) {
        (void)units_write(value < 0 && decimal.units > 0, (uint64_t)decimal.units, digits, into);
        return;
    }
    int length = snprintf(into, size, "%.*f", (int)digits, value);
    if (length < 0 || (size_t)length >= size)
        number_format_shortest(value, into, size);
    else
        mark_to_point(into);
}

void number_format_fixed(double value, unsigned digits, char *into, size_t size)
{
    assert(isfinite(value) && digits <= 12 && size >= 48);
    if (digits > PLACES_FEW || !(fabs(value) < 0x1p53)) {
        fixed_write(value, digits, into, size);
        return;
    }
    uint64_t units = nearest_units(binary_of(value), digits);
    (void)units_write(value < 0 && units > 0, units, digits, into);
}

size_t number_format_trimmed(double value, unsigned digits, char *into, size_t size)
{
    assert(isfinite(value) && digits <= 12 && size >= 48);
    if (digits <= PLACES_FEW && fabs(value) < 0x1p53) {
        uint64_t units = nearest_units(binary_of(value), digits);
        for (; digits > 0 && units % 10 == 0; digits--)
            units /= 10;
        return units_write(value < 0 && units > 0, units, digits, into);
    }
    fixed_write(value, digits, into, size);
    size_t length = strlen(into);
    if (digits > 0 && length > digits + 1 && into[length - digits - 1] == '.') { /* else it has an exponent */
        while (into[length - 1] == '0')
            length--;
        length -= into[length - 1] == '.';
        into[length] = '\0';
    }
    return length;
}
