/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/batcher.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mutex.h"

enum { ITEMS = 5000 };

struct bench {
    struct mutex *mutex;
    atomic_bool hold;          /* run waits while it is set */
    unsigned times[ITEMS];     /* under the mutex */
    unsigned batches, largest; /* under the mutex */
    uintptr_t last;            /* of one thread: the item before */
    bool in_order;
};

static struct arena *arena;
static struct ctx ctx;

static int start(void **state)
{
    (void)state;
    if (arena_create(NULL, &arena))
        return -1;
    ctx = (struct ctx){.arena = arena};
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static void bench_run(void *state, void *const *items, size_t count)
{
    struct bench *bench = state;
    while (atomic_load(&bench->hold))
        (void)usleep(100);
    mutex_lock(bench->mutex);
    bench->batches++;
    bench->largest = count > bench->largest ? (unsigned)count : bench->largest;
    for (size_t i = 0; i < count; i++) {
        uintptr_t item = (uintptr_t)items[i];
        bench->in_order = bench->in_order && item == bench->last + 1u;
        bench->last = item;
        bench->times[item - 1u]++;
    }
    mutex_unlock(bench->mutex);
}

static struct batcher *bench_start(struct bench *bench, unsigned threads, size_t batch_most, size_t waiting_most)
{
    struct batcher *batcher = NULL;
    *bench = (struct bench){.in_order = true};
    assert_int_equal(mutex_create(&ctx, &bench->mutex), STATUS_OK);
    const struct batcher_design design = {
        .threads = threads, .batch_most = batch_most, .waiting_most = waiting_most, .run = bench_run, .state = bench};
    assert_int_equal(batcher_start(&ctx, &design, &batcher), STATUS_OK);
    return batcher;
}

/* "With one thread, what arrives while a batch is worked on becomes the next batch", in the order of arrival, at most batch_most. */
static void test_gathers_while_it_works(void **state)
{
    (void)state;
    struct bench bench;
    struct batcher *batcher = bench_start(&bench, 1, 16, 1000);
    atomic_store(&bench.hold, true);
    for (uintptr_t i = 1; i <= 101; i++)
        assert_true(batcher_add(batcher, (void *)i));
    atomic_store(&bench.hold, false);
    batcher_stop(batcher);
    assert_true(bench.in_order);
    assert_int_equal(bench.last, 101);
    assert_int_equal(bench.largest, 16);
    assert_in_range(bench.batches, 7, 8);
}

/* "false when the queue is full or stopping: the caller keeps the item"; what was taken is worked off before batcher_stop returns. */
static void test_refuses_when_full_and_drains(void **state)
{
    (void)state;
    struct bench bench;
    struct batcher *batcher = bench_start(&bench, 1, 4, 8);
    atomic_store(&bench.hold, true);
    uintptr_t taken = 0;
    while (batcher_add(batcher, (void *)(taken + 1u)) && taken < 100)
        taken++;
    assert_in_range(taken, 8, 12);
    assert_true(batcher_waiting(batcher) >= 4);
    atomic_store(&bench.hold, false);
    batcher_stop(batcher);
    assert_int_equal(bench.last, taken);
    assert_false(batcher_add(batcher, (void *)(uintptr_t)1));
    assert_int_equal(batcher_waiting(batcher), 0);
    batcher_stop(batcher);
}

/* Several threads: each item exactly once. */
static void test_each_item_once(void **state)
{
    (void)state;
    static struct bench bench;
    struct batcher *batcher = bench_start(&bench, 4, 3, ITEMS);
    for (uintptr_t i = 1; i <= ITEMS; i++)
        assert_true(batcher_add(batcher, (void *)i));
    batcher_stop(batcher);
    for (unsigned i = 0; i < ITEMS; i++)
        assert_int_equal(bench.times[i], 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_gathers_while_it_works),
                                              cmocka_unit_test(test_refuses_when_full_and_drains),
                                              cmocka_unit_test(test_each_item_once)};
    return cmocka_run_group_tests(tests, start, end);
}
