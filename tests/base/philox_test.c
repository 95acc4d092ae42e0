/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/philox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"

enum { BLOCKS = 75, GUARD = 4 };

/* Against the generator, block by block. */
static void blocks_compare(enum kernel kernel, const struct philox_start *start, size_t blocks)
{
    uint32_t words[4 * BLOCKS + GUARD];
    memset(words, 0xAB, sizeof words);
    philox_words(kernel, start, blocks, words);
    for (size_t i = 0; i < blocks; i++) {
        uint64_t bits = chance_bits(start->seed, start->stream, start->index + i);
        assert_true(((uint64_t)words[4 * i + 1] << 32 | words[4 * i]) == bits);
    }
    for (size_t i = 4 * blocks; i < 4 * BLOCKS + GUARD; i++)
        assert_int_equal(words[i], 0xABABABABu);
}

/* "all give the same words", whatever the number of blocks, also where an index or its low word passes its end; and write no more */
static void every_kernel_gives_the_same_words(void **state)
{
    (void)state;
    static const struct philox_start starts[] = {
        {0, 0, 0},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX - 20},
        {0x123456789ABCDEFu, 0xFEDCBA9876543210u, 0xFFFFFFF0u},
        {1, UINT64_C(1) << 32, UINT64_C(77) << 32},
    };
    for (size_t s = 0; s < sizeof starts / sizeof *starts; s++) {
        for (size_t at = 0; at < KERNEL_COUNT * (BLOCKS + 1); at++)
            if (kernel_available((enum kernel)(at % KERNEL_COUNT)))
                blocks_compare((enum kernel)(at % KERNEL_COUNT), &starts[s], at / KERNEL_COUNT);
    }
}

/* All four words of each block, not only the two that chance_bits shows. */
static void every_word_is_that_of_the_generator(void **state)
{
    (void)state;
    const struct philox_start start = {42, 43, 44};
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        if (!kernel_available((enum kernel)k))
            continue;
        uint32_t words[4 * BLOCKS];
        philox_words((enum kernel)k, &start, BLOCKS, words);
        for (uint32_t i = 0; i < BLOCKS; i++) {
            uint32_t block[4];
            philox4x32((const uint32_t[]){44 + i, 0, 43, 0}, (const uint32_t[]){42, 0}, block);
            assert_memory_equal(words + (size_t)4 * i, block, sizeof block);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_gives_the_same_words),
        cmocka_unit_test(every_word_is_that_of_the_generator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
