/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/byte_sums.h"

#if KERNEL_VECTORS
#include <immintrin.h>
#endif

#define ROWS_AT_ONCE 65536u /* 65536 × 255 × 128 fits in 32 bits, and so do sums of these over all lanes */
#define SUMS_AT_ONCE 8u

/* The columns of one step; where there are no more, the last again. */
static void step_columns(const struct byte_columns *columns, size_t first, size_t row, const int8_t *at[SUMS_AT_ONCE])
{
    for (size_t c = 0; c < SUMS_AT_ONCE; c++) {
        size_t column = first + c < columns->count ? first + c : columns->count - 1;
        at[c] = columns->values + column * columns->stride + row;
    }
}

/* One after another, in plain C. */
static void sums_scalar(const uint8_t *times, const int8_t *const at[SUMS_AT_ONCE], size_t rows, int32_t sums[SUMS_AT_ONCE])
{
    for (size_t c = 0; c < SUMS_AT_ONCE; c++)
        sums[c] = byte_product_plain(times, at[c], rows);
}

#if KERNEL_VECTORS
/* The sum of eight numbers. */
KERNEL_TARGET_AVX2 static KERNEL_INLINE int32_t lanes_sum8(__m256i lanes)
{
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(1, 0, 3, 2)));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(2, 3, 0, 1)));
    return _mm_cvtsi128_si32(four);
}

/* Sixteen bytes, widened. */
KERNEL_TARGET_AVX2 static KERNEL_INLINE __m256i load_signed(const int8_t *at)
{
    return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)at));
}

/* Sixteen rows at a time. */
KERNEL_TARGET_AVX2 static void sums_avx2(const uint8_t *times, const int8_t *const at[SUMS_AT_ONCE], size_t rows,
                                         int32_t sums[SUMS_AT_ONCE])
{
    __m256i lanes[SUMS_AT_ONCE];
    KERNEL_UNROLL
    for (size_t c = 0; c < SUMS_AT_ONCE; c++)
        lanes[c] = _mm256_setzero_si256();
    for (size_t i = 0; i < rows; i += 16) {
        __m256i often = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(times + i)));
        KERNEL_UNROLL
        for (size_t c = 0; c < SUMS_AT_ONCE; c++)
            lanes[c] = _mm256_add_epi32(lanes[c], _mm256_madd_epi16(often, load_signed(at[c] + i)));
    }
    KERNEL_UNROLL
    for (size_t c = 0; c < SUMS_AT_ONCE; c++)
        sums[c] = lanes_sum8(lanes[c]);
}

/* Sixty-four rows at a time. */
KERNEL_TARGET_AVX512 static void sums_avx512(const uint8_t *times, const int8_t *const at[SUMS_AT_ONCE], size_t rows,
                                             int32_t sums[SUMS_AT_ONCE])
{
    __m512i lanes[SUMS_AT_ONCE];
    KERNEL_UNROLL
    for (size_t c = 0; c < SUMS_AT_ONCE; c++)
        lanes[c] = _mm512_setzero_si512();
    for (size_t i = 0; i < rows; i += BYTE_ROWS) {
        __m512i often = _mm512_loadu_si512(times + i);
        KERNEL_UNROLL
        for (size_t c = 0; c < SUMS_AT_ONCE; c++)
            lanes[c] = _mm512_dpbusd_epi32(lanes[c], often, _mm512_loadu_si512(at[c] + i));
    }
    KERNEL_UNROLL
    for (size_t c = 0; c < SUMS_AT_ONCE; c++)
        sums[c] = _mm512_reduce_add_epi32(lanes[c]);
}
#endif

/* The sums of eight columns over at most ROWS_AT_ONCE rows, by the kernel that was chosen. */
static void sums_step(enum kernel kernel, const uint8_t *times, const int8_t *const at[SUMS_AT_ONCE], size_t rows,
                      int32_t sums[SUMS_AT_ONCE])
{
#if KERNEL_VECTORS
    if (kernel == KERNEL_AVX512) {
        sums_avx512(times, at, rows, sums);
        return;
    }
    if (kernel == KERNEL_AVX2) {
        sums_avx2(times, at, rows, sums);
        return;
    }
#endif
    (void)kernel;
    sums_scalar(times, at, rows, sums);
}

void byte_sums(enum kernel kernel, const uint8_t *times, const struct byte_columns *columns, int64_t *sums)
{
    for (size_t c = 0; c < columns->count; c++)
        sums[c] = 0;
    for (size_t row = 0; row < columns->stride; row += ROWS_AT_ONCE) {
        size_t rows = columns->stride - row < ROWS_AT_ONCE ? columns->stride - row : ROWS_AT_ONCE;
        for (size_t first = 0; first < columns->count; first += SUMS_AT_ONCE) {
            const int8_t *at[SUMS_AT_ONCE];
            int32_t step[SUMS_AT_ONCE];
            step_columns(columns, first, row, at);
            sums_step(kernel, times + row, at, rows, step);
            for (size_t c = first; c < columns->count && c < first + SUMS_AT_ONCE; c++)
                sums[c] += step[c - first];
        }
    }
}
