/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/working_room.h"

enum status room_open(struct ctx *ctx, struct ctx *room)
{
    *room = *ctx;
    return arena_create(ctx->arena, &room->arena) ? ctx_no_memory(ctx) : STATUS_OK;
}

enum status room_close(struct ctx *ctx, struct ctx *room, enum status status)
{
    if (status && room->error.status)
        ctx->error = room->error;
    arena_destroy(room->arena);
    return status;
}

enum status group_rooms_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                             enum status (*work)(const struct group_room *at), const void *what)
{
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count && !status; g++) {
        struct ctx room;
        const struct group_room at = {
            .ctx = ctx, .room = &room, .measuring = measuring, .table = table, .group = g, .what = what};
        status = room_open(ctx, &room);
        if (!status)
            status = room_close(ctx, &room, work(&at));
    }
    return status;
}
