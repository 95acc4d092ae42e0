/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/philox.h"

#if KERNEL_VECTORS
#include <immintrin.h>
#endif

static void words_scalar(const struct philox_start *start, size_t blocks, uint32_t *out)
{
    const uint32_t key[2] = {(uint32_t)start->seed, (uint32_t)(start->seed >> 32)};
    uint64_t index = start->index, stream = start->stream;
    for (size_t block = 0; block < blocks; block++, index++) {
        const uint32_t counter[4] = {(uint32_t)index, (uint32_t)(index >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)};
        philox_block(counter, key, out + 4 * block);
    }
}

#if KERNEL_VECTORS
/* Each word of a counter stands in the low half of a lane of 64 bits; what the multiplications leave in the high half is not read. */
struct blocks4 {
    __m256i c[4];
};

KERNEL_TARGET_AVX2 static KERNEL_INLINE void rounds_avx2(struct blocks4 *b, uint64_t seed)
{
    const __m256i first = _mm256_set1_epi64x(PHILOX_FIRST), second = _mm256_set1_epi64x(PHILOX_SECOND);
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        __m256i left = _mm256_mul_epu32(b->c[0], first), right = _mm256_mul_epu32(b->c[2], second);
        __m256i key0 = _mm256_set1_epi32((int)k0), key1 = _mm256_set1_epi32((int)k1);
        b->c[0] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(right, 32), b->c[1]), key0);
        b->c[1] = right;
        b->c[2] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(left, 32), b->c[3]), key1);
        b->c[3] = left;
        k0 += PHILOX_KEY_FIRST;
        k1 += PHILOX_KEY_SECOND;
    }
}

KERNEL_TARGET_AVX2 static KERNEL_INLINE void counters_avx2(const struct philox_start *start, uint64_t index, struct blocks4 *b)
{
    __m256i indices = _mm256_add_epi64(_mm256_set1_epi64x((long long)index), _mm256_set_epi64x(3, 2, 1, 0));
    b->c[0] = indices;
    b->c[1] = _mm256_srli_epi64(indices, 32);
    b->c[2] = _mm256_set1_epi64x((long long)(start->stream & UINT32_MAX));
    b->c[3] = _mm256_set1_epi64x((long long)(start->stream >> 32));
}

KERNEL_TARGET_AVX2 static KERNEL_INLINE void store_avx2(const struct blocks4 *b, uint32_t *out)
{
    __m256i low = _mm256_blend_epi32(b->c[0], _mm256_shuffle_epi32(b->c[1], _MM_SHUFFLE(2, 2, 0, 0)), 0xAA);
    __m256i high = _mm256_blend_epi32(b->c[2], _mm256_shuffle_epi32(b->c[3], _MM_SHUFFLE(2, 2, 0, 0)), 0xAA);
    __m256i even = _mm256_unpacklo_epi64(low, high), odd = _mm256_unpackhi_epi64(low, high);
    _mm256_storeu_si256((__m256i *)(void *)out, _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256((__m256i *)(void *)(out + 8), _mm256_permute2x128_si256(even, odd, 0x31));
}

/* Whole eights of blocks: two fours at a time, since one alone waits for its multiplications.
 * gives   how many */
KERNEL_TARGET_AVX2 static size_t words_avx2(const struct philox_start *start, size_t blocks, uint32_t *out)
{
    size_t whole = blocks / 8 * 8;
    for (size_t at = 0; at < whole; at += 8) {
        struct blocks4 one, two;
        counters_avx2(start, start->index + at, &one);
        counters_avx2(start, start->index + at + 4, &two);
        rounds_avx2(&one, start->seed);
        rounds_avx2(&two, start->seed);
        store_avx2(&one, out + 4 * at);
        store_avx2(&two, out + 4 * at + 16);
    }
    return whole;
}

struct blocks8 {
    __m512i c[4];
};

/* Two eights at a time, since one alone waits for its multiplications. */
KERNEL_TARGET_AVX512 static KERNEL_INLINE void rounds_avx512(struct blocks8 *b, struct blocks8 *d, uint64_t seed)
{
    const __m512i first = _mm512_set1_epi64(PHILOX_FIRST), second = _mm512_set1_epi64(PHILOX_SECOND);
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        __m512i key0 = _mm512_set1_epi32((int)k0), key1 = _mm512_set1_epi32((int)k1);
        __m512i left = _mm512_mul_epu32(b->c[0], first), right = _mm512_mul_epu32(b->c[2], second);
        __m512i left2 = _mm512_mul_epu32(d->c[0], first), right2 = _mm512_mul_epu32(d->c[2], second);
        b->c[0] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(right, 32), b->c[1], key0, 0x96);
        b->c[2] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(left, 32), b->c[3], key1, 0x96);
        d->c[0] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(right2, 32), d->c[1], key0, 0x96);
        d->c[2] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(left2, 32), d->c[3], key1, 0x96);
        b->c[1] = right;
        b->c[3] = left;
        d->c[1] = right2;
        d->c[3] = left2;
        k0 += PHILOX_KEY_FIRST;
        k1 += PHILOX_KEY_SECOND;
    }
}

KERNEL_TARGET_AVX512 static KERNEL_INLINE void counters_avx512(const struct philox_start *start, uint64_t index,
                                                               struct blocks8 *b)
{
    __m512i indices = _mm512_add_epi64(_mm512_set1_epi64((long long)index), _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0));
    b->c[0] = indices;
    b->c[1] = _mm512_srli_epi64(indices, 32);
    b->c[2] = _mm512_set1_epi64((long long)(start->stream & UINT32_MAX));
    b->c[3] = _mm512_set1_epi64((long long)(start->stream >> 32));
}

KERNEL_TARGET_AVX512 static KERNEL_INLINE void store_avx512(const struct blocks8 *b, uint32_t *out)
{
    const __m512i near = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0), far = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
    __m512i low = _mm512_mask_shuffle_epi32(b->c[0], 0xAAAA, b->c[1], _MM_PERM_CCAA);
    __m512i high = _mm512_mask_shuffle_epi32(b->c[2], 0xAAAA, b->c[3], _MM_PERM_CCAA);
    __m512i even = _mm512_unpacklo_epi64(low, high), odd = _mm512_unpackhi_epi64(low, high);
    _mm512_storeu_si512(out, _mm512_permutex2var_epi64(even, near, odd));
    _mm512_storeu_si512(out + 16, _mm512_permutex2var_epi64(even, far, odd));
}

/* Whole sixteens of blocks.
 * gives   how many */
KERNEL_TARGET_AVX512 static size_t words_avx512(const struct philox_start *start, size_t blocks, uint32_t *out)
{
    size_t whole = blocks / 16 * 16;
    for (size_t at = 0; at < whole; at += 16) {
        struct blocks8 one, two;
        counters_avx512(start, start->index + at, &one);
        counters_avx512(start, start->index + at + 8, &two);
        rounds_avx512(&one, &two, start->seed);
        store_avx512(&one, out + 4 * at);
        store_avx512(&two, out + 4 * at + 32);
    }
    return whole;
}

static size_t words_vector(enum kernel kernel, const struct philox_start *start, size_t blocks, uint32_t *out)
{
    switch (kernel) {
    case KERNEL_AVX512:
        return words_avx512(start, blocks, out);
    case KERNEL_AVX2:
        return words_avx2(start, blocks, out);
    case KERNEL_SCALAR:
        break;
    }
    return 0;
}
#else
static size_t words_vector(enum kernel kernel, const struct philox_start *start, size_t blocks, uint32_t *out)
{
    (void)kernel, (void)start, (void)blocks, (void)out;
    return 0;
}
#endif

void philox_words(enum kernel kernel, const struct philox_start *start, size_t blocks, uint32_t *out)
{
    size_t done = words_vector(kernel, start, blocks, out);
    const struct philox_start rest = {start->seed, start->stream, start->index + done};
    words_scalar(&rest, blocks - done, out + 4 * done);
}
