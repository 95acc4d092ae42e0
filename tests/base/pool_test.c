/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"

enum { CHUNKS = 2000 };

struct job {
    unsigned workers;
    unsigned times[CHUNKS];    /* how often each chunk was done; written by whoever does it, without a lock */
    uint64_t sum[THREADS_MAX]; /* of one worker, without a lock */
    atomic_bool busy[THREADS_MAX];
    atomic_uint overlaps;
    atomic_bool cancel;
    size_t cancel_at, fail_at[2];
};

static struct job job;

static enum status work(void *state, size_t chunk, unsigned worker)
{
    struct job *mine = state;
    if (worker >= mine->workers || atomic_exchange(&mine->busy[worker], true))
        atomic_fetch_add(&mine->overlaps, 1);
    mine->times[chunk]++;
    mine->sum[worker] += chunk;
    atomic_store(&mine->busy[worker], false);
    if (chunk == mine->cancel_at)
        atomic_store(&mine->cancel, true);
    if (chunk == mine->fail_at[0])
        return STATUS_DATA;
    return chunk == mine->fail_at[1] ? STATUS_IO : STATUS_OK;
}

static struct ctx ctx_with(unsigned threads)
{
    memset(&job, 0, sizeof job);
    job.cancel_at = job.fail_at[0] = job.fail_at[1] = SIZE_MAX;
    struct ctx ctx = {.threads = threads, .cancel = &job.cancel};
    job.workers = pool_workers(&ctx, CHUNKS);
    return ctx;
}

/* "min(max(ctx->threads, 1), chunk_count, THREADS_MAX)" */
static void workers_are_counted(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 0};
    assert_int_equal(pool_workers(&ctx, 10), 1);
    ctx.threads = 4;
    assert_int_equal(pool_workers(&ctx, 10), 4);
    assert_int_equal(pool_workers(&ctx, 3), 3);
    assert_int_equal(pool_workers(&ctx, 0), 0);
    ctx.threads = 1000000;
    assert_int_equal(pool_workers(&ctx, 1000000), THREADS_MAX);
}

/* "chunk is one of 0 … chunk_count-1, each exactly once, worker is 0 … workers-1, and one worker runs one chunk at a time" */
static void every_chunk_is_done_once(void **state)
{
    (void)state;
    for (unsigned threads = 0; threads <= 8; threads++) {
        struct ctx ctx = ctx_with(threads);
        assert_int_equal(pool_run(&ctx, CHUNKS, work, &job), STATUS_OK);
        uint64_t sum = 0;
        for (unsigned i = 0; i < THREADS_MAX; i++)
            sum += job.sum[i];
        assert_int_equal(sum, (uint64_t)CHUNKS * (CHUNKS - 1) / 2);
        for (size_t i = 0; i < CHUNKS; i++)
            assert_int_equal(job.times[i], 1);
        assert_int_equal(atomic_load(&job.overlaps), 0);
    }
    struct ctx ctx = ctx_with(4);
    assert_int_equal(pool_run(&ctx, 0, work, &job), STATUS_OK);
    assert_int_equal(job.times[0], 0);
}

/* "the status of the lowest chunk that failed, the same for any number of threads" */
static void the_lowest_failure_is_told(void **state)
{
    (void)state;
    for (int attempt = 0; attempt < 300; attempt++) {
        struct ctx ctx = ctx_with(1 + (unsigned)attempt % 8);
        job.fail_at[0] = 700 + (size_t)attempt % 3;
        job.fail_at[1] = 701;
        assert_int_equal(pool_run(&ctx, CHUNKS, work, &job), attempt % 3 == 2 ? STATUS_IO : STATUS_DATA);
        assert_int_equal(ctx.error.status, attempt % 3 == 2 ? STATUS_IO : STATUS_DATA);
        assert_string_not_equal(ctx.error.sentence, "");
        /* "a status other than STATUS_OK stops the rest"; others may be quick enough to finish it meanwhile */
        if (job.workers == 1)
            assert_int_equal(job.times[702], 0);
        for (size_t i = 0; i < 701; i++)
            assert_int_equal(job.times[i], 1);
    }
}

static atomic_bool later_failed;

/* Chunk 0 fails after chunk 1 did, or after five seconds. */
static enum status fail_in_reverse(void *state, size_t chunk, unsigned worker)
{
    (void)state;
    (void)worker;
    if (chunk == 1) {
        atomic_store(&later_failed, true);
        return STATUS_IO;
    }
    const struct timespec pause = {0, 1000000};
    for (int i = 0; i < 5000 && !atomic_load(&later_failed); i++)
        (void)nanosleep(&pause, NULL);
    /* Time for the other to be told of first. */
    (void)nanosleep(&(const struct timespec){0, 20000000}, NULL);
    return STATUS_DATA;
}

/* "the lowest chunk that failed", not the first in time */
static void the_lowest_may_fail_last(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 2};
    assert_int_equal(pool_run(&ctx, 2, fail_in_reverse, NULL), STATUS_DATA);
    assert_true(atomic_load(&later_failed));
}

/* "STATUS_CANCELLED when ctx->cancel was set and a chunk was left out for that" */
static void cancelling_leaves_chunks_out(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct ctx ctx = ctx_with(threads);
        job.cancel_at = 100;
        enum status status = pool_run(&ctx, CHUNKS, work, &job);
        unsigned done = 0;
        for (size_t i = 0; i < CHUNKS; i++)
            done += job.times[i];
        assert_int_equal(status, done < CHUNKS ? STATUS_CANCELLED : STATUS_OK);
        assert_int_equal(ctx.error.status, status);
        assert_in_range(done, 101, threads == 1 ? 101 : CHUNKS);
        assert_int_equal(pool_run(&ctx, CHUNKS, work, &job), STATUS_CANCELLED);
    }
    struct ctx ctx = ctx_with(1);
    job.cancel_at = CHUNKS - 1;
    assert_int_equal(pool_run(&ctx, CHUNKS, work, &job), STATUS_OK);
}

/* "a thread that cannot be started is done without: the others do its work"; in a process of its own, which is not root's
 * (root is not limited) and may have no thread more */
static void no_thread_can_be_started(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit none = {1, 1};
        if (setrlimit(RLIMIT_NPROC, &none) != 0 || (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0))
            _exit(10);
        struct ctx ctx = ctx_with(8);
        if (pool_run(&ctx, CHUNKS, work, &job) != STATUS_OK)
            _exit(11);
        for (size_t i = 0; i < CHUNKS; i++)
            if (job.times[i] != 1)
                _exit(12);
        _exit(job.sum[0] == (uint64_t)CHUNKS * (CHUNKS - 1) / 2 ? 0 : 13);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workers_are_counted),        cmocka_unit_test(every_chunk_is_done_once),
        cmocka_unit_test(the_lowest_failure_is_told), cmocka_unit_test(cancelling_leaves_chunks_out),
        cmocka_unit_test(the_lowest_may_fail_last),   cmocka_unit_test(no_thread_can_be_started),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
