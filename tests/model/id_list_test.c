/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/id_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "base/intern.h"
#include "base/memory.h"

static struct ctx ctx;

static int open_arena(void **state)
{
    (void)state;
    ctx = (struct ctx){0};
    return arena_create(NULL, &ctx.arena) == STATUS_OK ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

/* The k-th id of a trial: rising, often repeated, and from some place on any text. */
static void make_id(uint64_t trial, uint64_t k, char *into, size_t size)
{
    static const char *const odd[] = {"", "007", "+5", "5 ", "18446744073709551617", "999999999999999999", "1000000000000000000",
                                      "a"};
    uint64_t broken_from = chance_below(1, trial, 0, 80), slope = 1 + chance_below(1, trial, 1, 3);
    uint64_t rising = k / slope + (trial % 4 == 0 ? k / 7 * 5 : 0);
    if (k < broken_from)
        (void)snprintf(into, size, "%llu", (unsigned long long)rising);
    else if (chance_below(2, trial, k, 3) == 0)
        (void)snprintf(into, size, "%s", odd[chance_below(3, trial, k, sizeof odd / sizeof *odd)]);
    else
        (void)snprintf(into, size, "%llu", (unsigned long long)chance_below(4, trial, k, 60));
}

/* "Numbers ids in the order of arrival, as struct intern does" */
static void numbers_as_an_intern_does(void **state)
{
    (void)state;
    for (uint64_t trial = 0; trial < 400; trial++) {
        struct id_list *list;
        struct intern *intern;
        assert_int_equal(id_list_create(&ctx, 1000, &list), STATUS_OK);
        assert_int_equal(intern_create(&ctx, 1000, &intern), STATUS_OK);
        for (uint64_t k = 0; k < 100; k++) {
            char id[32];
            uint32_t number, expected;
            bool fresh, expected_fresh;
            make_id(trial, k, id, sizeof id);
            assert_int_equal(id_list_add(&ctx, list, span_of(id), &number, &fresh), STATUS_OK);
            assert_int_equal(intern_add(intern, span_of(id), &expected, &expected_fresh), STATUS_OK);
            assert_int_equal(number, expected);
            assert_int_equal(fresh, expected_fresh);
            assert_int_equal(id_list_count(list), intern_count(intern));
        }
    }
}

/* "Adds whole numbers as long as each is higher than all before and none of another kind came": as one by one. */
static void numbers_rise_together(void **state)
{
    (void)state;
    for (uint64_t trial = 0; trial < 200; trial++) {
        struct id_list *list, *single;
        uint64_t ids[40], last = chance_below(5, trial, 0, 50);
        for (uint64_t k = 0; k < 40; k++) {
            bool falls = chance_below(6, trial, k, 60) == 0;
            ids[k] = last = falls ? chance_below(7, trial, k, 99) : last + 1 + (chance_below(8, trial, k, 9) == 0 ? k : 0);
        }
        assert_int_equal(id_list_create(&ctx, 1000, &list), STATUS_OK);
        assert_int_equal(id_list_create(&ctx, 1000, &single), STATUS_OK);
        uint32_t taken, number, rose = 0;
        assert_int_equal(id_list_add_rising(&ctx, list, ids, 40, &taken), STATUS_OK);
        while (rose < 40 && (rose == 0 || ids[rose] > ids[rose - 1]))
            rose++;
        assert_int_equal(taken, rose);
        for (uint32_t k = 0; k < 40; k++) {
            char text[2][ID_LIST_DIGITS];
            struct span id = id_list_write(ids[k], text[0]);
            bool fresh;
            assert_int_equal(id_list_add(&ctx, single, id, &number, &fresh), STATUS_OK);
            if (k >= taken) {
                uint32_t together;
                bool fresh_together;
                assert_int_equal(id_list_add(&ctx, list, id, &together, &fresh_together), STATUS_OK);
                assert_int_equal(together, number);
                assert_int_equal(fresh_together, fresh);
            }
            assert_true(span_equal(id_list_text(list, number, text[1]), id));
        }
        assert_int_equal(id_list_count(list), id_list_count(single));
        assert_int_equal(id_list_is_rising(list), rose == 40);
        assert_int_equal(id_list_add_rising(&ctx, list, ids, 1, &taken), STATUS_OK);
        assert_int_equal(taken, 0);
    }
}

/* "STATUS_INVALID when the ceiling is reached", rising or not */
static void the_ceiling_holds(void **state)
{
    (void)state;
    struct id_list *list;
    uint32_t number;
    bool fresh;
    const char *const fourth[] = {"4", "x"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(id_list_create(&ctx, 3, &list), STATUS_OK);
        for (char id = '1'; id <= '3'; id++)
            assert_int_equal(id_list_add(&ctx, list, (struct span){&id, 1}, &number, &fresh), STATUS_OK);
        assert_int_equal(id_list_add(&ctx, list, span_of(fourth[i]), &number, &fresh), STATUS_INVALID);
        assert_int_equal(id_list_add(&ctx, list, span_of("3"), &number, &fresh), STATUS_OK);
        assert_int_equal(number, 2);
        assert_false(fresh);
    }
}

/* "holds next to nothing while they are whole numbers that only rise" */
static void rising_ids_take_no_memory(void **state)
{
    (void)state;
    struct id_list *list;
    uint32_t number;
    bool fresh;
    char id[16];
    assert_int_equal(id_list_create(&ctx, UINT32_MAX, &list), STATUS_OK);
    uint64_t before = memory_allocation_count();
    for (uint32_t i = 0; i < 200000; i++) {
        int length = snprintf(id, sizeof id, "%u", 1000 + i);
        assert_int_equal(id_list_add(&ctx, list, (struct span){id, (size_t)length}, &number, &fresh), STATUS_OK);
        assert_int_equal(number, i);
    }
    assert_int_equal(memory_allocation_count() - before, 1);
    /* Everything that was left out is known when it must be. */
    assert_int_equal(id_list_add(&ctx, list, span_of("1777"), &number, &fresh), STATUS_OK);
    assert_int_equal(number, 777);
    assert_false(fresh);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const char *const ids[] = {"1", "2", "9", "9", "2", "x"};
    for (uint64_t k = 1; k < 100; k++) {
        (void)close_arena(NULL);
        assert_int_equal(open_arena(NULL), 0);
        struct id_list *list;
        uint32_t number;
        bool fresh;
        memory_fail_at(k, false);
        enum status status = id_list_create(&ctx, 100, &list);
        for (size_t i = 0; i < 6 && status == STATUS_OK; i++)
            status = id_list_add(&ctx, list, span_of(ids[i]), &number, &fresh);
        memory_fail_at(0, false);
        if (status == STATUS_OK) {
            assert_true(k > 2);
            return;
        }
        assert_int_equal(status, STATUS_MEMORY);
    }
    fail_msg("the list never ended");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_as_an_intern_does, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(numbers_rise_together, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_ceiling_holds, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(rising_ids_take_no_memory, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
