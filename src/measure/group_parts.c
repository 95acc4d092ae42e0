/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/group_parts.h"

#include <stdatomic.h>

#include "base/pool.h"
#include "base/progress.h"

/* Enough parts that threads end at the same time, and few enough that a part is worth its arena. */
enum { PARTS_MOST = 64 };

/* One part with the memory of its rows. */
struct made_part {
    struct ctx ctx;
    struct table table;
};

/* All of them. */
struct parts {
    struct ctx *ctx;
    const struct measuring *measuring;
    enum status (*make)(const struct group_part *part);
    const void *what;
    struct made_part *made; /* [count] */
    size_t count;
    atomic_size_t done;
};

/* The first group of a part. */
static uint32_t part_first(const struct parts *parts, size_t part)
{
    return (uint32_t)((uint64_t)parts->measuring->set->group_count * part / parts->count);
}

/* One part on one thread.
 * fails   as make */
static enum status part_make(void *state, size_t chunk, unsigned worker)
{
    struct parts *parts = state;
    struct made_part *made = &parts->made[chunk];
    const struct group_part part = {.ctx = &made->ctx,
                                    .measuring = parts->measuring,
                                    .table = &made->table,
                                    .first = part_first(parts, chunk),
                                    .end = part_first(parts, chunk + 1),
                                    .what = parts->what};
    enum status status = parts->make(&part);
    size_t done = atomic_fetch_add(&parts->done, 1) + 1;
    if (worker == 0)
        progress_update(parts->ctx->progress, done);
    return status;
}

/* An arena for each part, which ends with that of the table. */
static enum status parts_open(struct ctx *ctx, const struct table *table, struct parts *parts)
{
    parts->made = arena_array(ctx->arena, parts->count, sizeof *parts->made);
    if (!parts->made)
        return ctx_no_memory(ctx);
    for (size_t p = 0; p < parts->count; p++) {
        struct made_part *made = &parts->made[p];
        made->ctx = (struct ctx){.cancel = ctx->cancel};
        if (arena_create_apart(ctx->arena, &made->ctx.arena))
            return ctx_no_memory(ctx);
        made->table = *table;
        made->table.notes = NULL;
        made->table.note_count = made->table.note_capacity = 0;
        made->table.rows = NULL;
        made->table.row_capacity = 0;
    }
    return STATUS_OK;
}

/* Puts the parts together; the error of the first that failed says more than its status. */
static enum status parts_join(struct ctx *ctx, struct parts *parts, struct table *table, enum status status)
{
    for (size_t p = 0; p < parts->count; p++) {
        const struct made_part *made = &parts->made[p];
        if (status && made->ctx.error.status == status) {
            ctx->error = made->ctx.error;
            return status;
        }
        if (!status)
            status = table_take(ctx, table, &made->table);
    }
    return status;
}

enum status group_parts_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                             enum status (*make)(const struct group_part *part), const void *what)
{
    uint32_t groups = measuring->set->group_count;
    struct parts parts = {.ctx = ctx, .measuring = measuring, .make = make, .what = what};
    parts.count = groups < PARTS_MOST ? groups : PARTS_MOST;
    if (pool_workers(ctx, parts.count) < 2 || table->row_count)
        return make(
            &(struct group_part){.ctx = ctx, .measuring = measuring, .table = table, .first = 0, .end = groups, .what = what});
    enum status status = parts_open(ctx, table, &parts);
    if (status)
        return status;
    progress_begin(ctx->progress, table->measure->title, parts.count);
    status = pool_run(ctx, parts.count, part_make, &parts);
    progress_end(ctx->progress);
    return parts_join(ctx, &parts, table, status);
}
