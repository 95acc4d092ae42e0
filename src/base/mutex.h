/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_MUTEX_H
#define GAPMETER_BASE_MUTEX_H

#include "base/ctx.h"

/* Something that one thread at a time may hold. */
struct mutex;

/* Makes a mutex, in ctx->arena.
 * owns    nothing: the end of ctx->arena ends it; nobody may hold it then
 * fails   STATUS_MEMORY
 * proof   tests/base/batcher_test.c */
enum status mutex_create(struct ctx *ctx, struct mutex **out) MUST_USE;

/* Waits until nobody holds it, and holds it. */
void mutex_lock(struct mutex *mutex);

/* Gives it back. */
void mutex_unlock(struct mutex *mutex);

#endif
