/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* "Zeroed memory"; "counts one allocation" */
static void memory_is_zeroed_and_counted(void **state)
{
    (void)state;
    uint64_t before = memory_allocation_count();
    unsigned char *block = memory_alloc(1000);
    assert_non_null(block);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(block[i], 0);
    memset(block, 7, 1000);
    block = memory_resize(block, 5000);
    assert_non_null(block);
    assert_int_equal(block[999], 7);
    assert_int_equal(memory_allocation_count() - before, 2);
    memory_free(block);
    memory_free(NULL);
    void *empty = memory_alloc(0);
    assert_non_null(empty);
    memory_free(empty);
}

/* "Makes the k-th allocation from now on fail (1 = the next one), once" */
static void one_allocation_fails(void **state)
{
    (void)state;
    memory_fail_at(2, false);
    void *first = memory_alloc(1);
    void *second = memory_alloc(1);
    void *third = memory_alloc(1);
    memory_fail_at(0, false);
    assert_non_null(first);
    assert_null(second);
    assert_non_null(third);
    memory_free(first);
    memory_free(third);
}

/* "or from then on for ever"; "the old block stays valid when NULL is returned" */
static void all_allocations_fail(void **state)
{
    (void)state;
    char *block = memory_alloc(4);
    assert_non_null(block);
    block[3] = 'x';
    memory_fail_at(1, true);
    void *resized = memory_resize(block, 8);
    void *another = memory_alloc(1);
    memory_fail_at(0, false);
    assert_null(resized);
    assert_null(another);
    assert_int_equal(block[3], 'x');
    memory_free(block);
}

/* "without wrapping" */
static void sizes_do_not_wrap(void **state)
{
    (void)state;
    size_t out = 0;
    assert_true(size_multiply(SIZE_MAX / 2, 2, &out));
    assert_true(out == SIZE_MAX - 1);
    assert_false(size_multiply(SIZE_MAX / 2 + 1, 2, &out));
    assert_true(size_multiply(0, SIZE_MAX, &out));
    assert_true(out == 0);
    assert_true(size_add(SIZE_MAX - 1, 1, &out));
    assert_true(out == SIZE_MAX);
    assert_false(size_add(SIZE_MAX, 1, &out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_counted),
        cmocka_unit_test(one_allocation_fails),
        cmocka_unit_test(all_allocations_fail),
        cmocka_unit_test(sizes_do_not_wrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
