/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions: reading sessions of one moment, and groups that share one fsync. */
#include <assert.h>
#include <time.h>

#include "base/secret.h"
#include "store/erasure.h"
#include "store/store_inside.h"

/* A session that nobody has, preferring one whose connection is open. */
static struct store_session *session_take(struct store *store)
{
    struct store_session *free_one = NULL;
    mutex_lock(store->mutex);
    for (size_t i = 0; i < SESSIONS_MAX; i++) {
        struct store_session *session = &store->reading[i];
        if (!session->taken && (!free_one || (!free_one->connection && session->connection)))
            free_one = session;
    }
    if (free_one)
        free_one->taken = true;
    mutex_unlock(store->mutex);
    return free_one;
}

static void session_give_back(struct store_session *session)
{
    mutex_lock(session->store->mutex);
    session->taken = false;
    mutex_unlock(session->store->mutex);
}

enum status store_read_begin(struct ctx *ctx, struct store *store, struct store_session **out)
{
    struct store_session *session = session_take(store);
    if (!session)
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "%u readers are at work, as many as may be; try again in a moment.",
                        SESSIONS_MAX);
    session->store = store;
    enum status status = STATUS_OK;
    if (!session->connection)
        status = store->driver->open(ctx, store->path, false, &store->statements, &session->connection);
    if (!status)
        status = store->driver->begin(ctx, session->connection);
    if (status)
        session_give_back(session);
    else
        *out = session;
    return status;
}

void store_read_end(struct store_session *session)
{
    if (!session)
        return;
    session->store->driver->rollback(session->connection);
    session_give_back(session);
}

static uint64_t microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

/* A random order, so that the place of a row tells nothing of when its job came. */
static void order_make(uint32_t *order, size_t count)
{
    uint32_t chance[GROUP_JOBS_MAX];
    /* One call for all. That 2^32 is no multiple of i + 1 favours a place by less than one in a million. */
    secret_bytes(chance, count * sizeof *chance);
    for (size_t i = 0; i < count; i++) {
        uint32_t other = (uint32_t)((uint64_t)chance[i] * (i + 1u) >> 32);
        order[i] = order[other];
        order[other] = (uint32_t)i;
    }
}

/* What was acknowledged by its work fails with the transaction that it stood in. */
static void jobs_fail(struct store_job *jobs, const uint32_t *order, size_t count, const struct ctx *why)
{
    for (size_t i = 0; i < count; i++) {
        struct store_job *job = &jobs[order[i]];
        if (job->status == STATUS_OK) {
            job->status = why->error.status;
            job->ctx->error = why->error;
        }
    }
}

/* The transaction is gone, and with it what all jobs wrote: keeps why. */
static bool transaction_lost(struct ctx *group, const struct store *store, const struct error *why)
{
    group->error = *why;
    if (!why->status)
        group->error.status =
            ctx_fail(group, STATUS_IO, NULL, "%s: a failure undid the transaction; nothing of it was stored.", store->path);
    return false;
}

/* One job within its savepoint.
 * gives   false when the whole transaction is lost; group->error says why */
static bool job_run(struct ctx *group, struct store *store, struct store_job *job)
{
    const struct driver *driver = store->driver;
    struct connection *connection = store->writing.connection;
    struct ctx ending = {.arena = job->ctx->arena};
    job->status = driver->savepoint(job->ctx, connection);
    if (job->status)
        return driver->in_transaction(connection) || transaction_lost(group, store, &job->ctx->error);
    job->status = job->work(job->ctx, &store->writing, job->state);
    if (!driver->in_transaction(connection))
        return transaction_lost(group, store, &job->ctx->error);
    /* A savepoint that does not end would let half a job be committed. */
    if (driver->release(&ending, connection, job->status == STATUS_OK))
        return transaction_lost(group, store, &ending.error);
    return true;
}

static void figures_count(struct store *store, size_t jobs, uint64_t took_us, bool failed)
{
    mutex_lock(store->mutex);
    struct store_figures *figures = &store->figures;
    figures->groups++;
    figures->jobs += failed ? 0 : jobs;
    figures->failed_groups += failed;
    figures->longest_commit_us = took_us > figures->longest_commit_us ? took_us : figures->longest_commit_us;
    mutex_unlock(store->mutex);
}

/* After a failed fsync nobody knows what the system still holds of the log: the next group begins with a new connection. The old
 * one is kept until the new one stands beside it. Were it closed first, opening would read the log anew and could find there
 * the very transaction that was reported as failed. */
static enum status writer_renew(struct ctx *ctx, struct store *store)
{
    struct connection *fresh = NULL;
    enum status status = store->driver->open(ctx, store->path, true, &store->statements, &fresh);
    if (!status)
        status = store->driver->begin(ctx, fresh);
    if (status) {
        store->driver->close(fresh);
        return status;
    }
    store->driver->close(store->writing.connection);
    store->writing.connection = fresh;
    store->distrusted = false;
    return STATUS_OK;
}

static enum status group_begin(struct ctx *ctx, struct store *store)
{
    return store->distrusted ? writer_renew(ctx, store) : store->driver->begin(ctx, store->writing.connection);
}

static void group_run(struct ctx *ctx, struct store *store, struct store_job *jobs, const uint32_t *order, size_t count)
{
    size_t done = 0;
    bool whole = true;
    while (done < count && whole)
        whole = job_run(ctx, store, &jobs[order[done++]]);
    uint64_t began = microseconds();
    enum status status = whole ? store->driver->commit(ctx, store->writing.connection) : ctx->error.status;
    if (status) {
        jobs_fail(jobs, order, count, ctx);
        store->driver->rollback(store->writing.connection);
        /* A full or busy disk refused to take something; every other failure may have lost what it took. */
        store->distrusted = status != STATUS_UNAVAILABLE;
    }
    figures_count(store, count, microseconds() - began, status != STATUS_OK);
}

void store_write_group(struct store *store, struct store_job *jobs, size_t count)
{
    uint32_t order[GROUP_JOBS_MAX];
    bool alone = !atomic_exchange(&store->in_group, true);
    assert(alone && count <= GROUP_JOBS_MAX && store->lock);
    (void)alone;
    order_make(order, count);
    for (size_t i = 0; i < count; i++)
        jobs[i].status = STATUS_OK;
    struct ctx ctx = {.arena = store->arena};
    if (count > 0) {
        if (group_begin(&ctx, store)) {
            jobs_fail(jobs, order, count, &ctx);
            figures_count(store, 0, 0, true);
        } else {
            group_run(&ctx, store, jobs, order, count);
        }
    }
    atomic_store(&store->in_group, false);
}

enum status store_write(struct ctx *ctx, struct store *store,
                        enum status (*work)(struct ctx *ctx, struct store_session *session, void *state), void *state)
{
    struct store_job job = {.ctx = ctx, .work = work, .state = state};
    store_write_group(store, &job, 1);
    return job.status;
}

void store_traces_leave(struct store_session *session, enum store_traces traces)
{
    /* Written by the one writing thread alone. */
    if (atomic_load(&session->store->traces) < (int)traces)
        atomic_store(&session->store->traces, (int)traces);
}

bool store_has_traces(const struct store *store)
{
    return atomic_load(&store->traces) != TRACES_NONE;
}

enum status store_traces_clear(struct ctx *ctx, struct store *store)
{
    assert(!atomic_load(&store->in_group) && store->lock);
    if (atomic_load(&store->traces) == TRACES_OF_PAGES)
        return store_scrub(ctx, store);
    if (!store_has_traces(store))
        return STATUS_OK;
    enum status status = store->driver->fold(ctx, store->writing.connection, false);
    if (!status)
        atomic_store(&store->traces, TRACES_NONE);
    return status;
}

void store_figures_take(struct store *store, struct store_figures *out)
{
    mutex_lock(store->mutex);
    *out = store->figures;
    store->figures = (struct store_figures){0};
    mutex_unlock(store->mutex);
}
