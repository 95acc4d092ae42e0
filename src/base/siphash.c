/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/siphash.h"

#include <stddef.h>

enum { WORD_BYTES = 8, ROUNDS_PER_WORD = 2, ROUNDS_AT_END = 4 };

static uint64_t rotated(uint64_t value, unsigned bits)
{
    return value << bits | value >> (64 - bits);
}

static void rounds(uint64_t v[4], unsigned count)
{
    for (; count > 0; count--) {
        v[0] += v[1];
        v[2] += v[3];
        v[1] = rotated(v[1], 13) ^ v[0];
        v[3] = rotated(v[3], 16) ^ v[2];
        v[0] = rotated(v[0], 32);
        v[2] += v[1];
        v[0] += v[3];
        v[1] = rotated(v[1], 17) ^ v[2];
        v[3] = rotated(v[3], 21) ^ v[0];
        v[2] = rotated(v[2], 32);
    }
}

static void absorb(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    rounds(v, ROUNDS_PER_WORD);
    v[0] ^= word;
}

/* Bytes as a number, the first the lowest. */
static uint64_t word_of(const char *at, size_t bytes)
{
    uint64_t word = 0;
    for (size_t i = 0; i < bytes; i++)
        word |= (uint64_t)(unsigned char)at[i] << (8 * i);
    return word;
}

uint64_t siphash(const uint64_t key[2], struct span text)
{
    uint64_t v[4] = {key[0] ^ 0x736f6d6570736575u, key[1] ^ 0x646f72616e646f6du, key[0] ^ 0x6c7967656e657261u,
                     key[1] ^ 0x7465646279746573u};
    size_t at = 0;
    for (; at + WORD_BYTES <= text.length; at += WORD_BYTES)
        absorb(v, word_of(text.at + at, WORD_BYTES));
    absorb(v, word_of(text.at + at, text.length - at) | (uint64_t)text.length << 56);
    v[2] ^= 0xFF;
    rounds(v, ROUNDS_AT_END);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}
