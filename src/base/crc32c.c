/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/crc32c.h"

#include <stdatomic.h>
#include <string.h>

#include "base/kernel.h"

#if KERNEL_VECTORS
#include <immintrin.h>
#endif

enum { SLICES = 8, BYTE_VALUES = 256 };

#define POLYNOMIAL 0x82F63B78u /* of Castagnoli, the lowest power first */

/* [slice][byte]: the remainder of a byte that so many bytes follow. Threads may fill it at once: all write the same. */
static _Atomic uint32_t remainders[SLICES][BYTE_VALUES];
static atomic_bool remainders_made;

static uint32_t remainder_of(uint32_t byte)
{
    for (int bit = 0; bit < 8; bit++)
        byte = byte >> 1 ^ (byte & 1 ? POLYNOMIAL : 0);
    return byte;
}

static uint32_t remainder_get(int slice, uint32_t byte)
{
    return atomic_load_explicit(&remainders[slice][byte & 0xFF], memory_order_relaxed);
}

static void remainders_make(void)
{
    for (uint32_t byte = 0; byte < BYTE_VALUES; byte++) {
        uint32_t remainder = remainder_of(byte);
        atomic_store_explicit(&remainders[0][byte], remainder, memory_order_relaxed);
        for (int slice = 1; slice < SLICES; slice++) {
            remainder = remainder >> 8 ^ remainder_of(remainder & 0xFF);
            atomic_store_explicit(&remainders[slice][byte], remainder, memory_order_relaxed);
        }
    }
    atomic_store_explicit(&remainders_made, true, memory_order_release);
}

static uint32_t word_at(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Eight bytes at a time, by tables. */
static uint32_t crc_plain(uint32_t crc, const unsigned char *at, size_t length)
{
    if (!atomic_load_explicit(&remainders_made, memory_order_acquire))
        remainders_make();
    for (; length >= 8; at += 8, length -= 8) {
        uint32_t low = word_at(at) ^ crc, high = word_at(at + 4);
        crc = remainder_get(7, low) ^ remainder_get(6, low >> 8) ^ remainder_get(5, low >> 16) ^ remainder_get(4, low >> 24) ^
              remainder_get(3, high) ^ remainder_get(2, high >> 8) ^ remainder_get(1, high >> 16) ^ remainder_get(0, high >> 24);
    }
    for (; length > 0; at++, length--)
        crc = crc >> 8 ^ remainder_get(0, crc ^ *at);
    return crc;
}

#if KERNEL_VECTORS
/* Every processor with AVX2 has this instruction. */
__attribute__((target("sse4.2"))) static uint32_t crc_instruction(uint32_t crc, const unsigned char *at, size_t length)
{
    uint64_t wide = crc;
    for (; length >= 8; at += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        wide = _mm_crc32_u64(wide, word);
    }
    crc = (uint32_t)wide;
    for (; length > 0; at++, length--)
        crc = _mm_crc32_u8(crc, *at);
    return crc;
}
#endif

uint32_t crc32c(uint32_t crc, const void *bytes, size_t length)
{
#if KERNEL_VECTORS
    if (kernel_current() != KERNEL_SCALAR)
        return ~crc_instruction(~crc, bytes, length);
#endif
    return ~crc_plain(~crc, bytes, length);
}
