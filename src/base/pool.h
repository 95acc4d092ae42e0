/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_POOL_H
#define GAPMETER_BASE_POOL_H

#include <stddef.h>

#include "base/ctx.h"

/* One piece of work. Runs on some thread; must touch only what belongs to this chunk or to
 * this worker. A status other than STATUS_OK stops the rest; it may not use ctx.
 * takes   state   what the caller of pool_run passed
 *         chunk   0 … chunk_count-1, each exactly once
 *         worker  0 … workers-1; one worker runs one chunk at a time */
typedef enum status (*pool_work)(void *state, size_t chunk, unsigned worker);

/* How many workers pool_run will use for so many chunks: min(max(ctx->threads, 1), chunk_count, THREADS_MAX). */
unsigned pool_workers(const struct ctx *ctx, size_t chunk_count);

/* Runs all chunks on pool_workers() threads, the caller's own among them, and waits.
 * gives   STATUS_OK when all did; else the status of the lowest chunk that failed
 * fails   STATUS_CANCELLED when ctx->cancel was set; chunks not begun are left out
 * blank   a thread that cannot be started is done without: the others do its work */
enum status pool_run(struct ctx *ctx, size_t chunk_count, pool_work work, void *state) MUST_USE;

#endif
