/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rate_limit.h"

#include <assert.h>

#include "base/secret.h"
#include "base/siphash.h"

enum { PLACES_TRIED = 8, MINUTE_MS = 60000 };

/* What was taken and has not come back. One thing is MINUTE_MS parts, and per_minute parts come back in each millisecond, so that
 * whole numbers are exact. */
struct bucket {
    uint64_t name; /* 0 = free */
    uint64_t seen_ms;
    uint64_t missing; /* parts, as of seen_ms */
    uint64_t per_minute;
};

struct rate_limit {
    uint64_t key[2];
    uint32_t mask;
    struct bucket *buckets; /* [mask + 1] */
};

enum status rate_limit_create(struct ctx *ctx, uint32_t entries, struct rate_limit **out)
{
    assert(entries >= 16 && (entries & (entries - 1)) == 0);
    struct rate_limit *limit = arena_alloc(ctx->arena, sizeof *limit);
    struct bucket *buckets = arena_array(ctx->arena, entries, sizeof *buckets);
    if (limit == NULL || buckets == NULL)
        return ctx_no_memory(ctx);
    enum status status = secret_start(ctx);
    if (status != STATUS_OK)
        return status;
    limit->mask = entries - 1;
    limit->buckets = buckets;
    secret_bytes(limit->key, sizeof limit->key);
    *out = limit;
    return STATUS_OK;
}

static uint64_t missing_now(const struct bucket *bucket, uint64_t now_ms)
{
    uint64_t waited = now_ms > bucket->seen_ms ? now_ms - bucket->seen_ms : 0, back = 0;
    bool all = __builtin_mul_overflow(waited, bucket->per_minute, &back) || back >= bucket->missing;
    return all ? 0 : bucket->missing - back;
}

/* The bucket of a name, or the one that gives way to it: a free one, else the one that is fullest. */
static struct bucket *bucket_find(struct rate_limit *limit, uint64_t name, uint64_t now_ms)
{
    struct bucket *fullest = NULL;
    uint64_t least = UINT64_MAX;
    for (uint32_t i = 0; i < PLACES_TRIED; i++) {
        struct bucket *bucket = &limit->buckets[((uint32_t)name + i) & limit->mask];
        if (bucket->name == name)
            return bucket;
        uint64_t missing = bucket->name == 0 ? 0 : missing_now(bucket, now_ms);
        if (missing < least) {
            least = missing;
            fullest = bucket;
        }
    }
    return fullest;
}

static uint32_t rate_limit_ask(struct rate_limit *limit, const struct rate *rate, struct span name, uint64_t now_ms, bool take)
{
    if (rate->per_minute == 0)
        return 0;
    assert(rate->burst >= 1 && rate->burst <= UINT32_MAX && rate->per_minute <= UINT32_MAX);
    uint64_t hash = siphash(limit->key, name) ^ siphash(limit->key, (struct span){(const char *)&rate->kind, sizeof rate->kind});
    hash = hash == 0 ? 1 : hash;
    struct bucket *bucket = bucket_find(limit, hash, now_ms);
    uint64_t missing = bucket->name == hash ? missing_now(bucket, now_ms) : 0;
    uint64_t most = (rate->burst - 1) * MINUTE_MS;
    if (missing > most) {
        uint64_t per_second = rate->per_minute * 1000;
        return (uint32_t)((missing - most + per_second - 1) / per_second);
    }
    if (take)
        *bucket = (struct bucket){hash, now_ms, missing + MINUTE_MS, rate->per_minute};
    return 0;
}

uint32_t rate_limit_take(struct rate_limit *limit, const struct rate *rate, struct span name, uint64_t now_ms)
{
    return rate_limit_ask(limit, rate, name, now_ms, true);
}

uint32_t rate_limit_look(struct rate_limit *limit, const struct rate *rate, struct span name, uint64_t now_ms)
{
    return rate_limit_ask(limit, rate, name, now_ms, false);
}
