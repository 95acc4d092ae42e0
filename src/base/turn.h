/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_TURN_H
#define GAPMETER_BASE_TURN_H

#include <stdint.h>

#include "base/ctx.h"

/* An order among threads: numbers 0, 1, 2, … take their turns one after another, whichever thread has which number. What a thread
 * does in its turn, it does alone, and sees all that was done in the turns before. */
struct turn;

/* owns    nothing: the end of ctx->arena ends it; nobody may wait for it then
 * fails   STATUS_MEMORY
 * proof   tests/base/turn_test.c */
enum status turn_create(struct ctx *ctx, struct turn **out) MUST_USE;

/* Waits until the turns of all numbers below have passed.
 * needs   nobody else waits with this number, and somebody passes each number below */
void turn_wait(struct turn *turn, uint64_t number);

/* Ends the turn: the next number's begins.
 * needs   the caller's own turn */
void turn_pass(struct turn *turn);

#endif
