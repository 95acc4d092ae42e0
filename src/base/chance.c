/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/chance.h"

#include <assert.h>

#include "base/wide.h"

enum { ROUNDS = 10 };

/* One block, in registers: this is where the time of all drawing goes. */
static inline void philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3], k0 = key[0], k1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t left = (uint64_t)0xD2511F53u * c0, right = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(right >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)right;
        c2 = (uint32_t)(left >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)left;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

void philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    philox_block(counter, key, out);
}

void chance_words(uint64_t seed, uint64_t stream, uint64_t index, size_t blocks, uint32_t *out)
{
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    for (size_t block = 0; block < blocks; block++, index++) {
        const uint32_t counter[4] = {(uint32_t)index, (uint32_t)(index >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)};
        philox_block(counter, key, out + 4 * block);
    }
}

uint64_t chance_bits(uint64_t seed, uint64_t stream, uint64_t index)
{
    uint32_t words[4];
    chance_words(seed, stream, index, 1, words);
    return (uint64_t)words[1] << 32 | words[0];
}

double chance_uniform(uint64_t seed, uint64_t stream, uint64_t index)
{
    return ((double)(chance_bits(seed, stream, index) >> 12) + 0.5) * 0x1p-52;
}

uint64_t chance_below(uint64_t seed, uint64_t stream, uint64_t index, uint64_t count)
{
    assert(count >= 1);
    /* Lemire 2019: the high half of bits × count is uniform once the few low halves that come too often are left out.
     * Another try takes another seed, so that no other index is touched. */
    uint64_t too_often = -count % count;
    uint128 product;
    do {
        product = (uint128)chance_bits(seed, stream, index) * count;
        seed += 0x9E3779B97F4A7C15u;
    } while ((uint64_t)product < too_often);
    return (uint64_t)(product >> 64);
}
