/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/row_sums.h"

#include <string.h>

#if KERNEL_VECTORS
#include <immintrin.h>
#endif

/* Rows that were not drawn are added too, with factor 0: cheaper than asking which they are, and no sum changes. */
static double often(const uint32_t *times, size_t row)
{
    return times ? times[row] : 1;
}

/* One number after another. */
static void sums_scalar(const struct row_table *table, const uint32_t *times, double *sums)
{
    memset(sums, 0, table->stride * sizeof *sums);
    for (size_t row = 0; row < table->count; row++) {
        const double *values = table->values + row * table->stride;
        double by = often(times, row);
        for (size_t k = 0; k < table->stride; k += 4) {
            sums[k] += by * values[k];
            sums[k + 1] += by * values[k + 1];
            sums[k + 2] += by * values[k + 2];
            sums[k + 3] += by * values[k + 3];
        }
    }
}

#if KERNEL_VECTORS
/* Numbers from `first` on, in so many vectors of four, which stay in registers; `vectors` is a constant where it is called. */
KERNEL_TARGET_AVX2 static KERNEL_INLINE void part_avx2(const struct row_table *table, const uint32_t *times, size_t first,
                                                       size_t vectors, double *sums)
{
    const double *values = table->values + first;
    __m256d lanes[8];
    KERNEL_UNROLL
    for (size_t v = 0; v < vectors; v++)
        lanes[v] = _mm256_setzero_pd();
    for (size_t row = 0; row < table->count; row++, values += table->stride) {
        __m256d by = _mm256_set1_pd(often(times, row));
        KERNEL_UNROLL
        for (size_t v = 0; v < vectors; v++)
            lanes[v] = _mm256_add_pd(lanes[v], _mm256_mul_pd(by, _mm256_loadu_pd(values + 4 * v)));
    }
    KERNEL_UNROLL
    for (size_t v = 0; v < vectors; v++)
        _mm256_storeu_pd(sums + first + 4 * v, lanes[v]);
}

/* Thirty-two numbers at a time, then what is left. */
KERNEL_TARGET_AVX2 static void sums_avx2(const struct row_table *table, const uint32_t *times, double *sums)
{
    size_t first = 0;
    for (; first + 32 <= table->stride; first += 32)
        part_avx2(table, times, first, 8, sums);
    if (first + 16 <= table->stride) {
        part_avx2(table, times, first, 4, sums);
        first += 16;
    }
    if (first < table->stride)
        part_avx2(table, times, first, 2, sums);
}

/* The same in vectors of eight. */
KERNEL_TARGET_AVX512 static KERNEL_INLINE void part_avx512(const struct row_table *table, const uint32_t *times, size_t first,
                                                           size_t vectors, double *sums)
{
    const double *values = table->values + first;
    __m512d lanes[8];
    KERNEL_UNROLL
    for (size_t v = 0; v < vectors; v++)
        lanes[v] = _mm512_setzero_pd();
    for (size_t row = 0; row < table->count; row++, values += table->stride) {
        __m512d by = _mm512_set1_pd(often(times, row));
        KERNEL_UNROLL
        for (size_t v = 0; v < vectors; v++)
            lanes[v] = _mm512_add_pd(lanes[v], _mm512_mul_pd(by, _mm512_loadu_pd(values + 8 * v)));
    }
    KERNEL_UNROLL
    for (size_t v = 0; v < vectors; v++)
        _mm512_storeu_pd(sums + first + 8 * v, lanes[v]);
}

/* What is left when eight vectors at a time are taken. */
KERNEL_TARGET_AVX512 static void rest_avx512(const struct row_table *table, const uint32_t *times, size_t first, double *sums)
{
    switch ((table->stride - first) / 8) {
    case 7:
        part_avx512(table, times, first, 7, sums);
        break;
    case 6:
        part_avx512(table, times, first, 6, sums);
        break;
    case 5:
        part_avx512(table, times, first, 5, sums);
        break;
    case 4:
        part_avx512(table, times, first, 4, sums);
        break;
    case 3:
        part_avx512(table, times, first, 3, sums);
        break;
    case 2:
        part_avx512(table, times, first, 2, sums);
        break;
    case 1:
        part_avx512(table, times, first, 1, sums);
        break;
    default:
        break;
    }
}

/* Sixty-four numbers at a time, then what is left. */
KERNEL_TARGET_AVX512 static void sums_avx512(const struct row_table *table, const uint32_t *times, double *sums)
{
    size_t first = 0;
    for (; first + 64 <= table->stride; first += 64)
        part_avx512(table, times, first, 8, sums);
    rest_avx512(table, times, first, sums);
}
#endif

void row_sums(enum kernel kernel, const struct row_table *table, const uint32_t *times, double *sums)
{
#if KERNEL_VECTORS
    if (kernel == KERNEL_AVX512) {
        sums_avx512(table, times, sums);
        return;
    }
    if (kernel == KERNEL_AVX2) {
        sums_avx2(table, times, sums);
        return;
    }
#endif
    (void)kernel;
    sums_scalar(table, times, sums);
}
