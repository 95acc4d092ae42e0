/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_cache.h"

#include <stdio.h>
#include <string.h>

#include "formats/packed_read.h"
#include "formats/reading.h"

static bool is_pack(const char *path)
{
    return strcmp(answers_format(path)->name, "packed") == 0;
}

enum status answers_pack(struct ctx *ctx, const struct format_source *source, const struct study *study,
                         struct problems *problems, const char *path, struct packed_size *out)
{
    struct packed_origin origin;
    const struct answers *answers = NULL;
    if (strcmp(source->path, "-") != 0 && is_pack(source->path))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "%s is a pack already; give the file of answers that it was made of.",
                        source->path);
    enum status status = packed_origin_begin(ctx, source, path, &origin);
    if (status == STATUS_OK)
        status = answers_read(ctx, source, study, problems, &answers);
    if (status == STATUS_OK)
        status = packed_origin_end(ctx, &origin);
    return status == STATUS_OK ? packed_write(ctx, answers, &origin, path, out) : status;
}

/* Takes the answers from the cache; what is wrong with it is no failure.
 * gives   *out  NULL when it is not taken */
static enum status cache_take(struct ctx *ctx, const struct packed_request *request, const struct study *study,
                              enum packed_age *age, const struct answers **out)
{
    struct arena *const outer = ctx->arena;
    struct arena *own;
    if (arena_create(outer, &own) != STATUS_OK)
        return ctx_no_memory(ctx);
    ctx->arena = own;
    enum status status = packed_read(ctx, request, study, age, out);
    ctx->arena = outer;
    /* Answers that are taken live in an arena of their own, as long as the outer one. */
    if (status == STATUS_OK)
        return status;
    arena_destroy(own);
    if (status == STATUS_MEMORY || status == STATUS_CANCELLED)
        return status;
    ctx->error = (struct error){.status = STATUS_OK};
    return STATUS_OK;
}

/* Whether a cache comes about is no matter of the analysis, which says why not and goes on. */
static enum status without_cache(struct ctx *ctx, enum status status, struct packed_cache *cache)
{
    if (status == STATUS_OK || status == STATUS_CANCELLED)
        return status;
    (void)snprintf(cache->remark, sizeof cache->remark, "No cache was made, so the next analysis reads the answers again. %s",
                   ctx->error.sentence);
    ctx->error = (struct error){.status = STATUS_OK};
    return STATUS_OK;
}

/* Makes the cache of answers that were read. */
static enum status cache_make(struct ctx *ctx, const struct answers *answers, struct packed_origin *origin, const char *path,
                              struct packed_cache *cache)
{
    struct packed_size size;
    enum status status = packed_origin_end(ctx, origin);
    if (status == STATUS_OK)
        status = packed_write(ctx, answers, origin, path, &size);
    cache->made = status == STATUS_OK;
    return without_cache(ctx, status, cache);
}

enum status answers_read_cached(struct ctx *ctx, const struct format_source *source, const struct study *study,
                                struct problems *problems, struct packed_cache *cache, const struct answers **out)
{
    struct packed_origin made_of, origin;
    enum packed_age age = PACKED_STALE;
    *cache = (struct packed_cache){.taken = false};
    *out = NULL;
    if (strcmp(source->path, "-") == 0 || is_pack(source->path))
        return answers_read(ctx, source, study, problems, out);
    const char *path = arena_format(ctx->arena, "%s%s", source->path, PACKED_ENDING);
    if (path == NULL)
        return ctx_no_memory(ctx);
    const struct packed_request request = {.path = path, .source = source, .made_of = &made_of};
    enum status status = cache_take(ctx, &request, study, &age, out);
    cache->taken = *out != NULL;
    if (status != STATUS_OK || (cache->taken && age == PACKED_FRESH))
        return status;
    status = packed_origin_begin(ctx, source, path, &origin);
    const bool suits = status == STATUS_OK && !(cache->taken && packed_origin_is_doubtful(&origin));
    status = without_cache(ctx, status, cache);
    if (suits && cache->taken)
        packed_origin_hold(&origin, &made_of);
    if (status == STATUS_OK && !cache->taken)
        status = answers_read(ctx, source, study, problems, out);
    return status == STATUS_OK && suits ? cache_make(ctx, *out, &origin, path, cache) : status;
}
