/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Unix socket by which two processes of one user talk: one framed request (four bytes of length, then the bytes), one framed
 * reply, and the connection ends. */
#ifndef GAPMETER_BASE_LOCAL_SOCKET_H
#define GAPMETER_BASE_LOCAL_SOCKET_H

#include "base/ctx.h"

/* The listening end, with threads of its own. */
struct local_listener;

/* Who answers: called from several threads at once.
 * takes   ctx      of this request, with an arena of its own
 * gives   *reply   in ctx->arena
 * fails   the connection is closed without a reply */
typedef enum status local_answer(void *state, struct ctx *ctx, struct span request, struct span *reply);

/* Makes the socket (mode 0600) and begins to answer. A socket that nobody listens at is replaced. Only this user and root
 * are answered (the peer's uid is asked of the kernel). A request has LOCAL_REQUEST_SECONDS to arrive whole.
 * takes   path  may be longer than socket addresses are; its last part may not
 * owns    threads and file: local_listener_stop ends them, and the end of ctx->arena does when it was not called
 * fails   STATUS_UNAVAILABLE when someone listens there or the file is no socket; STATUS_PERMISSION, STATUS_IO, STATUS_USAGE
 * proof   tests/base/local_socket_test.c */
enum status local_listener_start(struct ctx *ctx, const char *path, local_answer *answer, void *state,
                                 struct local_listener **out) MUST_USE;

/* Lets the requests that are being answered finish, takes no more, and removes the socket; twice does no harm. */
void local_listener_stop(struct local_listener *listener);

/* Asks and waits for the reply, for LOCAL_REPLY_SECONDS at most.
 * gives   *reply  in ctx->arena
 * fails   STATUS_NO_INPUT when nobody listens there; STATUS_PERMISSION; STATUS_UNAVAILABLE when the other end went away
 *         before its reply; STATUS_IO */
enum status local_socket_ask(struct ctx *ctx, const char *path, struct span request, struct span *reply) MUST_USE;

#endif
