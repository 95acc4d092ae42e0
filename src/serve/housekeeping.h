/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_HOUSEKEEPING_H
#define GAPMETER_SERVE_HOUSEKEEPING_H

#include "serve/request.h"

/* What a server does by itself, in the writer's thread between two groups: retention, and drafts and replies that are old, a moment
 * after it starts and then every hour, which is logged; and every few seconds, after anonymous answers, the store's log is emptied
 * of what it tells about their order. What goes wrong is tried again the next time. */
struct housekeeping;

/* Makes it, in ctx->arena.
 * fails   STATUS_MEMORY, STATUS_UNAVAILABLE
 * proof   tests/http/housekeeping_test.c */
enum status housekeeping_make(struct ctx *ctx, struct server *server, struct housekeeping **out) MUST_USE;

/* Begins the work when its time has come, and says in the log what came of it; by the network's thread, as often as one likes. */
void housekeeping_tick(struct housekeeping *housekeeping);

#endif
