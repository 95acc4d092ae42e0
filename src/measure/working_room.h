/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_WORKING_ROOM_H
#define GAPMETER_MEASURE_WORKING_ROOM_H

#include "base/ctx.h"

/* Memory for the figures of one row or group, given back when they are known: a large study has many. Private to measure/. */

/* A context like ctx, with an arena of its own inside ctx's.
 * fails   STATUS_MEMORY */
enum status room_open(struct ctx *ctx, struct ctx *room) MUST_USE;

/* Gives the memory back; what went wrong in the room went wrong in ctx.
 * gives   status, as it was */
enum status room_close(struct ctx *ctx, struct ctx *room, enum status status) MUST_USE;

#endif
