/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_RATE_LIMIT_H
#define GAPMETER_BASE_RATE_LIMIT_H

#include "base/ctx.h"

/* Token buckets in a table of fixed size: each name may do `burst` things at once and `per_minute` in the long run. Belongs to
 * one thread. When the table is crowded, the bucket that is fullest gives way: a flood of names makes the limiter forget those who
 * were quiet, never those who are refused. */
struct rate_limit;

/* A table of buckets; names are known by a keyed hash only.
 * takes   entries  a power of two, at least 16
 * fails   STATUS_MEMORY */
enum status rate_limit_create(struct ctx *ctx, uint32_t entries, struct rate_limit **out) MUST_USE;

/* What one kind of name may do. Kinds do not share buckets. */
struct rate {
    uint32_t kind;
    uint64_t per_minute; /* 0: nothing is limited */
    uint64_t burst;
};

/* Takes one from the bucket of a name.
 * gives   0 when it was there; else after how many seconds there will be one, at least 1: nothing was taken
 * proof   tests/base/rate_limit_test.c */
uint32_t rate_limit_take(struct rate_limit *limit, const struct rate *rate, struct span name, uint64_t now_ms);

/* The same, looking only. */
uint32_t rate_limit_look(struct rate_limit *limit, const struct rate *rate, struct span name, uint64_t now_ms);

#endif
