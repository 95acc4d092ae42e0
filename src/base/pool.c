/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "base/limits.h"

/* What the workers of one run share. */
struct run {
    enum status (*work)(void *state, size_t chunk, unsigned worker);
    void *state;
    const atomic_bool *cancel;
    size_t chunk_count;
    atomic_size_t next;    /* first chunk that nobody has taken */
    atomic_bool stop;      /* a chunk failed */
    pthread_mutex_t mutex; /* guards the two below */
    size_t failed_chunk;
    enum status status;
};

struct worker {
    struct run *run;
    unsigned number;
    pthread_t thread;
};

unsigned pool_workers(const struct ctx *ctx, size_t chunk_count)
{
    unsigned wanted = ctx->threads == 0 ? 1 : ctx->threads;
    wanted = wanted > THREADS_MAX ? THREADS_MAX : wanted;
    return wanted > chunk_count ? (unsigned)chunk_count : wanted;
}

static void run_fail(struct run *run, size_t chunk, enum status status)
{
    (void)pthread_mutex_lock(&run->mutex);
    if (run->status == STATUS_OK || chunk < run->failed_chunk) {
        run->failed_chunk = chunk;
        run->status = status;
    }
    (void)pthread_mutex_unlock(&run->mutex);
    atomic_store(&run->stop, true);
}

/* Takes chunks in order until there is none. Who takes a chunk finishes it: so when one fails, all before it have run
 * or are running, and the lowest that fails is the same for any number of threads. */
static void *worker_run(void *argument)
{
    const struct worker *worker = argument;
    struct run *run = worker->run;
    while (!atomic_load(&run->stop) && (run->cancel == NULL || !atomic_load(run->cancel))) {
        size_t chunk = atomic_fetch_add(&run->next, 1);
        if (chunk >= run->chunk_count)
            break;
        enum status status = run->work(run->state, chunk, worker->number);
        if (status != STATUS_OK)
            run_fail(run, chunk, status);
    }
    return NULL;
}

/* Starts workers 1 … count-1 and says how many there are, the caller included. */
static unsigned workers_start(struct worker *workers, unsigned count)
{
    /* Signals go to the thread that the door runs on. */
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_BLOCK, &all, &before);
    unsigned started = 1;
    while (started < count && pthread_create(&workers[started].thread, NULL, worker_run, &workers[started]) == 0)
        started++;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

enum status pool_run(struct ctx *ctx, size_t chunk_count, enum status (*work)(void *state, size_t chunk, unsigned worker),
                     void *state)
{
    struct run run = {.work = work, .state = state, .cancel = ctx->cancel, .chunk_count = chunk_count};
    if (pthread_mutex_init(&run.mutex, NULL) != 0)
        return ctx_no_memory(ctx);
    struct worker workers[THREADS_MAX];
    unsigned count = pool_workers(ctx, chunk_count);
    for (unsigned i = 0; i < count; i++)
        workers[i] = (struct worker){.run = &run, .number = i};
    if (count > 0) {
        unsigned started = workers_start(workers, count);
        (void)worker_run(&workers[0]);
        for (unsigned i = 1; i < started; i++)
            (void)pthread_join(workers[i].thread, NULL);
    }
    (void)pthread_mutex_destroy(&run.mutex);
    if (run.status != STATUS_OK)
        return ctx_fail(ctx, run.status, NULL, "%s", status_sentence(run.status));
    return atomic_load(&run.next) < chunk_count ? ctx_cancelled(ctx) : STATUS_OK;
}
