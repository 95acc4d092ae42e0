/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/working_room.h"

enum status room_open(struct ctx *ctx, struct ctx *room)
{
    *room = *ctx;
    return arena_create(ctx->arena, &room->arena) ? ctx_no_memory(ctx) : STATUS_OK;
}

enum status room_close(struct ctx *ctx, struct ctx *room, enum status status)
{
    if (status)
        ctx->error = room->error;
    arena_destroy(room->arena);
    return status;
}
