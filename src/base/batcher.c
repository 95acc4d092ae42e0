/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/batcher.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

#include "base/limits.h"

struct batcher {
    struct batcher_design design;
    pthread_mutex_t mutex; /* guards all below */
    pthread_cond_t changed;
    void **ring; /* [waiting_most] */
    size_t first, waiting;
    bool stopping;
    unsigned started; /* threads that run and are not joined */
    pthread_t threads[THREADS_MAX];
};

/* Takes up to a batch from the ring; 0 when the batcher has stopped and nothing is left. */
static size_t batch_take(struct batcher *batcher, void **items)
{
    size_t count = 0;
    (void)pthread_mutex_lock(&batcher->mutex);
    while (batcher->waiting == 0 && !batcher->stopping)
        (void)pthread_cond_wait(&batcher->changed, &batcher->mutex);
    while (count < batcher->design.batch_most && batcher->waiting > 0) {
        items[count++] = batcher->ring[batcher->first];
        batcher->first = (batcher->first + 1u) % batcher->design.waiting_most;
        batcher->waiting--;
    }
    (void)pthread_mutex_unlock(&batcher->mutex);
    return count;
}

struct batch_worker {
    struct batcher *batcher;
    void **items; /* [batch_most] */
};

static void *batch_work(void *argument)
{
    const struct batch_worker *worker = argument;
    const struct batcher_design *design = &worker->batcher->design;
    for (size_t count = batch_take(worker->batcher, worker->items); count > 0; count = batch_take(worker->batcher, worker->items))
        design->run(design->state, worker->items, count);
    return NULL;
}

static void batcher_end(void *resource)
{
    struct batcher *batcher = resource;
    batcher_stop(batcher);
    (void)pthread_cond_destroy(&batcher->changed);
    (void)pthread_mutex_destroy(&batcher->mutex);
}

/* Signals go to the thread that waits for them, never to a worker. */
static int thread_start(pthread_t *thread, struct batch_worker *worker)
{
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(thread, NULL, batch_work, worker);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
}

static enum status threads_start(struct ctx *ctx, struct batcher *batcher)
{
    struct batch_worker *workers = arena_array(ctx->arena, batcher->design.threads, sizeof *workers);
    if (!workers)
        return ctx_no_memory(ctx);
    for (unsigned i = 0; i < batcher->design.threads; i++) {
        void **items = arena_array(ctx->arena, batcher->design.batch_most, sizeof *items);
        if (!items)
            return ctx_no_memory(ctx);
        workers[i] = (struct batch_worker){.batcher = batcher, .items = items};
        int failed = thread_start(&batcher->threads[i], &workers[i]);
        if (failed)
            return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "A thread could not be started: the system allows no more of them.");
        batcher->started++;
    }
    return STATUS_OK;
}

enum status batcher_start(struct ctx *ctx, const struct batcher_design *design, struct batcher **out)
{
    assert(design->threads >= 1 && design->threads <= THREADS_MAX && design->batch_most > 0 && design->waiting_most > 0);
    struct batcher *batcher = arena_alloc(ctx->arena, sizeof *batcher);
    if (!batcher)
        return ctx_no_memory(ctx);
    batcher->design = *design;
    batcher->ring = arena_array(ctx->arena, design->waiting_most, sizeof *batcher->ring);
    if (!batcher->ring || pthread_mutex_init(&batcher->mutex, NULL) != 0)
        return ctx_no_memory(ctx);
    if (pthread_cond_init(&batcher->changed, NULL) != 0) {
        (void)pthread_mutex_destroy(&batcher->mutex);
        return ctx_no_memory(ctx);
    }
    enum status status = threads_start(ctx, batcher);
    if (arena_defer(ctx->arena, batcher_end, batcher))
        return status ? status : ctx_no_memory(ctx);
    if (status)
        batcher_stop(batcher);
    else
        *out = batcher;
    return status;
}

bool batcher_add(struct batcher *batcher, void *item)
{
    (void)pthread_mutex_lock(&batcher->mutex);
    bool taken = !batcher->stopping && batcher->waiting < batcher->design.waiting_most;
    if (taken) {
        batcher->ring[(batcher->first + batcher->waiting) % batcher->design.waiting_most] = item;
        batcher->waiting++;
        (void)pthread_cond_signal(&batcher->changed);
    }
    (void)pthread_mutex_unlock(&batcher->mutex);
    return taken;
}

size_t batcher_waiting(struct batcher *batcher)
{
    (void)pthread_mutex_lock(&batcher->mutex);
    size_t waiting = batcher->waiting;
    (void)pthread_mutex_unlock(&batcher->mutex);
    return waiting;
}

void batcher_stop(struct batcher *batcher)
{
    (void)pthread_mutex_lock(&batcher->mutex);
    batcher->stopping = true;
    unsigned started = batcher->started;
    batcher->started = 0;
    (void)pthread_cond_broadcast(&batcher->changed);
    (void)pthread_mutex_unlock(&batcher->mutex);
    for (unsigned i = 0; i < started; i++)
        (void)pthread_join(batcher->threads[i], NULL);
}
