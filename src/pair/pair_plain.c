/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_plain.h"

#include <string.h>

#if KERNEL_VECTORS
#include <immintrin.h>
#endif

#define HALF 32u /* items of one vector of AVX2, and of the cells of one of AVX-512 */

/* Does the frame ask for no more than pairs of every item, without weights, and do its bytes lie so? */
static bool frame_is_plain(const struct pair_frame *frame)
{
    bool plain = frame->plan->needs != 0 && !frame->weighted && frame->all_pairs && frame->answers->code_bytes == 1 &&
                 frame->study->item_count > 0 && frame->study->item_count <= PLAIN_ITEMS_MOST;
    for (unsigned standard = 0; standard < STANDARD_COUNT && plain; standard++) {
        bool side = standard == STANDARD_EXPECTATION || standard == STANDARD_PERCEPTION;
        plain = side ? frame->slots[standard] != NULL && frame->side_by_side[standard] : frame->slots[standard] == NULL;
    }
    return plain && (frame->plan->needs & ~(unsigned)(NEED_PAIRS | NEED_CASES | NEED_KEPT)) == 0;
}

bool pair_plain_make(const struct pair_frame *frame, const struct pair_tallies *tallies, struct pair_plain *out)
{
    const struct pair_joint *pairs = &tallies->pairs;
    if (!frame_is_plain(frame) || !pairs->plain || pairs->cells.stride > UINT16_MAX) {
        return false;
    }
    uint32_t items = frame->study->item_count;
    *out = (struct pair_plain){.items = items,
                               .row_bytes = frame->answers->slot_count,
                               .expectation = frame->slots[STANDARD_EXPECTATION][0],
                               .perception = frame->slots[STANDARD_PERCEPTION][0],
                               .there = items == PLAIN_ITEMS_MOST ? UINT64_MAX : (UINT64_C(1) << items) - 1};
    for (uint32_t item = 0; item < items; item++) {
        if (frame->tops[item] > UINT8_MAX) {
            return false;
        }
        out->tops[item] = (uint16_t)frame->tops[item];
        out->offsets[item] = (uint16_t)pairs->cells.offsets[item];
    }
    for (uint32_t i = 0; i < frame->reversed_count; i++) {
        uint32_t item = frame->reversed[i];
        out->turned |= UINT64_C(1) << item;
        out->turn_mask[item] = UINT8_MAX;
        out->turn_tops[item] = (uint8_t)frame->tops[item];
    }
    return true;
}

/* Counts one standard's answers, in plain C.
 * gives   *there  bits of those that are */
static bool side_scalar(const uint8_t *codes, uint32_t items, uint64_t *there)
{
    uint8_t least = UINT8_MAX, most = 0;
    *there = 0;
    for (uint32_t item = 0; item < items; item++) {
        uint8_t code = codes[item], low = code != 0 ? code : UINT8_MAX;
        *there |= (uint64_t)(code != 0) << item;
        least = low < least ? low : least;
        most = code > most ? code : most;
    }
    return least == most;
}

/* A code as cells know it. */
static uint32_t turned_code(const struct pair_plain *plain, uint32_t item, uint8_t code)
{
    return code != 0 && plain->turn_mask[item] != 0 ? (uint32_t)plain->turn_tops[item] - code : code;
}

/* One row, item by item. */
static void row_scalar(const struct pair_plain *plain, const uint8_t *e, const uint8_t *p, struct plain_row *out)
{
    uint64_t expected, perceived;
    out->sides.same_expected = side_scalar(e, plain->items, &expected);
    out->sides.same_perceived = side_scalar(p, plain->items, &perceived);
    out->sides.expected = (uint32_t)__builtin_popcountll(expected);
    out->sides.perceived = (uint32_t)__builtin_popcountll(perceived);
    out->both = (uint32_t)__builtin_popcountll(expected & perceived);
    for (uint32_t item = 0; item < plain->items; item++) {
        uint32_t cell = turned_code(plain, item, e[item]) * plain->tops[item] + turned_code(plain, item, p[item]);
        out->cells[item] = (uint16_t)(plain->offsets[item] + cell);
    }
}

#if KERNEL_VECTORS
/* One standard's answers in two halves. */
struct side {
    __m256i codes[2];
    uint64_t there;
    bool same;
};

KERNEL_TARGET_AVX2 static KERNEL_INLINE uint64_t bits_of(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << HALF;
}

/* Loads, counts and compares with the first answer. */
KERNEL_TARGET_AVX2 static KERNEL_INLINE void side_avx2(const struct pair_plain *plain, const uint8_t *codes, bool two,
                                                       struct side *out)
{
    const __m256i none = _mm256_setzero_si256();
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)codes);
    __m256i high = two ? _mm256_loadu_si256((const __m256i *)(const void *)(codes + HALF)) : none;
    out->there = ~bits_of(_mm256_cmpeq_epi8(low, none), _mm256_cmpeq_epi8(high, none)) & plain->there;
    __m256i first = _mm256_set1_epi8((char)codes[out->there != 0 ? __builtin_ctzll(out->there) : 0]);
    uint64_t as_first = bits_of(_mm256_cmpeq_epi8(low, first), _mm256_cmpeq_epi8(high, first));
    out->same = out->there != 0 && (out->there & ~as_first) == 0;
    out->codes[0] = low;
    out->codes[1] = high;
}

/* Turns the answers of reversed items. */
KERNEL_TARGET_AVX2 static KERNEL_INLINE __m256i turn_avx2(const struct pair_plain *plain, __m256i codes, unsigned half)
{
    __m256i mask = _mm256_loadu_si256((const __m256i *)(const void *)(plain->turn_mask + (size_t)half * HALF));
    __m256i tops = _mm256_loadu_si256((const __m256i *)(const void *)(plain->turn_tops + (size_t)half * HALF));
    __m256i there = _mm256_andnot_si256(_mm256_cmpeq_epi8(codes, _mm256_setzero_si256()), mask);
    return _mm256_blendv_epi8(codes, _mm256_sub_epi8(tops, codes), there);
}

/* Sixteen cells. */
KERNEL_TARGET_AVX2 static KERNEL_INLINE void cells_avx2(const struct pair_plain *plain, __m128i e, __m128i p, uint32_t at,
                                                        uint16_t *cells)
{
    __m256i tops = _mm256_loadu_si256((const __m256i *)(const void *)(plain->tops + at));
    __m256i offsets = _mm256_loadu_si256((const __m256i *)(const void *)(plain->offsets + at));
    __m256i cell = _mm256_add_epi16(_mm256_mullo_epi16(_mm256_cvtepu8_epi16(e), tops), _mm256_cvtepu8_epi16(p));
    _mm256_storeu_si256((__m256i *)(void *)(cells + at), _mm256_add_epi16(cell, offsets));
}

KERNEL_TARGET_AVX2 static void row_avx2(const struct pair_plain *plain, const uint8_t *e, const uint8_t *p, struct plain_row *out)
{
    bool two = plain->items > HALF;
    struct side expected, perceived;
    side_avx2(plain, e, two, &expected);
    side_avx2(plain, p, two, &perceived);
    out->sides.same_expected = expected.same;
    out->sides.same_perceived = perceived.same;
    out->sides.expected = (uint32_t)__builtin_popcountll(expected.there);
    out->sides.perceived = (uint32_t)__builtin_popcountll(perceived.there);
    out->both = (uint32_t)__builtin_popcountll(expected.there & perceived.there);
    for (unsigned half = 0; half < 1u + two; half++) {
        __m256i x = expected.codes[half], y = perceived.codes[half];
        if (plain->turned != 0) {
            x = turn_avx2(plain, x, half);
            y = turn_avx2(plain, y, half);
        }
        cells_avx2(plain, _mm256_castsi256_si128(x), _mm256_castsi256_si128(y), half * HALF, out->cells);
        cells_avx2(plain, _mm256_extracti128_si256(x, 1), _mm256_extracti128_si256(y, 1), half * HALF + 16, out->cells);
    }
}

/* Are all answers as the first? */
KERNEL_TARGET_AVX512 static KERNEL_INLINE bool same_avx512(__m512i codes, __mmask64 there, const uint8_t *bytes)
{
    if (there == 0) {
        return false;
    }
    __m512i first = _mm512_set1_epi8((char)bytes[__builtin_ctzll(there)]);
    return _mm512_mask_cmpneq_epu8_mask(there, codes, first) == 0;
}

/* Thirty-two cells. */
KERNEL_TARGET_AVX512 static KERNEL_INLINE void cells_avx512(const struct pair_plain *plain, __m256i e, __m256i p, uint32_t at,
                                                            uint16_t *cells)
{
    __m512i cell = _mm512_add_epi16(_mm512_mullo_epi16(_mm512_cvtepu8_epi16(e), _mm512_loadu_si512(plain->tops + at)),
                                    _mm512_cvtepu8_epi16(p));
    _mm512_storeu_si512(cells + at, _mm512_add_epi16(cell, _mm512_loadu_si512(plain->offsets + at)));
}

KERNEL_TARGET_AVX512 static void row_avx512(const struct pair_plain *plain, const uint8_t *e, const uint8_t *p,
                                            struct plain_row *out)
{
    __m512i x = _mm512_maskz_loadu_epi8(plain->there, e), y = _mm512_maskz_loadu_epi8(plain->there, p);
    __mmask64 expected = _mm512_test_epi8_mask(x, x), perceived = _mm512_test_epi8_mask(y, y);
    out->sides.same_expected = same_avx512(x, expected, e);
    out->sides.same_perceived = same_avx512(y, perceived, p);
    out->sides.expected = (uint32_t)__builtin_popcountll(expected);
    out->sides.perceived = (uint32_t)__builtin_popcountll(perceived);
    out->both = (uint32_t)__builtin_popcountll(expected & perceived);
    if (plain->turned != 0) {
        __m512i tops = _mm512_loadu_si512(plain->turn_tops);
        x = _mm512_mask_sub_epi8(x, expected & plain->turned, tops, x);
        y = _mm512_mask_sub_epi8(y, perceived & plain->turned, tops, y);
    }
    cells_avx512(plain, _mm512_castsi512_si256(x), _mm512_castsi512_si256(y), 0, out->cells);
    if (plain->items > HALF) {
        cells_avx512(plain, _mm512_extracti64x4_epi64(x, 1), _mm512_extracti64x4_epi64(y, 1), HALF, out->cells);
    }
}
#endif

void pair_plain_read(enum kernel kernel, const struct pair_plain *plain, const uint8_t *rows, const uint8_t *end, uint32_t count,
                     struct plain_row *out)
{
    /* Whole vectors may pass the end of the last rows. */
    size_t reach = (plain->expectation > plain->perception ? plain->expectation : plain->perception) + PLAIN_ITEMS_MOST;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *row = rows + i * plain->row_bytes, *e = row + plain->expectation, *p = row + plain->perception;
#if KERNEL_VECTORS
        if (kernel == KERNEL_AVX512) {
            row_avx512(plain, e, p, &out[i]);
            continue;
        }
        if (kernel == KERNEL_AVX2 && (size_t)(end - row) >= reach) {
            row_avx2(plain, e, p, &out[i]);
            continue;
        }
#endif
        (void)kernel, (void)end, (void)reach;
        row_scalar(plain, e, p, &out[i]);
    }
}
