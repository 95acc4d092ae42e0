/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_ARENA_H
#define GAPMETER_BASE_ARENA_H

#include <stddef.h>

#include "base/status.h"
#include "base/text.h"

/* Lifetime = scope. Memory taken from an arena lives until the arena is destroyed; outside
 * resources (files, threads, growing buffers) are closed by deferred calls, in reverse order.
 * Arenas nest: process ⊃ study ⊃ job ⊃ scratch; destroying one destroys its children first.
 * An arena and its relatives belong to one thread at a time: a worker that needs memory of its own is given an
 * arena without a parent, made before it starts or by itself. */
struct arena;

/* Opens an arena, inside a parent or on its own.
 * takes   parent  NULL for an outermost arena
 * gives   *out    the arena, to be given to arena_destroy (or destroyed with its parent)
 * fails   STATUS_MEMORY */
enum status arena_create(struct arena *parent, struct arena **out) MUST_USE;

/* Opens an arena without a parent, for a worker's memory, that is destroyed with another one all the same.
 * takes   until  an arena that no worker uses
 * gives   *out   not to be given to arena_destroy
 * fails   STATUS_MEMORY
 * proof   tests/base/arena_test.c */
enum status arena_create_apart(struct arena *until, struct arena **out) MUST_USE;

/* Runs the deferred calls in reverse order and frees everything; NULL is allowed. */
void arena_destroy(struct arena *arena);

/* Zeroed memory, aligned for any type, or NULL when there is none.
 * owns    nothing: the memory belongs to the arena */
void *arena_alloc(struct arena *arena, size_t size_bytes);

/* count × size zeroed bytes with checked arithmetic, or NULL. */
void *arena_array(struct arena *arena, size_t count, size_t size_bytes);

/* A NUL-terminated copy of a piece of text, or NULL. */
char *arena_copy(struct arena *arena, struct span text);

/* A NUL-terminated text made as by printf, or NULL. */
char *arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Calls close(resource) when the arena is destroyed. If this fails, close is called at once,
 * so that the resource is never lost.
 * fails   STATUS_MEMORY */
enum status arena_defer(struct arena *arena, void (*close)(void *), void *resource) MUST_USE;

/* Bytes handed out by this arena and its children, for tests and the bench. */
size_t arena_size_bytes(const struct arena *arena);

#endif
