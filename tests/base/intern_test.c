/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/intern.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"

static struct ctx ctx;

static int begin(void **state)
{
    (void)state;
    ctx = (struct ctx){0};
    return arena_create(NULL, &ctx.arena) == STATUS_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

static struct intern *created(uint32_t ceiling)
{
    struct intern *intern = NULL;
    assert_int_equal(intern_create(&ctx, ceiling, &intern), STATUS_OK);
    return intern;
}

static uint32_t added(struct intern *intern, struct span text, bool expected_fresh)
{
    uint32_t number = UINT32_MAX;
    bool fresh = !expected_fresh;
    assert_int_equal(intern_add(intern, text, &number, &fresh), STATUS_OK);
    assert_int_equal(fresh, expected_fresh);
    return number;
}

/* The i-th text of a set in which all differ; some hold NUL bytes or nothing, some are long. */
static struct span nth_text(uint32_t i, char *buffer, size_t size)
{
    if (i == 0)
        return (struct span){NULL, 0};
    int length = snprintf(buffer, size, "%x%c%u", i * 2654435761u, i % 5 == 0 ? '\0' : '-', i);
    assert_in_range(length, 1, size - 1);
    size_t padded = i % 97 == 0 ? (size_t)length + i % 700 : (size_t)length;
    memset(buffer + length, '.', padded - (size_t)length);
    return (struct span){buffer, padded};
}

/* "each different text gets the next number, 0, 1, 2, …, in order of arrival"; "The texts themselves are kept" */
static void many_texts_are_told_apart(void **state)
{
    (void)state;
    enum { TEXTS = 300000 };
    struct intern *intern = created(TEXTS);
    char buffer[1024];
    assert_int_equal(intern_count(intern), 0);
    for (uint32_t i = 0; i < TEXTS; i++) {
        struct span text = nth_text(i, buffer, sizeof buffer);
        if (added(intern, text, true) != i)
            fail_msg("text %u has another number", i);
        if (i % 3 == 0)
            assert_int_equal(added(intern, nth_text(i / 2, buffer, sizeof buffer), false), i / 2);
    }
    assert_int_equal(intern_count(intern), TEXTS);
    for (uint32_t i = 0; i < TEXTS; i++) {
        struct span text = nth_text(i, buffer, sizeof buffer);
        assert_true(span_equal(intern_text(intern, i), text));
        assert_int_equal(intern_find(intern, text), i);
    }
    assert_int_equal(intern_find(intern, span_of("never added")), UINT32_MAX);
    /* "STATUS_INVALID when the ceiling is reached"; "nothing is added then" */
    uint32_t number = 0;
    bool fresh = false;
    assert_int_equal(intern_add(intern, span_of("one too many"), &number, &fresh), STATUS_INVALID);
    assert_int_equal(intern_count(intern), TEXTS);
    assert_int_equal(intern_find(intern, span_of("one too many")), UINT32_MAX);
    assert_int_equal(added(intern, nth_text(5, buffer, sizeof buffer), false), 5);
}

/* Texts of all lengths around those where a length takes another form or a block ends. */
static void long_texts_are_kept(void **state)
{
    (void)state;
    static const size_t lengths[] = {0,     1,     253,   254,   255,     256,   4090,    4095,  4096,
                                     65530, 65531, 65535, 65536, 1 << 20, 65537, 3 << 20, 70000, 10};
    enum { COUNT = sizeof lengths / sizeof *lengths };
    char *text = malloc(3 << 20);
    assert_non_null(text);
    memset(text, 'z', 3 << 20);
    struct intern *intern = created(1000);
    const char *where[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(added(intern, (struct span){text, lengths[i]}, true), i);
        where[i] = intern_text(intern, i).at;
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(added(intern, (struct span){text, lengths[i]}, false), i);
        assert_true(span_equal(intern_text(intern, i), (struct span){text, lengths[i]}));
        /* "it stays where it is as long as the arena lives" */
        assert_ptr_equal(intern_text(intern, i).at, where[i]);
    }
    free(text);
}

/* "beside its bytes a text takes 11 to 16 bytes of memory", once there are many: as the system's allocator counts it */
static void memory_is_small(void **state)
{
    (void)state;
    enum { TEXTS = 500000, TEXT_BYTES = 8 };
    uint64_t allocations = memory_allocation_count();
    struct mallinfo2 before = mallinfo2();
    struct intern *intern = created(UINT32_MAX);
    char text[16];
    for (uint32_t i = 0; i < TEXTS; i++) {
        int length = snprintf(text, sizeof text, "R%07u", i);
        assert_int_equal(length, TEXT_BYTES);
        assert_int_equal(added(intern, (struct span){text, TEXT_BYTES}, true), i);
    }
    /* blocks of 64 KiB, and the growing of three arrays: no allocation for each text */
    assert_in_range(memory_allocation_count() - allocations, 10, 300);
    struct mallinfo2 after = mallinfo2();
    size_t bytes = (after.uordblks + after.hblkhd) - (before.uordblks + before.hblkhd);
    /* a sanitizer has an allocator of its own, which counts nothing here */
    if (bytes > 0)
        assert_in_range(bytes / TEXTS, TEXT_BYTES + 10, TEXT_BYTES + 16);
}

/* "the hash is keyed": two of them differ in their tables, not in their numbers */
static void numbers_do_not_depend_on_the_key(void **state)
{
    (void)state;
    struct intern *one = created(10000), *two = created(10000);
    char buffer[1024];
    for (uint32_t i = 0; i < 10000; i++) {
        struct span text = nth_text(i % 7 == 0 ? i / 2 : i, buffer, sizeof buffer);
        uint32_t first, second;
        bool fresh;
        assert_int_equal(intern_add(one, text, &first, &fresh), STATUS_OK);
        assert_int_equal(intern_add(two, text, &second, &fresh), STATUS_OK);
        assert_int_equal(first, second);
    }
}

/* "STATUS_MEMORY … nothing is added then", and the same text can be added when there is memory again */
static void a_failed_add_changes_nothing(void **state)
{
    (void)state;
    struct intern *intern = created(100000);
    char buffer[1024];
    uint32_t failures = 0;
    for (uint32_t i = 0; i < 20000; i++) {
        struct span text = nth_text(i, buffer, sizeof buffer);
        uint32_t number = 0;
        bool fresh = false;
        memory_fail_at(1 + i % 2, true);
        enum status status = intern_add(intern, text, &number, &fresh);
        memory_fail_at(0, false);
        if (status != STATUS_OK) {
            assert_int_equal(status, STATUS_MEMORY);
            assert_int_equal(intern_count(intern), i);
            assert_int_equal(intern_find(intern, text), UINT32_MAX);
            failures++;
            number = added(intern, text, true);
        }
        assert_int_equal(number, i);
    }
    assert_true(failures >= 10);
    for (uint32_t i = 0; i < 20000; i++)
        assert_int_equal(intern_find(intern, nth_text(i, buffer, sizeof buffer)), i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(many_texts_are_told_apart, begin, end),
        cmocka_unit_test_setup_teardown(long_texts_are_kept, begin, end),
        cmocka_unit_test_setup_teardown(memory_is_small, begin, end),
        cmocka_unit_test_setup_teardown(numbers_do_not_depend_on_the_key, begin, end),
        cmocka_unit_test_setup_teardown(a_failed_add_changes_nothing, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
