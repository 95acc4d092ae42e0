/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_FIXED_POINT_H
#define GAPMETER_FORMATS_FIXED_POINT_H

#include <stdint.h>

#include "base/text.h"
#include "base/wide.h"
#include "formats/short_digits.h"

/* The unit that a number is rounded to: 2^-binary × 10^-decimal. */
struct fixed_unit {
    unsigned binary;  /* 0 … 40 */
    unsigned decimal; /* 0 … 15; one of the two is 0 */
};

enum fixed_result { FIXED_OK, FIXED_NOT_A_NUMBER, FIXED_TOO_LARGE };

/* Reads a decimal number and rounds it once, to the nearest multiple of the unit (ties to the even one).
 * An exponent (1e-05) is allowed; no thousands marks; more than 100 significant digits are no number.
 * takes   text  trimmed; mark is '.' or ','
 * gives   *out  how many units; FIXED_TOO_LARGE when that does not fit 62 bits
 * proof   tests/formats/fixed_point_test.c against exact fractions (libgmp) */
enum fixed_result fixed_parse(struct span text, char mark, struct fixed_unit unit, int64_t *out);

/* units / 10^places, half to even, by multiplying with the reciprocal.
 * needs   units < 2^62, places < SHORT_DIGITS_MOST
 * proof   tests/formats/fixed_point_test.c */
static inline uint64_t fixed_divide_by_tens(uint64_t units, size_t places)
{
    /* 10^p, the whole part of its logarithm to the base 2, and 2^(64 + that) / 10^p rounded up: off by less than 10^p, which times
     * units lies below 2^(64 + that), so that the quotient is exact. */
    static const struct {
        uint64_t tens, reciprocal;
        unsigned shift;
    } by[] = {
        {1, 0, 0},
        {10, UINT64_C(0xCCCCCCCCCCCCCCCD), 3},
        {100, UINT64_C(0xA3D70A3D70A3D70B), 6},
        {1000, UINT64_C(0x83126E978D4FDF3C), 9},
        {10000, UINT64_C(0xD1B71758E219652C), 13},
        {100000, UINT64_C(0xA7C5AC471B478424), 16},
        {1000000, UINT64_C(0x8637BD05AF6C69B6), 19},
        {10000000, UINT64_C(0xD6BF94D5E57A42BD), 23},
    };
    if (places == 0)
        return units;
    const uint64_t tens = by[places].tens;
    const uint64_t quotient = (uint64_t)((uint128)units * by[places].reciprocal >> 64) >> by[places].shift;
    const uint64_t rest = units - quotient * tens;
    /* Which way it is rounded cannot be foretold: so no branches. */
    const uint64_t up = (uint64_t)(2 * rest > tens) | ((uint64_t)(2 * rest == tens) & quotient);
    return quotient + (up & 1);
}

/* The same of at most eight letters, digits and perhaps a mark, as most numbers of a survey are.
 * gives   false when it is not that simple: fixed_parse tells what it is */
static inline bool fixed_parse_short(struct span text, char mark, struct fixed_unit unit, int64_t *out)
{
    static const uint64_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
    uint64_t digits;
    if (text.length < 2 || text.length > SHORT_DIGITS_MOST || unit.decimal >= sizeof tens / sizeof *tens)
        return false;
    uint64_t word = short_word(text.at, text.length);
    const size_t at = short_find(word, text.length, mark);
    const size_t places = at < text.length ? text.length - 1 - at : 0;
    if (at < text.length) {
        const uint64_t before = (UINT64_C(1) << (8 * at)) - 1;
        word = (word & before) | (word >> 8 & ~before);
    }
    if (!short_number(word, text.length - (at < text.length), &digits) || digits >> (62 - unit.binary) != 0)
        return false;
    *out = (int64_t)fixed_divide_by_tens((digits << unit.binary) * tens[unit.decimal], places);
    return true;
}

#endif
