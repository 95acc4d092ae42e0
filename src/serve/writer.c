/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>

#include "base/clock.h"
#include "serve/request.h"

static enum status writing_run(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    (void)ctx;
    (void)desk;
    struct request *request = state;
    request->handled = request_handle(request, session);
    return request->handled;
}

static unsigned size_class(size_t count)
{
    unsigned class = 0;
    for (size_t most = 1; most < count && class < GROUP_SIZES - 1; most *= 2)
        class ++;
    return class;
}

static void group_count(struct writing_figures *figures, size_t count, uint64_t us, bool failed)
{
    atomic_fetch_add(&figures->groups, 1);
    atomic_fetch_add(&figures->exchanges, count);
    atomic_fetch_add(&figures->failed_groups, failed ? 1 : 0);
    atomic_fetch_add(&figures->busy_us, us);
    atomic_fetch_add(&figures->by_size[size_class(count)], 1);
    /* One thread writes it. */
    if (us > atomic_load(&figures->longest_us))
        atomic_store(&figures->longest_us, us);
}

/* The handler was content and the transaction was not: whatever the reply said is not so. */
static void reply_withdraw(struct request *request, enum status status)
{
    struct exchange *exchange = &request->exchange;
    reply_failure(exchange, status);
    if (exchange->http_status == 503)
        return;
    reply_problem(exchange, 503, "The answer could not be stored.",
                  "The server could not store this, and nothing of it was kept. Please try again in a moment.");
    reply_header(exchange, "Retry-After", "5");
}

static void group_write(void *state, void *const *items, size_t count)
{
    struct server *server = state;
    struct desk_job jobs[WRITE_GROUP_MAX];
    assert(count <= WRITE_GROUP_MAX);
    uint64_t began_us = clock_monotonic_us();
    atomic_store(&server->writing.since_ms, began_us / 1000);
    for (size_t i = 0; i < count; i++) {
        struct request *request = items[i];
        jobs[i] = (struct desk_job){.ctx = &request->exchange.ctx, .work = writing_run, .state = request};
    }
    desk_write_group(server->desk, jobs, count);
    bool failed = false;
    for (size_t i = 0; i < count; i++) {
        struct request *request = items[i];
        bool lost = jobs[i].status != STATUS_OK && request->handled == STATUS_OK;
        if (lost)
            reply_withdraw(request, jobs[i].status);
        else if (jobs[i].status != STATUS_OK)
            reply_failure(&request->exchange, jobs[i].status);
        failed = failed || lost;
    }
    group_count(&server->writing, count, clock_monotonic_us() - began_us, failed);
    atomic_store(&server->writing.since_ms, 0);
    for (size_t i = 0; i < count; i++) {
        struct request *request = items[i];
        wire_resume(request->wire);
    }
}

enum status writer_start(struct ctx *ctx, struct server *server)
{
    const struct batcher_design design = {
        .threads = 1, .batch_most = WRITE_GROUP_MAX, .waiting_most = WRITES_WAITING_MAX, .run = group_write, .state = server};
    return batcher_start(ctx, &design, &server->writer);
}
