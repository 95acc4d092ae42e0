/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/turn.h"

#include <pthread.h>

/* How often a thread looks before it sleeps: turns are short, and waking up takes longer than most of them. */
enum { LOOKS = 2000 };

struct turn {
    _Atomic uint64_t number; /* whose turn it is; changed with the mutex held */
    pthread_mutex_t mutex;
    pthread_cond_t passed;
    unsigned sleeping; /* guarded by the mutex */
};

static void turn_end(void *resource)
{
    struct turn *turn = resource;
    (void)pthread_cond_destroy(&turn->passed);
    (void)pthread_mutex_destroy(&turn->mutex);
}

enum status turn_create(struct ctx *ctx, struct turn **out)
{
    struct turn *turn = arena_alloc(ctx->arena, sizeof *turn);
    if (turn == NULL || pthread_mutex_init(&turn->mutex, NULL) != 0)
        return ctx_no_memory(ctx);
    if (pthread_cond_init(&turn->passed, NULL) != 0) {
        (void)pthread_mutex_destroy(&turn->mutex);
        return ctx_no_memory(ctx);
    }
    if (arena_defer(ctx->arena, turn_end, turn) != STATUS_OK)
        return ctx_no_memory(ctx);
    *out = turn;
    return STATUS_OK;
}

void turn_wait(struct turn *turn, uint64_t number)
{
    for (unsigned i = 0; i < LOOKS; i++) {
        if (atomic_load_explicit(&turn->number, memory_order_acquire) == number)
            return;
#if defined(__x86_64__)
        __builtin_ia32_pause();
#endif
    }
    (void)pthread_mutex_lock(&turn->mutex);
    turn->sleeping++;
    while (atomic_load(&turn->number) != number)
        (void)pthread_cond_wait(&turn->passed, &turn->mutex);
    turn->sleeping--;
    (void)pthread_mutex_unlock(&turn->mutex);
}

void turn_pass(struct turn *turn)
{
    (void)pthread_mutex_lock(&turn->mutex);
    atomic_fetch_add(&turn->number, 1);
    if (turn->sleeping > 0)
        (void)pthread_cond_broadcast(&turn->passed);
    (void)pthread_mutex_unlock(&turn->mutex);
}
