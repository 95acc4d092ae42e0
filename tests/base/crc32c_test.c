/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/crc32c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/kernel.h"

static void kernel_force(enum kernel kernel)
{
    struct ctx ctx = {0};
    assert_int_equal(setenv("GAPMETER_KERNEL", kernel_name(kernel), 1), 0);
    assert_int_equal(kernel_start(&ctx), STATUS_OK);
}

/* "source RFC 3720, B.4": its examples, whose digests stand there byte by byte, and the check value of the CRC catalogue. */
static void published_examples_hold(void **state)
{
    (void)state;
    unsigned char zeros[32] = {0}, ones[32], rising[32], falling[32];
    memset(ones, 0xFF, sizeof ones);
    for (unsigned i = 0; i < 32; i++) {
        rising[i] = (unsigned char)i;
        falling[i] = (unsigned char)(31 - i);
    }
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        if (!kernel_available((enum kernel)k))
            continue;
        kernel_force((enum kernel)k);
        assert_int_equal(crc32c(0, zeros, sizeof zeros), 0x8A9136AAu);
        assert_int_equal(crc32c(0, ones, sizeof ones), 0x62A8AB43u);
        assert_int_equal(crc32c(0, rising, sizeof rising), 0x46DD794Eu);
        assert_int_equal(crc32c(0, falling, sizeof falling), 0x113FDB5Cu);
        assert_int_equal(crc32c(0, "123456789", 9), 0xE3069283u);
        assert_int_equal(crc32c(0, "", 0), 0);
    }
}

/* The remainder of a polynomial division, bit by bit. */
static uint32_t by_definition(const unsigned char *bytes, size_t length)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0x82F63B78u : crc >> 1;
    }
    return ~crc;
}

/* Lengths and beginnings that are no multiples of eight, and "for those that follow, what came before them gave" */
static void kernels_and_pieces_agree(void **state)
{
    (void)state;
    unsigned char bytes[100];
    for (unsigned i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 167 + 13);
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        if (!kernel_available((enum kernel)k))
            continue;
        kernel_force((enum kernel)k);
        for (size_t from = 0; from < 9; from++) {
            for (size_t to = from; to <= sizeof bytes; to++)
                assert_int_equal(crc32c(0, bytes + from, to - from), by_definition(bytes + from, to - from));
        }
        for (size_t cut = 0; cut <= sizeof bytes; cut++)
            assert_int_equal(crc32c(crc32c(0, bytes, cut), bytes + cut, sizeof bytes - cut), by_definition(bytes, sizeof bytes));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(published_examples_hold), cmocka_unit_test(kernels_and_pieces_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
