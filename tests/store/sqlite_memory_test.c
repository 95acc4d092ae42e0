/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory runs out at each allocation in turn, ours and SQLite's own: nothing is acknowledged that is not there, and nothing is lost
 * or left behind. */
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/plain_store.h"

/* ---- an allocator under SQLite whose k-th call fails ---- */

static sqlite3_mem_methods system_memory;
static uint64_t asked, fails_at;
static bool fails_after;

static bool memory_due(void)
{
    asked++;
    return fails_at > 0 && (fails_after ? asked >= fails_at : asked == fails_at);
}

static void *failing_allocation(int size)
{
    return memory_due() ? NULL : system_memory.xMalloc(size);
}

static void *failing_growth(void *block, int size)
{
    return memory_due() ? NULL : system_memory.xRealloc(block, size);
}

static int begin(void **state)
{
    (void)state;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory) != SQLITE_OK)
        return -1;
    sqlite3_mem_methods mine = system_memory;
    mine.xMalloc = failing_allocation;
    mine.xRealloc = failing_growth;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &mine) == SQLITE_OK ? 0 : -1;
}

static int make(void **state)
{
    struct plain_store *plain = calloc(1, sizeof *plain);
    if (!plain)
        return -1;
    fails_at = 0;
    plain_store_make(plain);
    assert_int_equal(marks_add(plain, 0, 8, 600), 8);
    plain_store_close(plain);
    *state = plain;
    return 0;
}

static int end(void **state)
{
    struct plain_store *plain = *state;
    fails_at = 0;
    plain_store_end(plain);
    free(plain);
    return 0;
}

/* Opens, writes two groups, reads, closes.
 * gives   how many marks were acknowledged, and whether everything went well */
static bool work(struct plain_store *plain, uint64_t first, size_t *acknowledged)
{
    uint64_t count = 0;
    if (plain_store_open(plain, STORE_WRITE) != STATUS_OK)
        return false;
    for (uint64_t group = 0; group < 2; group++)
        *acknowledged += marks_add(plain, first + group * 100, 4, 900);
    bool well = marks_count(plain, &count) == STATUS_OK;
    plain_store_close(plain);
    return well;
}

/* The next run is begun with a job of its own, so that each failure stands alone. */
static void trial(struct plain_store *plain, uint64_t at, bool ours, bool after, uint64_t *stored, bool *well)
{
    size_t acknowledged = 0;
    uint64_t count = 0;
    job_end(&plain->job);
    job_begin(&plain->job);
    asked = 0;
    fails_after = after;
    fails_at = ours ? 0 : at;
    memory_fail_at(ours ? at : 0, after);
    *well = work(plain, at * 1000, &acknowledged) && acknowledged == 8;
    memory_fail_at(0, false);
    fails_at = 0;
    assert_ok(&plain->job, plain_store_open(plain, STORE_WRITE));
    assert_ok(&plain->job, marks_count(plain, &count));
    assert_int_equal(count, *stored + acknowledged);
    *stored = count;
    plain_store_close(plain);
}

static void each_allocation(struct plain_store *plain, bool ours, bool after)
{
    uint64_t stored = 8, at = 1, failed = 0;
    /* SQLite does without some of what it asks for, so that one run that goes well is not the end. */
    for (unsigned well_in_a_row = 0; well_in_a_row < 15 && at < 20000; at += at < 150 ? 1 : 23) {
        bool well = false;
        trial(plain, at, ours, after, &stored, &well);
        well_in_a_row = well ? well_in_a_row + 1 : 0;
        failed += !well;
    }
    assert_true(failed > 5);
    assert_store_whole(plain);
    print_message("allocations up to the %lluth, %llu runs failed\n", (unsigned long long)at, (unsigned long long)failed);
}

static void test_ours_once(void **state)
{
    each_allocation(*state, true, false);
}

static void test_ours_for_ever(void **state)
{
    each_allocation(*state, true, true);
}

static void test_of_sqlite_once(void **state)
{
    each_allocation(*state, false, false);
}

static void test_of_sqlite_for_ever(void **state)
{
    each_allocation(*state, false, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_ours_once, make, end),
                                       cmocka_unit_test_setup_teardown(test_ours_for_ever, make, end),
                                       cmocka_unit_test_setup_teardown(test_of_sqlite_once, make, end),
                                       cmocka_unit_test_setup_teardown(test_of_sqlite_for_ever, make, end)};
    return cmocka_run_group_tests(tests, begin, NULL);
}
