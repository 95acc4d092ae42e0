/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operator's door while a server runs: PATH.sock, through which the command line asks for operations. Private to serve/. */
#ifndef GAPMETER_SERVE_OPERATOR_SOCKET_H
#define GAPMETER_SERVE_OPERATOR_SOCKET_H

#include "app/desk.h"
#include "base/ctx.h"

struct operator_socket;

/* What the server does for the socket's threads. Both wait until the work is done, and may be called from several threads. */
struct operator_host {
    struct desk *desk;
    void *state; /* given to both */
    /* In the writer's thread, as one more job of its next group; returns when that is durable, or has failed. */
    enum status (*write)(void *state, struct ctx *ctx, desk_work *work, void *work_state);
    /* In the writer's thread, between two groups: work that must not stand in a transaction. */
    enum status (*alone)(void *state, struct ctx *ctx, enum status (*work)(struct ctx *ctx, struct desk *desk, void *state),
                         void *work_state);
};

/* Begins to take requests at <store_path>.sock. Operations that only read run in a snapshot, in the socket's own threads.
 * takes   host  outlives the socket; its functions may refuse with STATUS_UNAVAILABLE once the server stops
 * owns    the threads: operator_socket_stop, or the end of ctx->arena
 * fails   as local_listener_start
 * proof   tests/cli/live_study_test.sh */
enum status operator_socket_start(struct ctx *ctx, const struct operator_host *host, const char *store_path,
                                  struct operator_socket **out) MUST_USE;

/* Lets what is being worked on finish and removes the socket; twice does no harm. To be called while the writer still works. */
void operator_socket_stop(struct operator_socket *socket);

#endif
