/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/siphash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const uint64_t counting[2] = {0x0706050403020100u, 0x0f0e0d0c0b0a0908u};

/* The known answer of the paper's appendix A, and two of the test vectors that its authors publish: bytes 0, 1, 2, … */
static void known_answers(void **state)
{
    (void)state;
    char bytes[16];
    for (int i = 0; i < 16; i++)
        bytes[i] = (char)i;
    assert_int_equal(siphash(counting, (struct span){bytes, 15}), 0xa129ca6149be45e5u);
    assert_int_equal(siphash(counting, (struct span){bytes, 0}), 0x726fdb47dd0e0e31u);
    assert_int_equal(siphash(counting, (struct span){bytes, 8}), 0x93f5f5799a932462u);
}

/* Every byte, their number and the key matter. */
static void any_change_shows(void **state)
{
    (void)state;
    char bytes[20] = {0};
    const uint64_t other[2] = {counting[0], counting[1] + 1};
    for (size_t length = 0; length <= sizeof bytes; length++) {
        struct span text = {bytes, length};
        uint64_t before = siphash(counting, text);
        assert_true(before != siphash(other, text));
        if (length > 0)
            assert_true(before != siphash(counting, (struct span){bytes, length - 1}));
        for (size_t i = 0; i < length; i++) {
            bytes[i] = 1;
            assert_true(before != siphash(counting, text));
            bytes[i] = 0;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_answers), cmocka_unit_test(any_change_shows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
