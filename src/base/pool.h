/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_POOL_H
#define GAPMETER_BASE_POOL_H

#include <stddef.h>

#include "base/ctx.h"

/* How many workers pool_run will use for so many chunks: min(max(ctx->threads, 1), chunk_count, THREADS_MAX). */
unsigned pool_workers(const struct ctx *ctx, size_t chunk_count);

/* Runs all chunks on pool_workers() threads, the caller's own among them, and waits.
 * takes   work    does one chunk on some thread: state is what was passed here, chunk is one of
 *                 0 … chunk_count-1, each exactly once, worker is 0 … workers-1, and one worker runs one
 *                 chunk at a time. It may touch only what belongs to its chunk or worker, and not ctx;
 *                 a status other than STATUS_OK stops the rest
 * gives   STATUS_OK when all did; else the status of the lowest chunk that failed, the same for any
 *         number of threads, with the general sentence of that status in ctx->error
 * fails   STATUS_CANCELLED when ctx->cancel was set and a chunk was left out for that
 * blank   a thread that cannot be started is done without: the others do its work */
enum status pool_run(struct ctx *ctx, size_t chunk_count, enum status (*work)(void *state, size_t chunk, unsigned worker),
                     void *state) MUST_USE;

#endif
