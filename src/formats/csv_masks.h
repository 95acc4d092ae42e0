/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_MASKS_H
#define GAPMETER_FORMATS_CSV_MASKS_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define CSV_BLOCK_BYTES 64u

/* Which of 64 bytes are what: bit i speaks of byte i. */
struct csv_masks {
    uint64_t delimiter;
    uint64_t lf;
    uint64_t cr;
    uint64_t special; /* a quote or a NUL: to be looked at byte by byte */
};

/* Bit i of the result is set when byte i of the word equals that of the pattern; byte 0 is the lowest. */
static inline uint64_t csv_masks_equal8(uint64_t word, uint64_t pattern)
{
    const uint64_t low7 = UINT64_C(0x7F7F7F7F7F7F7F7F);
    uint64_t x = word ^ pattern;
    uint64_t zero = ~(((x & low7) + low7) | x | low7);
    return ((zero >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

/* The masks of 64 bytes, on any machine.
 * proof   tests/formats/csv_scan_test.c */
static inline struct csv_masks csv_masks_portable(const unsigned char *bytes, unsigned char delimiter)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    struct csv_masks masks = {0};
    for (unsigned i = 0; i < 8; i++) {
        uint64_t word = 0;
        for (unsigned k = 0; k < 8; k++)
            word |= (uint64_t)bytes[i * 8 + k] << (8 * k);
        masks.delimiter |= csv_masks_equal8(word, ones * delimiter) << (8 * i);
        masks.lf |= csv_masks_equal8(word, ones * '\n') << (8 * i);
        masks.cr |= csv_masks_equal8(word, ones * '\r') << (8 * i);
        masks.special |= (csv_masks_equal8(word, ones * '"') | csv_masks_equal8(word, 0)) << (8 * i);
    }
    return masks;
}

#if defined(__SSE2__)
/* The same with the vectors that every x86-64 has. */
static inline struct csv_masks csv_masks_of(const unsigned char *bytes, unsigned char delimiter)
{
    const __m128i delimiters = _mm_set1_epi8((char)delimiter), lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
    const __m128i quotes = _mm_set1_epi8('"'), zero = _mm_setzero_si128();
    struct csv_masks masks = {0};
    for (unsigned i = 0; i < 4; i++) {
        __m128i part;
        memcpy(&part, bytes + (size_t)i * 16, sizeof part);
        __m128i special = _mm_or_si128(_mm_cmpeq_epi8(part, quotes), _mm_cmpeq_epi8(part, zero));
        masks.delimiter |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(part, delimiters)) << (16 * i);
        masks.lf |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(part, lf)) << (16 * i);
        masks.cr |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(part, cr)) << (16 * i);
        masks.special |= (uint64_t)(uint32_t)_mm_movemask_epi8(special) << (16 * i);
    }
    return masks;
}
#else
static inline struct csv_masks csv_masks_of(const unsigned char *bytes, unsigned char delimiter)
{
    return csv_masks_portable(bytes, delimiter);
}
#endif

#endif
