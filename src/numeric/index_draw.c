/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/index_draw.h"

#if KERNEL_VECTORS
#include <immintrin.h>
#endif

#include "base/chance.h"
#include "base/philox.h"

#define STEP        64u                          /* draws of the widest kernel at a time */
#define REDRAW_SEED UINT64_C(0xA0761D6478BD642F) /* numbers of their own for the few draws that are made twice */

/* The high half of word × count, unless the low one is of those that come too often: below 2^32 mod count. */
static uint32_t pick(uint32_t word, const struct index_draw *draw, uint32_t too_often, uint64_t number)
{
    uint64_t product = (uint64_t)word * draw->count;
    if ((uint32_t)product < too_often)
        return (uint32_t)chance_below(draw->seed ^ REDRAW_SEED, draw->stream, draw->index + number, draw->count);
    return (uint32_t)(product >> 32);
}

/* Words of some draws on their way to be indices. */
struct batch {
    const struct index_draw *draw;
    uint32_t too_often; /* 2^32 mod count: so many low halves would come once more than others */
    uint32_t first, draws;
    uint32_t words[INDEX_DRAWS_AT_ONCE]; /* of the draws, up to a multiple of STEP */
};

/* Draw by draw. */
static void picks_scalar(const struct batch *batch, uint32_t *out)
{
    for (uint32_t i = 0; i < batch->draws; i++)
        out[i] = pick(batch->words[i], batch->draw, batch->too_often, (uint64_t)batch->first + i);
}

#if KERNEL_VECTORS
/* gives   false when a word must be drawn again: then out is of no use */
KERNEL_TARGET_AVX2 static bool picks_avx2(const struct batch *batch, uint32_t *out)
{
    const __m256i times = _mm256_set1_epi64x(batch->draw->count);
    __m256i least = _mm256_set1_epi32(-1);
    for (size_t i = 0; i < batch->draws; i += 8) {
        __m256i word = _mm256_loadu_si256((const __m256i *)(const void *)(batch->words + i));
        __m256i even = _mm256_mul_epu32(word, times), odd = _mm256_mul_epu32(_mm256_srli_epi64(word, 32), times);
        __m256i low = _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA);
        __m256i high = _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA);
        least = _mm256_min_epu32(least, low);
        _mm256_storeu_si256((__m256i *)(void *)(out + i), high);
    }
    const __m256i bound = _mm256_set1_epi32((int)batch->too_often);
    __m256i enough = _mm256_cmpeq_epi32(_mm256_max_epu32(least, bound), least);
    return _mm256_movemask_epi8(enough) == -1;
}

/* The same, sixteen at a time. */
KERNEL_TARGET_AVX512 static bool picks_avx512(const struct batch *batch, uint32_t *out)
{
    const __m512i times = _mm512_set1_epi64(batch->draw->count);
    __m512i least = _mm512_set1_epi32(-1);
    for (size_t i = 0; i < batch->draws; i += 16) {
        __m512i word = _mm512_loadu_si512(batch->words + i);
        __m512i even = _mm512_mul_epu32(word, times), odd = _mm512_mul_epu32(_mm512_srli_epi64(word, 32), times);
        __m512i low = _mm512_mask_shuffle_epi32(even, 0xAAAA, odd, _MM_PERM_CCAA);
        __m512i high = _mm512_mask_shuffle_epi32(odd, 0x5555, even, _MM_PERM_DDBB);
        least = _mm512_min_epu32(least, low);
        _mm512_storeu_si512(out + i, high);
    }
    return _mm512_cmplt_epu32_mask(least, _mm512_set1_epi32((int)batch->too_often)) == 0;
}

/* By the kernel that was chosen.
 * gives   false when it has no vectors, or a word must be drawn again */
static bool picks_vector(enum kernel kernel, const struct batch *batch, uint32_t *out)
{
    switch (kernel) {
    case KERNEL_AVX512:
        return picks_avx512(batch, out);
    case KERNEL_AVX2:
        return picks_avx2(batch, out);
    case KERNEL_SCALAR:
        break;
    }
    return false;
}
#else
/* Without vectors. */
static bool picks_vector(enum kernel kernel, const struct batch *batch, uint32_t *out)
{
    (void)kernel, (void)batch, (void)out;
    return false;
}
#endif

void index_draw(enum kernel kernel, const struct index_draw *draw, uint32_t first, uint32_t draws, uint32_t *out)
{
    struct batch batch = {.draw = draw, .too_often = (0 - draw->count) % draw->count, .first = first, .draws = draws};
    const struct philox_start start = {draw->seed, draw->stream, draw->index + first};
    philox_words(kernel, &start, (size_t)(draws + STEP - 1) / STEP * (STEP / 4), batch.words);
    if (!picks_vector(kernel, &batch, out))
        picks_scalar(&batch, out);
}
