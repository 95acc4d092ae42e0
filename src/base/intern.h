/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_INTERN_H
#define GAPMETER_BASE_INTERN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/* Tells texts apart: each different text gets the next number, 0, 1, 2, …, in order of arrival.
 * The texts themselves are kept, so two never fall together by a hash. The hash is keyed, so a
 * hostile file cannot make it slow. */
struct intern;

/* Opens an empty one.
 * takes   ceiling  most texts it will hold
 * fails   STATUS_MEMORY; STATUS_UNAVAILABLE when the system gives no random numbers
 * cost    beside its bytes a text takes 11 to 16 bytes of memory
 * owns    its memory belongs to ctx->arena */
enum status intern_create(struct ctx *ctx, uint32_t ceiling, struct intern **out) MUST_USE;

/* The number of a text, a new one when it was not seen before.
 * gives   *number, *fresh whether it is new
 * fails   STATUS_MEMORY; STATUS_INVALID when the ceiling is reached (ctx->error is not filled); nothing is added then */
enum status intern_add(struct intern *intern, struct span text, uint32_t *number, bool *fresh) MUST_USE;

/* The number of a text, or UINT32_MAX when it was never added. */
uint32_t intern_find(const struct intern *intern, struct span text);

/* The text of a number; it stays where it is as long as the arena lives.
 * needs   number < intern_count */
struct span intern_text(const struct intern *intern, uint32_t number);

/* How many texts. */
uint32_t intern_count(const struct intern *intern);

#endif
