/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mutex.h"

#include <assert.h>
#include <pthread.h>

struct mutex {
    pthread_mutex_t held;
};

static void mutex_end(void *resource)
{
    struct mutex *mutex = resource;
    (void)pthread_mutex_destroy(&mutex->held);
}

enum status mutex_create(struct ctx *ctx, struct mutex **out)
{
    struct mutex *mutex = arena_alloc(ctx->arena, sizeof *mutex);
    if (!mutex || pthread_mutex_init(&mutex->held, NULL) != 0)
        return ctx_no_memory(ctx);
    if (arena_defer(ctx->arena, mutex_end, mutex))
        return ctx_no_memory(ctx);
    *out = mutex;
    return STATUS_OK;
}

void mutex_lock(struct mutex *mutex)
{
    int failed = pthread_mutex_lock(&mutex->held);
    assert(!failed);
    (void)failed;
}

void mutex_unlock(struct mutex *mutex)
{
    int failed = pthread_mutex_unlock(&mutex->held);
    assert(!failed);
    (void)failed;
}
