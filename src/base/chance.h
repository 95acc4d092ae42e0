/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_CHANCE_H
#define GAPMETER_BASE_CHANCE_H

#include <stddef.h>
#include <stdint.h>

/* Counter-based chance: the value depends on (seed, stream, index) alone, so any thread can
 * draw any number in any order and the result is the same.
 * source  Philox4x32-10: Salmon, Moraes, Dror & Shaw 2011, SC'11
 * proof   tests/base/chance_test.c (the published known answers) */

/* The raw generator: ten rounds over a 128-bit counter with a 64-bit key. */
void philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* 64 random bits of (seed, stream, index). */
uint64_t chance_bits(uint64_t seed, uint64_t stream, uint64_t index);

/* The words of index, index + 1, …: of each the same 64 bits and 64 more, as four words. A quarter of the cost per draw where
 * many are needed.
 * gives   out  [4 × blocks] */
void chance_words(uint64_t seed, uint64_t stream, uint64_t index, size_t blocks, uint32_t *out);

/* The uniform number of 64 random bits, as chance_uniform makes it. */
static inline double chance_unit(uint64_t bits)
{
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

/* Uniform in (0, 1), never 0 and never 1: 52 bits and a half. */
double chance_uniform(uint64_t seed, uint64_t stream, uint64_t index);

/* Uniform in 0 … count-1 without bias.
 * needs   count >= 1
 * source  Lemire 2019, ACM TOMACS 29:3 */
uint64_t chance_below(uint64_t seed, uint64_t stream, uint64_t index, uint64_t count);

#endif
