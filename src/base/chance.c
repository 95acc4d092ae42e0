/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/chance.h"

#include <assert.h>

#include "base/philox.h"
#include "base/wide.h"

void philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    philox_block(counter, key, out);
}

void chance_words(uint64_t seed, uint64_t stream, uint64_t index, size_t blocks, uint32_t *out)
{
    const struct philox_start start = {seed, stream, index};
    philox_words(kernel_current(), &start, blocks, out);
}

uint64_t chance_bits(uint64_t seed, uint64_t stream, uint64_t index)
{
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    const uint32_t counter[4] = {(uint32_t)index, (uint32_t)(index >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)};
    uint32_t words[4];
    philox_block(counter, key, words);
    return (uint64_t)words[1] << 32 | words[0];
}

double chance_uniform(uint64_t seed, uint64_t stream, uint64_t index)
{
    return chance_unit(chance_bits(seed, stream, index));
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
