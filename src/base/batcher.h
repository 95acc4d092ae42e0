/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_BATCHER_H
#define GAPMETER_BASE_BATCHER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/* Threads that take what was queued, as many at a time as have gathered: with one thread, what arrives while a batch is worked
 * on becomes the next batch. */
struct batcher;

struct batcher_design {
    unsigned threads;    /* 1 … THREADS_MAX */
    size_t batch_most;   /* items of one call */
    size_t waiting_most; /* items in the queue; more are refused */
    void (*run)(void *state, void *const *items, size_t count);
    void *state;
};

/* Starts the threads.
 * owns    the threads: batcher_stop ends them, and the end of ctx->arena does when it was not called
 * fails   STATUS_MEMORY, STATUS_UNAVAILABLE when a thread cannot be started */
enum status batcher_start(struct ctx *ctx, const struct batcher_design *design, struct batcher **out) MUST_USE;

/* Queues an item; from any thread.
 * gives   false when the queue is full or stopping: the caller keeps the item */
bool batcher_add(struct batcher *batcher, void *item);

/* How many items wait. */
size_t batcher_waiting(struct batcher *batcher);

/* Takes no more, works off what waits, and joins the threads; twice does no harm. */
void batcher_stop(struct batcher *batcher);

#endif
