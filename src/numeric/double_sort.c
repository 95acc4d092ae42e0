/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/double_sort.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS      6u /* of 64 bits */
#define DIGIT_BITS  11u
#define DIGIT_COUNT (1u << DIGIT_BITS)
#define FEW         300u /* below, counting digits costs more than comparing */

/* A whole number that is larger where the number is: negative ones turned round, the others above them. */
static uint64_t key_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits ^ (bits >> 63 ? UINT64_MAX : UINT64_C(1) << 63);
}

/* Back. */
static double value_of_key(uint64_t key)
{
    double value;
    uint64_t bits = key ^ (key >> 63 ? UINT64_C(1) << 63 : UINT64_MAX);
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* By size, for qsort; −0 before 0. */
static int compare(const void *a, const void *b)
{
    uint64_t x = key_of(*(const double *)a), y = key_of(*(const double *)b);
    return (x > y) - (x < y);
}

/* One digit of a key. */
static uint32_t digit_of(uint64_t key, unsigned digit)
{
    return (uint32_t)(key >> (digit * DIGIT_BITS)) & (DIGIT_COUNT - 1);
}

/* Puts the keys in order of one digit, those of equal ones as they were.
 * takes   often  [DIGIT_COUNT] of each value of the digit; becomes where they stand */
static void digit_sort(const uint64_t *restrict keys, size_t count, unsigned digit, uint32_t *restrict often,
                       uint64_t *restrict out)
{
    uint32_t place = 0;
    for (size_t d = 0; d < DIGIT_COUNT; d++) {
        uint32_t here = often[d];
        often[d] = place;
        place += here;
    }
    for (size_t i = 0; i < count; i++)
        out[often[digit_of(keys[i], digit)]++] = keys[i];
}

enum status doubles_sort(struct ctx *ctx, double *values, size_t count)
{
    if (count < FEW || count > UINT32_MAX) {
        qsort(values, count, sizeof *values, compare);
        return STATUS_OK;
    }
    uint64_t *keys = arena_array(ctx->arena, count, 2 * sizeof *keys);
    uint32_t(*often)[DIGIT_COUNT] = arena_array(ctx->arena, DIGITS, sizeof *often);
    if (!keys || !often)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < count; i++) {
        keys[i] = key_of(values[i]);
        for (unsigned d = 0; d < DIGITS; d++)
            often[d][digit_of(keys[i], d)]++;
    }
    uint64_t *from = keys, *to = keys + count;
    for (unsigned d = 0; d < DIGITS; d++) {
        if (often[d][digit_of(from[0], d)] == count)
            continue;
        digit_sort(from, count, d, often[d], to);
        uint64_t *kept = from;
        from = to;
        to = kept;
    }
    for (size_t i = 0; i < count; i++)
        values[i] = value_of_key(from[i]);
    return STATUS_OK;
}
