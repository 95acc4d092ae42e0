/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/number_column.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 70000 };

/* Some number of many: fractions, small and large, on both sides of nothing. */
static double number_of(size_t place)
{
    return (place % 2 ? -1. : 1.) * (double)(place + 1) / 3;
}

/* "What is read is what was put in, to the bit", for as many distinct numbers as a form can tell apart and one more; and a column
 * takes "one byte a row … two with the 257th distinct number and … the numbers themselves with the 65537th". */
static void gives_back_what_was_put_in(void **state)
{
    (void)state;
    static const size_t distinct[] = {1, 255, 256, 257, 4096, 4097, 65536, 65537, ROWS};
    for (size_t d = 0; d < sizeof distinct / sizeof *distinct; d++) {
        struct ctx ctx = {.threads = 1};
        struct number_packing *packing = NULL;
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        assert_int_equal(number_packing_open(&ctx, ROWS + 5, &packing), STATUS_OK);
        static double numbers[ROWS];
        for (size_t i = 0; i < ROWS; i++)
            numbers[i] = number_of(i * 7919 % distinct[d]);
        for (size_t i = 0, some = 1; i < ROWS; i += some, some = some * 3 % 1021) {
            some = some < ROWS - i ? some : ROWS - i;
            assert_int_equal(number_packing_add(packing, numbers + i, some), STATUS_OK);
        }
        const struct number_column column = number_packing_column(packing);
        assert_true((column.narrow != NULL) == (distinct[d] <= 256));
        assert_true((column.wide != NULL) == (distinct[d] > 256 && distinct[d] <= 65536));
        for (size_t i = 0; i < ROWS; i++) {
            double put = number_of(i * 7919 % distinct[d]), got = number_at(&column, i);
            assert_memory_equal(&got, &put, sizeof got);
        }
        arena_destroy(ctx.arena);
    }
}

/* Nothing and nothing below nothing are two numbers, as their bits are. */
static void numbers_are_told_apart_by_their_bits(void **state)
{
    (void)state;
    static const double numbers[] = {0., -0., 1, 0., -0.};
    struct ctx ctx = {.threads = 1};
    struct number_packing *packing = NULL;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(number_packing_open(&ctx, 5, &packing), STATUS_OK);
    assert_int_equal(number_packing_add(packing, numbers, 5), STATUS_OK);
    assert_int_equal(number_packing_add(packing, numbers, 0), STATUS_OK);
    const struct number_column column = number_packing_column(packing), plain = {.values = numbers};
    for (size_t i = 0; i < 5; i++) {
        double got = number_at(&column, i), held = number_at(&plain, i);
        assert_memory_equal(&got, &numbers[i], sizeof got);
        assert_memory_equal(&held, &numbers[i], sizeof held);
    }
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_what_was_put_in),
        cmocka_unit_test(numbers_are_told_apart_by_their_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
