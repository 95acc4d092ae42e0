/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/fixed_point.h"

#include <assert.h>

#include "base/wide.h"

enum {
    DIGITS_QUICK = 25, /* 10^25 × 2^40 lies below 2^127 */
    DIGITS_MOST = 100,
    POWERS_QUICK = 38, /* 10^38 fits 127 bits */
    POWERS_SHORT = 18, /* 10^18 fits 63 bits */
    EXPONENT_MOST = 9999,
    RESULT_BITS = 62
};

/* ± digits × 10^exponent. */
struct number {
    bool negative;
    unsigned significant; /* how many digits from the first that is not 0 */
    uint128 digits;       /* the number they make, when there are at most DIGITS_QUICK */
    struct span text;     /* the digits with the mark among them */
    int exponent;
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static uint128 ten_to(unsigned power)
{
    uint128 value = 1;
    while (power-- > 0)
        value *= 10;
    return value;
}

static bool parse_exponent(struct span text, size_t at, struct number *number)
{
    bool negative = at < text.length && text.at[at] == '-';
    if (at < text.length && (text.at[at] == '-' || text.at[at] == '+'))
        at++;
    int value = 0;
    size_t first = at;
    for (; at < text.length && is_digit(text.at[at]); at++)
        value = value > EXPONENT_MOST ? value : value * 10 + (text.at[at] - '0');
    number->exponent += negative ? -value : value;
    return at > first && at == text.length;
}

static bool parse(struct span text, char mark, struct number *number)
{
    *number = (struct number){0};
    size_t at = text.length > 0 && (text.at[0] == '-' || text.at[0] == '+') ? 1 : 0;
    number->negative = at == 1 && text.at[0] == '-';
    number->text = (struct span){text.at + at, 0};
    size_t digits = 0;
    bool after_mark = false;
    for (; at < text.length; at++) {
        if (is_digit(text.at[at])) {
            number->significant += number->significant > 0 || text.at[at] != '0';
            if (number->significant <= DIGITS_QUICK)
                number->digits = number->digits * 10 + (unsigned)(text.at[at] - '0');
            number->exponent -= after_mark;
            digits++;
        } else if (text.at[at] == mark && !after_mark) {
            after_mark = true;
        } else {
            break;
        }
    }
    number->text.length = (size_t)(text.at + at - number->text.at);
    if (digits == 0 || number->significant > DIGITS_MOST)
        return false;
    if (at < text.length && (text.at[at] == 'e' || text.at[at] == 'E'))
        return parse_exponent(text, at + 1, number);
    return at == text.length;
}

/* numerator / denominator, half to even. */
static uint128 divide_to_nearest(uint128 numerator, uint128 denominator)
{
    uint128 quotient = numerator / denominator, rest = numerator % denominator;
    uint128 above = denominator - rest;
    return quotient + (rest > above || (rest == above && (quotient & 1) != 0));
}

/* The same in 64 bits, which most numbers fit. */
static uint64_t divide_short(uint64_t numerator, uint64_t denominator)
{
    uint64_t quotient = numerator / denominator, rest = numerator % denominator;
    uint64_t above = denominator - rest;
    return quotient + (rest > above || (rest == above && (quotient & 1) != 0));
}

/* At most DIGITS_QUICK digits and a modest exponent: 128 bits are enough.
 * gives   units, or 2^RESULT_BITS when there are more */
static uint128 round_quick(const struct number *number, unsigned binary, int exponent)
{
    const uint128 limit = (uint128)1 << RESULT_BITS;
    uint128 units = number->digits << binary;
    if (exponent < 0 && exponent >= -POWERS_SHORT && units >> 63 == 0)
        return divide_short((uint64_t)units, (uint64_t)ten_to((unsigned)-exponent));
    if (exponent < 0)
        return divide_to_nearest(units, ten_to((unsigned)-exponent));
    for (; exponent > 0 && units < limit; exponent--)
        units *= 10;
    return units;
}

/* The same for any number of digits, with 640 bits. */
static uint128 round_wide(const struct number *number, unsigned binary, int exponent)
{
    bool overflow = false;
    struct wide numerator = wide_from(0), ten = wide_from(10);
    for (size_t i = 0; i < number->text.length; i++) {
        if (is_digit(number->text.at[i]))
            numerator = wide_add(wide_multiply(numerator, ten, &overflow), wide_from(number->text.at[i] - '0'), &overflow);
    }
    numerator = wide_multiply(numerator, wide_from((int128)1 << binary), &overflow);
    if (exponent > 0)
        numerator = wide_multiply(numerator, wide_ten_to((unsigned)exponent, &overflow), &overflow);
    struct wide denominator = wide_ten_to(exponent < 0 ? (unsigned)-exponent : 0, &overflow);
    uint128 quotient = 0;
    for (int bit = RESULT_BITS; bit >= 0; bit--) {
        uint128 larger = quotient | (uint128)1 << bit;
        if (wide_compare(wide_multiply(denominator, wide_from((int128)larger), &overflow), numerator) <= 0)
            quotient = larger;
    }
    struct wide rest = wide_subtract(numerator, wide_multiply(denominator, wide_from((int128)quotient), &overflow), &overflow);
    int half = wide_compare(wide_add(rest, rest, &overflow), denominator);
    assert(!overflow);
    return quotient + (half > 0 || (half == 0 && (quotient & 1) != 0));
}

enum fixed_result fixed_parse(struct span text, char mark, struct fixed_unit unit, int64_t *out)
{
    struct number number;
    if (fixed_parse_short(text, mark, unit, out))
        return FIXED_OK;
    if (!parse(text, mark, &number))
        return FIXED_NOT_A_NUMBER;
    *out = 0;
    int exponent = number.exponent + (int)unit.decimal;
    /* The number lies between 10^(magnitude − 1) and 10^magnitude units, but for the binary part of the unit. */
    int magnitude = exponent + (int)number.significant;
    if (number.significant == 0 || magnitude < -POWERS_QUICK)
        return FIXED_OK;
    if (magnitude > POWERS_QUICK)
        return FIXED_TOO_LARGE;
    bool quick = number.significant <= DIGITS_QUICK && exponent >= -POWERS_QUICK;
    uint128 units = quick ? round_quick(&number, unit.binary, exponent) : round_wide(&number, unit.binary, exponent);
    if (units >> RESULT_BITS != 0)
        return FIXED_TOO_LARGE;
    *out = number.negative ? -(int64_t)units : (int64_t)units;
    return FIXED_OK;
}
