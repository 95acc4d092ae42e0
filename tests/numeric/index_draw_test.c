/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/index_draw.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/chance.h"

/* What the words of the header say, draw by draw. */
static uint32_t draw_by_hand(const struct index_draw *draw, uint32_t number)
{
    uint32_t words[4], first = number / INDEX_DRAWS_AT_ONCE * INDEX_DRAWS_AT_ONCE;
    chance_words(draw->seed, draw->stream, draw->index + first + (number - first) / 4, 1, words);
    uint64_t product = (uint64_t)words[number % 4] * draw->count;
    if ((uint32_t)product < (UINT64_C(1) << 32) % draw->count)
        return (uint32_t)chance_below(draw->seed ^ UINT64_C(0xA0761D6478BD642F), draw->stream, draw->index + number, draw->count);
    return (uint32_t)(product >> 32);
}

static void draws_compare(const struct index_draw *draw, uint32_t draws)
{
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        uint32_t out[INDEX_DRAWS_AT_ONCE];
        if (!kernel_available((enum kernel)k))
            continue;
        index_draw((enum kernel)k, draw, 512, draws, out);
        for (uint32_t i = 0; i < draws; i++) {
            assert_true(out[i] < draw->count);
            assert_int_equal(out[i], draw_by_hand(draw, 512 + i));
        }
    }
}

/* "all give the same", for any count and number of draws; large counts draw many words again */
static void every_kernel_draws_the_same(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 2, 3, 7, 16, 17, 255, 256, 257, 10000, 0x7FFFFFFF, 0xC0000001, UINT32_MAX};
    static const uint32_t draws[] = {1, 3, 8, 15, 16, 17, 63, 64, 65, 255, 256};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        const struct index_draw draw = {11 + c, 12, UINT64_C(5) << 32, counts[c]};
        for (size_t d = 0; d < sizeof draws / sizeof *draws; d++)
            draws_compare(&draw, draws[d]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_draws_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
