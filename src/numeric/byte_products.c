/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/byte_products.h"

#if KERNEL_VECTORS
#include <immintrin.h>
#endif

#define SIDE ((size_t)4) /* columns of a, and of b, that are multiplied with each other at a time */

/* Some columns of each kind; where there are no more, the last again. */
struct patch {
    const uint8_t *a[SIDE];
    const int8_t *b[SIDE];
    size_t rows;
};

/* The columns of a patch. */
static void patch_make(const struct byte_pairs *pairs, size_t first_a, size_t first_b, struct patch *out)
{
    out->rows = pairs->rows;
    for (size_t i = 0; i < SIDE; i++) {
        size_t a = first_a + i < pairs->a_count ? first_a + i : pairs->a_count - 1;
        size_t b = first_b + i < pairs->b_count ? first_b + i : pairs->b_count - 1;
        out->a[i] = pairs->a + a * pairs->stride;
        out->b[i] = pairs->b + b * pairs->stride;
    }
}

/* Pair by pair, in plain C. */
static void patch_scalar(const struct patch *patch, int32_t out[SIDE][SIDE])
{
    for (size_t i = 0; i < SIDE; i++) {
        for (size_t j = 0; j < SIDE; j++)
            out[i][j] = byte_product_plain(patch->a[i], patch->b[j], patch->rows);
    }
}

#if KERNEL_VECTORS
/* The sums of four vectors of eight. */
KERNEL_TARGET_AVX2 static KERNEL_INLINE __m128i four_sums(const __m256i lanes[SIDE])
{
    __m256i two = _mm256_hadd_epi32(lanes[0], lanes[1]), more = _mm256_hadd_epi32(lanes[2], lanes[3]);
    __m256i all = _mm256_hadd_epi32(two, more);
    return _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

/* Two columns of a with four of b, sixteen rows at a time. */
KERNEL_TARGET_AVX2 static KERNEL_INLINE void half_avx2(const struct patch *patch, size_t first, int32_t out[SIDE][SIDE])
{
    __m256i one[SIDE], two[SIDE];
    KERNEL_UNROLL
    for (size_t j = 0; j < SIDE; j++)
        one[j] = two[j] = _mm256_setzero_si256();
    for (size_t row = 0; row < patch->rows; row += 16) {
        __m256i a = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(patch->a[first] + row)));
        __m256i c = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(patch->a[first + 1] + row)));
        KERNEL_UNROLL
        for (size_t j = 0; j < SIDE; j++) {
            __m256i b = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(patch->b[j] + row)));
            one[j] = _mm256_add_epi32(one[j], _mm256_madd_epi16(a, b));
            two[j] = _mm256_add_epi32(two[j], _mm256_madd_epi16(c, b));
        }
    }
    _mm_storeu_si128((__m128i *)(void *)out[first], four_sums(one));
    _mm_storeu_si128((__m128i *)(void *)out[first + 1], four_sums(two));
}

/* Sixteen pairs. */
KERNEL_TARGET_AVX2 static void patch_avx2(const struct patch *patch, int32_t out[SIDE][SIDE])
{
    half_avx2(patch, 0, out);
    half_avx2(patch, 2, out);
}

/* The sums of four vectors of sixteen. */
KERNEL_TARGET_AVX512 static KERNEL_INLINE __m128i four_sums_wide(const __m512i lanes[SIDE])
{
    __m256i halves[SIDE];
    KERNEL_UNROLL
    for (size_t j = 0; j < SIDE; j++)
        halves[j] = _mm256_add_epi32(_mm512_castsi512_si256(lanes[j]), _mm512_extracti64x4_epi64(lanes[j], 1));
    __m256i two = _mm256_hadd_epi32(halves[0], halves[1]), more = _mm256_hadd_epi32(halves[2], halves[3]);
    __m256i all = _mm256_hadd_epi32(two, more);
    return _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

/* Sixteen pairs, sixty-four rows at a time. */
KERNEL_TARGET_AVX512 static void patch_avx512(const struct patch *patch, int32_t out[SIDE][SIDE])
{
    __m512i lanes[SIDE][SIDE];
    KERNEL_UNROLL
    for (size_t i = 0; i < SIDE * SIDE; i++)
        lanes[i / SIDE][i % SIDE] = _mm512_setzero_si512();
    for (size_t row = 0; row < patch->rows; row += BYTE_ROWS) {
        __m512i b[SIDE];
        KERNEL_UNROLL
        for (size_t j = 0; j < SIDE; j++)
            b[j] = _mm512_loadu_si512(patch->b[j] + row);
        KERNEL_UNROLL
        for (size_t i = 0; i < SIDE * SIDE; i++)
            lanes[i / SIDE][i % SIDE] =
                _mm512_dpbusd_epi32(lanes[i / SIDE][i % SIDE], _mm512_loadu_si512(patch->a[i / SIDE] + row), b[i % SIDE]);
    }
    KERNEL_UNROLL
    for (size_t i = 0; i < SIDE; i++)
        _mm_storeu_si128((__m128i *)(void *)out[i], four_sums_wide(lanes[i]));
}
#endif

/* Sixteen pairs, by the kernel that was chosen. */
static void patch_multiply(enum kernel kernel, const struct patch *patch, int32_t out[SIDE][SIDE])
{
#if KERNEL_VECTORS
    if (kernel == KERNEL_AVX512) {
        patch_avx512(patch, out);
        return;
    }
    if (kernel == KERNEL_AVX2) {
        patch_avx2(patch, out);
        return;
    }
#endif
    (void)kernel;
    patch_scalar(patch, out);
}

/* Puts the sums of a patch where they belong, without those of columns that came twice. */
static void patch_place(const struct byte_pairs *pairs, size_t first_a, size_t first_b, int32_t sums[SIDE][SIDE],
                        int32_t *products)
{
    for (size_t a = first_a; a < pairs->a_count && a < first_a + SIDE; a++) {
        for (size_t b = first_b; b < pairs->b_count && b < first_b + SIDE; b++)
            products[a * pairs->b_count + b] = sums[a - first_a][b - first_b];
    }
}

void byte_products(enum kernel kernel, const struct byte_pairs *pairs, int32_t *products)
{
    for (size_t a = 0; a < pairs->a_count; a += SIDE) {
        for (size_t b = pairs->upper ? a : 0; b < pairs->b_count; b += SIDE) {
            struct patch patch;
            int32_t sums[SIDE][SIDE];
            patch_make(pairs, a, b, &patch);
            patch_multiply(kernel, &patch, sums);
            patch_place(pairs, a, b, sums, products);
        }
    }
}
