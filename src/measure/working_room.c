/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/working_room.h"

#include "measure/group_parts.h"

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

/* What each group is made by. */
struct room_work {
    enum status (*work)(const struct group_room *at);
    const void *what;
};

/* The groups of one part, each in a room of its own. */
static enum status rooms_make(const struct group_part *part)
{
    const struct room_work *rooms = part->what;
    enum status status = STATUS_OK;
    for (uint32_t g = part->first; g < part->end && !status; g++) {
        struct ctx room;
        const struct group_room at = {
            .ctx = part->ctx, .room = &room, .measuring = part->measuring, .table = part->table, .group = g, .what = rooms->what};
        status = room_open(part->ctx, &room);
        if (!status)
            status = room_close(part->ctx, &room, rooms->work(&at));
    }
    return status;
}

enum status group_rooms_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                             enum status (*work)(const struct group_room *at), const void *what)
{
    return group_parts_each(ctx, measuring, table, rooms_make, &(struct room_work){.work = work, .what = what});
}
