/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/desk_inside.h"

#include <assert.h>
#include <stdlib.h>
#include <time.h>

#include "app/form_shelf.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/secret.h"

static void desk_end(void *resource)
{
    desk_close(resource);
}

enum status desk_open(struct ctx *ctx, const char *path, enum desk_mode mode, const char *who, struct desk **out)
{
    struct desk *desk = arena_alloc(ctx->arena, sizeof *desk);
    if (desk == NULL)
        return ctx_no_memory(ctx);
    *desk = (struct desk){.arena = ctx->arena, .base_address = ""};
    enum status status = secret_start(ctx);
    if (status == STATUS_OK)
        status = form_shelf_make(ctx, desk);
    if (status == STATUS_OK)
        status = store_open(ctx, path, mode == DESK_WRITE ? STORE_WRITE : STORE_READ, who, &desk->store);
    if (status == STATUS_OK && arena_defer(ctx->arena, desk_end, desk) != STATUS_OK)
        status = ctx_no_memory(ctx);
    if (status == STATUS_OK)
        *out = desk;
    return status;
}

void desk_close(struct desk *desk)
{
    store_close(desk->store);
    desk->store = NULL;
}

enum status desk_read(struct ctx *ctx, struct desk *desk, desk_work *work, void *state)
{
    struct store_session *session = NULL;
    enum status status = store_read_begin(ctx, desk->store, &session);
    if (status != STATUS_OK)
        return status;
    status = work(ctx, desk, session, state);
    store_read_end(session);
    return status;
}

/* A job of the desk as the store runs it. */
struct passing {
    struct desk *desk;
    struct desk_job *job;
};

static enum status passing_run(struct ctx *ctx, struct store_session *session, void *state)
{
    const struct passing *passing = state;
    return passing->job->work(ctx, passing->desk, session, passing->job->state);
}

void desk_write_group(struct desk *desk, struct desk_job *jobs, size_t count)
{
    assert(count <= WRITE_GROUP_MAX);
    struct store_job passed[WRITE_GROUP_MAX];
    struct passing passing[WRITE_GROUP_MAX];
    for (size_t i = 0; i < count; i++) {
        passing[i] = (struct passing){desk, &jobs[i]};
        passed[i] = (struct store_job){.ctx = jobs[i].ctx, .work = passing_run, .state = &passing[i]};
    }
    store_write_group(desk->store, passed, count);
    for (size_t i = 0; i < count; i++)
        jobs[i].status = passed[i].status;
}

enum status desk_write(struct ctx *ctx, struct desk *desk, desk_work *work, void *state)
{
    struct desk_job job = {.ctx = ctx, .work = work, .state = state};
    desk_write_group(desk, &job, 1);
    return job.status;
}

void desk_set_base_address(struct desk *desk, const char *address)
{
    desk->base_address = address == NULL ? "" : address;
}

const char *desk_base_address(const struct desk *desk)
{
    return desk->base_address;
}

int64_t desk_now_ms(void)
{
    struct decimal said;
    const char *fixed = getenv("GAPMETER_NOW_MS");
    if (fixed != NULL && decimal_parse(span_of(fixed), '.', &said) && said.places == 0 && said.units >= 0)
        return said.units;
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
