/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/operator_socket.h"

#include "app/operation_wire.h"
#include "base/local_socket.h"

struct operator_socket {
    const struct operator_host *host;
    struct local_listener *listener;
};

/* One request on its way to the writer. */
struct operator_work {
    const struct operation *operation;
    const json_t *in;
    json_t **out;
};

static enum status work_in_session(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    const struct operator_work *work = state;
    const struct caller caller = {.kind = CALLER_OPERATOR};
    return operation_run(ctx, desk, session, work->operation, &caller, work->in, work->out);
}

static enum status work_alone(struct ctx *ctx, struct desk *desk, void *state)
{
    const struct operator_work *work = state;
    return operation_run_alone(ctx, desk, work->operation, work->in, work->out);
}

static enum status work_run(struct ctx *ctx, const struct operator_host *host, struct operator_work *work)
{
    if (work->operation->run_alone)
        return host->alone(host->state, ctx, work_alone, work);
    if (work->operation->writes)
        return host->write(host->state, ctx, work_in_session, work);
    return desk_read(ctx, host->desk, work_in_session, work);
}

static enum status request_answer(void *state, struct ctx *ctx, struct span request, struct span *reply)
{
    const struct operator_socket *socket = state;
    struct operator_work work = {.operation = NULL};
    json_t *in = NULL, *out = NULL;
    enum status status = wire_request_read(ctx, request, &work.operation, &in);
    work.in = in;
    work.out = &out;
    if (!status)
        status = work_run(ctx, socket->host, &work);
    status = wire_reply_write(ctx, status, out, reply);
    json_decref(in);
    json_decref(out);
    return status;
}

enum status operator_socket_start(struct ctx *ctx, const struct operator_host *host, const char *store_path,
                                  struct operator_socket **out)
{
    struct operator_socket *socket = arena_alloc(ctx->arena, sizeof *socket);
    const char *path = arena_format(ctx->arena, "%s.sock", store_path);
    if (!socket || !path)
        return ctx_no_memory(ctx);
    socket->host = host;
    enum status status = local_listener_start(ctx, path, request_answer, socket, &socket->listener);
    if (!status)
        *out = socket;
    return status;
}

void operator_socket_stop(struct operator_socket *socket)
{
    local_listener_stop(socket->listener);
}
