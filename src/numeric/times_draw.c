/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/times_draw.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#if KERNEL_VECTORS
#include <immintrin.h>
#endif

#include "base/philox.h"

#define FIRST_SEED   UINT64_C(0xD6E8FEB86659FD93) /* numbers of their own: the first bytes */
#define REST_SEED    UINT64_C(0xC2B2AE3D27D4EB4F) /* and the others, where the first does not tell */
#define ANEW         UINT64_C(0x9E3779B97F4A7C15) /* between the seeds of one try and the next */
#define SPARED       2.0 /* standard deviations of the sum that λ stays below 1: one try in 44 comes to too many */
#define BATCH_ROWS   4096u
#define BLOCK_BYTES  16u /* of one block of chance */
#define UNSURE_BATCH 64u
#define STEP         64u /* rows of the widest kernel at a time */

void times_law_make(uint32_t count, struct times_law *out)
{
    *out = (struct times_law){.count = count, .one_by_one = count < TIMES_DRAW_FROM};
    if (out->one_by_one)
        return;
    double mean = 1 - SPARED / sqrt(count), mass[TIMES_CUTS + 1] = {exp(-mean)}, above = 0;
    for (unsigned k = 1; k <= TIMES_CUTS; k++)
        mass[k] = mass[k - 1] * mean / k;
    /* From the least on, so that what is added up keeps its digits. */
    for (unsigned k = TIMES_CUTS; k-- > 0;) {
        above += mass[k + 1];
        out->last[k] = UINT64_MAX - (uint64_t)(above * 0x1p64);
    }
    for (unsigned k = 0; k < TIMES_CUTS; k++) {
        uint8_t edge = (uint8_t)(out->last[k] >> 56);
        assert(k < TIMES_EDGES ? edge < UINT8_MAX && (k == 0 || edge > out->edges[k - 1]) : edge == UINT8_MAX);
        if (k < TIMES_EDGES)
            out->edges[k] = edge;
    }
    for (unsigned byte = 0, k = 0; byte <= UINT8_MAX; byte++) {
        bool unsure = byte == UINT8_MAX || (k < TIMES_EDGES && byte == out->edges[k]);
        out->often[byte] = (uint8_t)(k | (unsure ? TIMES_UNSURE : 0));
        k += unsure;
    }
}

/* Some rows on their way. */
struct batch {
    const struct times_law *law;
    uint32_t rows, unsure;
    uint32_t words[BATCH_ROWS / sizeof(uint32_t)]; /* a byte for each row, the low one first */
    uint16_t which[BATCH_ROWS + STEP];             /* [unsure] rows whose first byte does not tell, in order */
};

/* The first byte of a row. */
static uint8_t batch_byte(const struct batch *batch, uint32_t row)
{
    return (uint8_t)(batch->words[row / 4] >> (8 * (row % 4)));
}

/* Row by row.
 * gives   times  0 where the first byte does not tell; their sum */
static uint32_t first_scalar(struct batch *batch, uint8_t *times)
{
    uint32_t sum = 0;
    for (uint32_t row = 0; row < batch->rows; row++) {
        uint8_t often = batch->law->often[batch_byte(batch, row)];
        bool unsure = often & TIMES_UNSURE;
        batch->which[batch->unsure] = (uint16_t)row;
        batch->unsure += unsure;
        times[row] = unsure ? 0 : often;
        sum += times[row];
    }
    return sum;
}

#if KERNEL_VECTORS
/* The numbers of the rows that are set in `mask`, onto the list. */
static void unsure_note(struct batch *batch, uint32_t first, uint32_t mask)
{
    for (; mask; mask &= mask - 1)
        batch->which[batch->unsure++] = (uint16_t)(first + (uint32_t)__builtin_ctz(mask));
}

/* Thirty-two rows at a time: how many edges each byte is above, and whether it is one. */
KERNEL_TARGET_AVX2 static uint32_t first_avx2(struct batch *batch, uint8_t *times)
{
    __m256i edges[TIMES_EDGES], sums = _mm256_setzero_si256();
    const __m256i last = _mm256_set1_epi8(-1);
    uint32_t whole = batch->rows / 32 * 32;
    KERNEL_UNROLL
    for (unsigned e = 0; e < TIMES_EDGES; e++)
        edges[e] = _mm256_set1_epi8((char)batch->law->edges[e]);
    for (uint32_t row = 0; row < whole; row += 32) {
        __m256i byte = _mm256_loadu_si256((const __m256i *)(const void *)((const uint8_t *)batch->words + row));
        __m256i often = _mm256_setzero_si256(), unsure = _mm256_cmpeq_epi8(byte, last);
        KERNEL_UNROLL
        for (unsigned e = 0; e < TIMES_EDGES; e++) {
            __m256i below = _mm256_cmpeq_epi8(_mm256_max_epu8(byte, edges[e]), edges[e]);
            often = _mm256_sub_epi8(often, _mm256_andnot_si256(below, last));
            unsure = _mm256_or_si256(unsure, _mm256_cmpeq_epi8(byte, edges[e]));
        }
        often = _mm256_andnot_si256(unsure, often);
        _mm256_storeu_si256((__m256i *)(void *)(times + row), often);
        sums = _mm256_add_epi64(sums, _mm256_sad_epu8(often, _mm256_setzero_si256()));
        unsure_note(batch, row, (uint32_t)_mm256_movemask_epi8(unsure));
    }
    uint64_t parts[4];
    _mm256_storeu_si256((__m256i *)(void *)parts, sums);
    uint32_t sum = (uint32_t)(parts[0] + parts[1] + parts[2] + parts[3]);
    for (uint32_t row = whole; row < batch->rows; row++) {
        uint8_t often = batch->law->often[batch_byte(batch, row)];
        times[row] = often & TIMES_UNSURE ? 0 : often;
        unsure_note(batch, row, often >> 7);
        sum += times[row];
    }
    return sum;
}

/* Sixty-four rows at a time, by the table. */
KERNEL_TARGET_AVX512 static uint32_t first_avx512(struct batch *batch, uint8_t *times)
{
    const uint8_t *often = batch->law->often;
    const __m512i t0 = _mm512_loadu_si512(often), t1 = _mm512_loadu_si512(often + 64), t2 = _mm512_loadu_si512(often + 128),
                  t3 = _mm512_loadu_si512(often + 192);
    const __m512i step = _mm512_set1_epi16(32);
    static const uint16_t upward[32] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
    __m512i sums = _mm512_setzero_si512(), numbers = _mm512_loadu_si512(upward);
    uint32_t unsure = 0;
    for (uint32_t row = 0; row < batch->rows; row += STEP) {
        uint32_t left = batch->rows - row;
        __mmask64 there = left < STEP ? (UINT64_C(1) << left) - 1 : UINT64_MAX;
        __m512i byte = _mm512_loadu_si512((const uint8_t *)batch->words + row);
        __m512i low = _mm512_permutex2var_epi8(t0, byte, t1), high = _mm512_permutex2var_epi8(t2, byte, t3);
        __m512i found = _mm512_mask_blend_epi8(_mm512_movepi8_mask(byte), low, high);
        __mmask64 not_told = _mm512_movepi8_mask(found) & there;
        found = _mm512_maskz_mov_epi8(there & ~not_told, found);
        _mm512_mask_storeu_epi8(times + row, there, found);
        sums = _mm512_add_epi64(sums, _mm512_sad_epu8(found, _mm512_setzero_si512()));
        __mmask32 one = (__mmask32)not_told, two = (__mmask32)(not_told >> 32);
        _mm512_storeu_si512(batch->which + unsure, _mm512_maskz_compress_epi16(one, numbers));
        unsure += (uint32_t)_mm_popcnt_u32(one);
        numbers = _mm512_add_epi16(numbers, step);
        _mm512_storeu_si512(batch->which + unsure, _mm512_maskz_compress_epi16(two, numbers));
        unsure += (uint32_t)_mm_popcnt_u32(two);
        numbers = _mm512_add_epi16(numbers, step);
    }
    batch->unsure = unsure;
    return (uint32_t)_mm512_reduce_add_epi64(sums);
}
#endif

/* By the kernel that was chosen. */
static uint32_t first_bytes(enum kernel kernel, struct batch *batch, uint8_t *times)
{
#if KERNEL_VECTORS
    if (kernel == KERNEL_AVX512)
        return first_avx512(batch, times);
    if (kernel == KERNEL_AVX2)
        return first_avx2(batch, times);
#endif
    (void)kernel;
    return first_scalar(batch, times);
}

/* How many of the ends all 64 bits are above.
 * takes   bits  whose first byte left the number open */
static uint8_t times_of(const struct times_law *law, uint64_t bits)
{
    unsigned least = law->often[bits >> 56] & ~TIMES_UNSURE;
    const uint64_t *last = law->last + least;
    /* Four without a branch that nobody could foresee, and more in one case of millions. */
    unsigned often = least + (bits > last[0]) + (bits > last[1]) + (bits > last[2]) + (bits > last[3]);
    if (often - least < 4)
        return (uint8_t)often;
    while (often < TIMES_CUTS && bits > law->last[often])
        often++;
    return (uint8_t)often;
}

/* More chance for the rows whose first byte does not tell.
 * takes   rest  where it begins
 * gives   how much these add to the sum */
static uint32_t unsure_draw(enum kernel kernel, const struct batch *batch, const struct philox_start *rest, uint8_t *times)
{
    uint32_t words[2 * UNSURE_BATCH], sum = 0;
    for (uint32_t first = 0; first < batch->unsure; first += UNSURE_BATCH) {
        uint32_t here = batch->unsure - first < UNSURE_BATCH ? batch->unsure - first : UNSURE_BATCH;
        const struct philox_start start = {rest->seed, rest->stream, rest->index + first / 2};
        philox_words(kernel, &start, (size_t)(here + 31) / 32 * 16, words);
        for (size_t i = 0; i < here; i++) {
            uint32_t row = batch->which[first + i];
            uint64_t bits = ((uint64_t)words[2 * i + 1] << 32 | words[2 * i]) >> 8;
            times[row] = times_of(batch->law, bits | (uint64_t)batch_byte(batch, row) << 56);
            sum += times[row];
        }
    }
    return sum;
}

/* One try.
 * gives   their sum */
static uint64_t times_try(enum kernel kernel, const struct index_draw *draw, const struct times_law *law, uint8_t *times)
{
    struct batch batch;
    uint64_t sum = 0;
    batch.law = law;
    for (uint32_t first = 0; first < law->count;) {
        batch.rows = law->count - first < BATCH_ROWS ? law->count - first : BATCH_ROWS;
        batch.unsure = 0;
        const struct philox_start bytes = {draw->seed ^ FIRST_SEED, draw->stream, draw->index + first / BLOCK_BYTES};
        const struct philox_start rest = {draw->seed ^ REST_SEED, draw->stream, draw->index + first};
        philox_words(kernel, &bytes, (size_t)(batch.rows + 255) / 256 * 16, batch.words);
        sum += first_bytes(kernel, &batch, times + first);
        sum += unsure_draw(kernel, &batch, &rest, times + first);
        first += batch.rows;
    }
    return sum;
}

uint32_t times_draw_most(enum kernel kernel, const struct index_draw *draw, const struct times_law *law, uint8_t *times)
{
    assert(draw->count == law->count);
    if (law->one_by_one) {
        memset(times, 0, law->count);
        return law->count;
    }
    struct index_draw try = *draw;
    uint64_t sum = times_try(kernel, &try, law, times);
    while (sum > law->count) {
        try.seed += ANEW;
        sum = times_try(kernel, &try, law, times);
    }
    return law->count - (uint32_t)sum;
}

bool times_draw_bytes(enum kernel kernel, const struct index_draw *draw, const struct times_law *law, uint8_t *times)
{
    uint32_t picks[INDEX_DRAWS_AT_ONCE], left = times_draw_most(kernel, draw, law, times);
    bool full = false;
    for (uint32_t first = 0; first < left; first += INDEX_DRAWS_AT_ONCE) {
        uint32_t here = left - first < INDEX_DRAWS_AT_ONCE ? left - first : INDEX_DRAWS_AT_ONCE;
        index_draw(kernel, draw, first, here, picks);
        for (uint32_t i = 0; i < here; i++)
            full |= ++times[picks[i]] == 0;
    }
    return !full;
}
