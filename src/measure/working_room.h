/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_WORKING_ROOM_H
#define GAPMETER_MEASURE_WORKING_ROOM_H

#include "model/measure.h"

/* Memory for the figures of one row or group, given back when they are known: a large study has many. Private to measure/. */

/* A context like ctx, with an arena of its own inside ctx's.
 * fails   STATUS_MEMORY */
enum status room_open(struct ctx *ctx, struct ctx *room) MUST_USE;

/* Gives the memory back; what went wrong in the room went wrong in ctx.
 * gives   status, as it was */
enum status room_close(struct ctx *ctx, struct ctx *room, enum status status) MUST_USE;

/* One group whose rows are being made. */
struct group_room {
    struct ctx *ctx;  /* of the rows */
    struct ctx *room; /* of what is given back after this group */
    const struct measuring *measuring;
    struct table *table;
    uint32_t group;   /* index into measuring->set->groups */
    const void *what; /* as it was given */
};

/* Makes the rows of every group of the set, each group in a room of its own, by all threads (measure/group_parts.h).
 * fails   as work; STATUS_MEMORY */
enum status group_rooms_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                             enum status (*work)(const struct group_room *at), const void *what) MUST_USE;

#endif
