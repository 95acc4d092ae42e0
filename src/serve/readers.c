/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/request.h"

enum { READERS_DEFAULT = 2, PAGES_AT_ONCE = 4 };

static enum status reading_run(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    (void)ctx;
    (void)desk;
    return request_handle(state, session);
}

static void items_read(void *state, void *const *items, size_t count)
{
    const struct server *server = state;
    struct wire *wires[PAGES_AT_ONCE];
    for (size_t i = 0; i < count; i++) {
        struct request *request = items[i];
        enum status status = desk_read(&request->exchange.ctx, server->desk, reading_run, request);
        if (status != STATUS_OK)
            reply_failure(&request->exchange, status);
        wires[i] = request->wire;
    }
    wires_resume(wires, count);
}

enum status readers_start(struct ctx *ctx, struct server *server)
{
    /* Pages for people and what programs ask for have threads of their own, so that a long report does not keep a form waiting. */
    struct batcher_design design = {.threads = server->settings->threads == 0 ? READERS_DEFAULT : server->settings->threads,
                                    .batch_most = PAGES_AT_ONCE,
                                    .waiting_most = READS_WAITING_MAX,
                                    .run = items_read,
                                    .state = server};
    enum status status = batcher_start(ctx, &design, &server->readers);
    design.batch_most = 1;
    return status == STATUS_OK ? batcher_start(ctx, &design, &server->analysts) : status;
}
