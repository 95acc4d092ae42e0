/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/work_count.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/pool.h"

enum { CHUNKS = 5000 };

static enum status chunk_count(void *state, size_t chunk, unsigned worker)
{
    (void)state;
    (void)worker;
    work_add(WORK_ANSWER_ROWS, chunk);
    return STATUS_OK;
}

/* "Threads may add at once" */
static void threads_lose_nothing(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 4};
    uint64_t before = work_total(WORK_ANSWER_ROWS);
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(pool_run(&ctx, CHUNKS, chunk_count, NULL), STATUS_OK);
    arena_destroy(ctx.arena);
    assert_int_equal(work_total(WORK_ANSWER_ROWS) - before, (uint64_t)CHUNKS * (CHUNKS - 1) / 2);
}

/* "Pieces of memory asked for: of arenas and, for what grows, of the heap" */
static void pieces_count_and_blocks_do_not(void **state)
{
    (void)state;
    struct arena *arena, *child;
    uint64_t before = work_allocations();
    assert_int_equal(arena_create(NULL, &arena), STATUS_OK);
    assert_int_equal(arena_create(arena, &child), STATUS_OK);
    for (size_t i = 0; i < 1000; i++)
        assert_non_null(arena_alloc(i % 2 ? arena : child, 40 * i));
    void *grown = memory_alloc(10);
    grown = memory_resize(grown, 20);
    memory_free(grown);
    arena_destroy(arena);
    assert_int_equal(work_allocations() - before, 1002);
}

/* "allocations=12 answer_bytes=345 …" */
static void line_tells_each_count(void **state)
{
    (void)state;
    char line[256], cut[16];
    uint64_t bytes = work_total(WORK_ANSWER_BYTES);
    work_add(WORK_ANSWER_BYTES, UINT64_C(1000000007) - bytes);
    work_format(line, sizeof line);
    assert_non_null(strstr(line, "allocations="));
    assert_non_null(strstr(line, " answer_bytes=1000000007 answer_files=0 answer_rows="));
    assert_non_null(strstr(line, " encounters_tallied=0"));
    work_format(cut, sizeof cut);
    assert_int_equal(strlen(cut), sizeof cut - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_lose_nothing),
        cmocka_unit_test(pieces_count_and_blocks_do_not),
        cmocka_unit_test(line_tells_each_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
