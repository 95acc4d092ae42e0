/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_PHILOX_H
#define GAPMETER_BASE_PHILOX_H

#include <stddef.h>
#include <stdint.h>

#include "base/kernel.h"

/* The generator beneath chance.h: Philox4x32-10, a block of four words from a counter of four and a key of two. Who wants chance
 * takes chance.h. */

#define PHILOX_ROUNDS 10

/* What the counter's words are multiplied with, and what the key's words grow by in each round. */
#define PHILOX_FIRST      UINT32_C(0xD2511F53)
#define PHILOX_SECOND     UINT32_C(0xCD9E8D57)
#define PHILOX_KEY_FIRST  UINT32_C(0x9E3779B9)
#define PHILOX_KEY_SECOND UINT32_C(0xBB67AE85)

/* One block, in registers.
 * source  Salmon, Moraes, Dror & Shaw 2011, SC'11 */
static inline void philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3], k0 = key[0], k1 = key[1];
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        uint64_t left = (uint64_t)PHILOX_FIRST * c0, right = (uint64_t)PHILOX_SECOND * c2;
        c0 = (uint32_t)(right >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)right;
        c2 = (uint32_t)(left >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)left;
        k0 += PHILOX_KEY_FIRST;
        k1 += PHILOX_KEY_SECOND;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

/* Which blocks: the counter is (index, stream), the key is the seed, each as two words, the low one first. */
struct philox_start {
    uint64_t seed, stream, index;
};

/* The blocks of index, index + 1, …, as words.
 * takes   kernel  one that is available; all give the same words
 * gives   out  [4 × blocks]
 * proof   tests/base/philox_test.c */
void philox_words(enum kernel kernel, const struct philox_start *start, size_t blocks, uint32_t *out);

#endif
