/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_MOMENT_LIST_H
#define GAPMETER_MODEL_MOMENT_LIST_H

#include <stdint.h>

#include "base/ctx.h"

#define MOMENT_NO_TIME INT64_MIN

/* One moment of a journey: what the customer met, when, and how it was rated. */
struct moment {
    uint32_t encounter;  /* the journey */
    uint32_t touchpoint; /* index into the names */
    int64_t time_ms;     /* since 1970-01-01T00:00; MOMENT_NO_TIME in a study without a time column */
    uint32_t order;      /* 0 in a study without an order column */
    uint16_t code;       /* on the scale of the ratings; 0: not rated */
};

/* Moments as they are collected, row by row. */
struct moment_list;

/* owns    ctx->arena, which must outlive moment_list_end */
enum status moment_list_create(struct ctx *ctx, struct moment_list **out) MUST_USE;

/* A number for the name of a touchpoint; moment_list_end changes it to the index.
 * fails   STATUS_DATA when TOUCHPOINTS_MAX is reached; STATUS_MEMORY */
enum status moment_list_touchpoint(struct ctx *ctx, struct moment_list *list, struct span name, uint32_t *out) MUST_USE;

/* Adds a moment; its touchpoint is the number that moment_list_touchpoint gave. */
enum status moment_list_add(struct ctx *ctx, struct moment_list *list, const struct moment *moment) MUST_USE;

/* All moments of all journeys, in order. */
struct moments {
    const struct moment *at; /* by encounter, time, order; only where these are equal as the rows stood in the file */
    uint64_t count;
    const uint64_t *starts;         /* [encounter_count + 1] the moments of encounter i are starts[i] … starts[i + 1] − 1 */
    const char *const *touchpoints; /* names, sorted bytewise */
    uint32_t touchpoint_count;
    uint64_t tied; /* moments that differ from the one before in touchpoint or rating, with the same time and order */
};

/* Sorts the moments and names the touchpoints.
 * takes   arena  where the result lives
 * cost    time n log n
 * proof   tests/model/moment_list_test.c */
enum status moment_list_end(struct ctx *ctx, struct moment_list *list, struct arena *arena, uint32_t encounter_count,
                            struct moments *out) MUST_USE;

#endif
