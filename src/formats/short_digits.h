/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_SHORT_DIGITS_H
#define GAPMETER_FORMATS_SHORT_DIGITS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Texts of at most eight letters as one word, whose lowest byte is the first letter: all letters are looked at together. */

#define SHORT_DIGITS_MOST 8u

/* needs  length is 1 … 8 */
static inline uint64_t short_word(const char *at, size_t length)
{
    uint64_t word = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint32_t halves[2];
    if (length == sizeof word) {
        memcpy(&word, at, sizeof word);
        return word;
    }
    if (length >= sizeof *halves) {
        memcpy(&halves[0], at, sizeof *halves);
        memcpy(&halves[1], at + length - sizeof *halves, sizeof *halves);
        return halves[0] | (uint64_t)halves[1] << (8 * (length - sizeof *halves));
    }
#endif
    for (size_t i = 0; i < length; i++)
        word |= (uint64_t)(unsigned char)at[i] << (8 * i);
    return word;
}

/* The number that a word of digits is.
 * needs   length is 1 … 8
 * gives   false when one of them is no digit
 * proof   tests/formats/fixed_point_test.c */
static inline bool short_number(uint64_t word, size_t length, uint64_t *number)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    const unsigned shift = (unsigned)(8 * (SHORT_DIGITS_MOST - length));
    /* '0' … '9' become 0 … 9; digits that are not there are leading zeros. */
    uint64_t digits = (word ^ (each * '0')) << shift;
    if ((((digits + each * 0x76) | digits) & (each * 0x80)) != 0)
        return false;
    digits = digits * 10 + (digits >> 8);
    const uint64_t pairs = UINT64_C(0x000000FF000000FF);
    *number = ((digits & pairs) * UINT64_C(0x000F424000000064) + (digits >> 16 & pairs) * UINT64_C(0x0000271000000001)) >> 32;
    return true;
}

/* The place of a letter in a word, or the word's length. */
static inline size_t short_find(uint64_t word, size_t length, char letter)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    const uint64_t other = word ^ (each * (unsigned char)letter);
    const uint64_t zeros = (other - each) & ~other & (each * 0x80);
    const size_t at = zeros == 0 ? length : (size_t)__builtin_ctzll(zeros) / 8;
    return at < length ? at : length;
}

#endif
