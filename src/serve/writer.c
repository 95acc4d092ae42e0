/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <semaphore.h>

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

/* Runs a group in one transaction. */
static void group_write(struct server *server, struct writing *const *group, size_t count)
{
    struct desk_job jobs[WRITE_GROUP_MAX];
    assert(count <= WRITE_GROUP_MAX);
    uint64_t began_us = clock_monotonic_us();
    for (size_t i = 0; i < count; i++) {
        struct writing *each = group[i];
        jobs[i] = each->request != NULL
                      ? (struct desk_job){.ctx = &each->request->exchange.ctx, .work = writing_run, .state = each->request}
                      : (struct desk_job){.ctx = each->ctx, .work = each->work, .state = each->work_state};
    }
    desk_write_group(server->desk, jobs, count);
    bool failed = false;
    for (size_t i = 0; i < count; i++) {
        struct request *request = group[i]->request;
        group[i]->status = jobs[i].status;
        if (request == NULL || jobs[i].status == STATUS_OK)
            continue;
        bool lost = request->handled == STATUS_OK;
        if (lost)
            reply_withdraw(request, jobs[i].status);
        else
            reply_failure(&request->exchange, jobs[i].status);
        failed = failed || lost;
    }
    group_count(&server->writing, count, clock_monotonic_us() - began_us, failed);
}

/* Lets go of items: they may be gone when this returns. */
static void writings_end(struct writing *const *items, size_t count)
{
    struct wire *wires[WRITE_GROUP_MAX];
    size_t wire_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i]->request != NULL)
            wires[wire_count++] = items[i]->request->wire;
        else
            (void)sem_post(items[i]->done);
    }
    wires_resume(wires, wire_count);
}

static void writings_run(void *state, void *const *items, size_t count)
{
    struct server *server = state;
    struct writing *group[WRITE_GROUP_MAX];
    size_t gathered = 0;
    atomic_store(&server->writing.since_ms, clock_monotonic_ms());
    for (size_t i = 0; i <= count; i++) {
        struct writing *each = i < count ? items[i] : NULL;
        if (each != NULL && each->alone == NULL) {
            group[gathered++] = each;
            continue;
        }
        if (gathered > 0)
            group_write(server, group, gathered);
        writings_end(group, gathered);
        gathered = 0;
        if (each != NULL) {
            each->status = each->alone(each->ctx, server->desk, each->work_state);
            writings_end(&each, 1);
        }
    }
    atomic_store(&server->writing.since_ms, 0);
}

bool writer_add(struct server *server, struct request *request)
{
    request->writing = (struct writing){.request = request};
    return batcher_add(server->writer, &request->writing);
}

/* Work that somebody waits for. */
struct awaited {
    struct writing writing;
    sem_t done;
};

/* Queues and waits. */
static enum status writing_wait(struct server *server, struct awaited *awaited)
{
    struct writing *writing = &awaited->writing;
    sem_t *done = &awaited->done;
    if (sem_init(done, 0, 0) != 0)
        return ctx_fail(writing->ctx, STATUS_UNAVAILABLE, NULL, "The system has no semaphore left.");
    writing->done = done;
    if (!batcher_add(server->writer, writing)) {
        (void)sem_destroy(done);
        return ctx_fail(writing->ctx, STATUS_UNAVAILABLE, NULL, "The server is busy or being stopped; try again in a moment.");
    }
    while (sem_wait(done) != 0) {
        /* A signal came: the work goes on, and so does the waiting. */
    }
    (void)sem_destroy(done);
    return writing->status;
}

enum status writer_write(void *server, struct ctx *ctx, desk_work *work, void *work_state)
{
    struct awaited awaited = {.writing = {.work = work, .ctx = ctx, .work_state = work_state}};
    return writing_wait(server, &awaited);
}

enum status writer_alone(void *server, struct ctx *ctx, enum status (*work)(struct ctx *ctx, struct desk *desk, void *state),
                         void *work_state)
{
    struct awaited awaited = {.writing = {.alone = work, .ctx = ctx, .work_state = work_state}};
    return writing_wait(server, &awaited);
}

enum status writer_start(struct ctx *ctx, struct server *server)
{
    const struct batcher_design design = {
        .threads = 1, .batch_most = WRITE_GROUP_MAX, .waiting_most = WRITES_WAITING_MAX, .run = writings_run, .state = server};
    return batcher_start(ctx, &design, &server->writer);
}
