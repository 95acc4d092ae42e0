/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/packing.h"

#include <string.h>

#include "app/live_answers.h"
#include "formats/packed_cache.h"
#include "formats/reading.h"
#include "instrument/study_file.h"

static bool ends_as_pack(const char *path)
{
    const size_t length = strlen(path), ending = strlen(PACKED_ENDING);
    return length > ending && strcmp(path + length - ending, PACKED_ENDING) == 0 && path[length - ending - 1] != '/';
}

enum status pack_make(struct ctx *ctx, const struct format_source *source, const char *study_path, const char *path,
                      struct problems *problems, struct pack_made *out)
{
    const struct study *study = NULL;
    struct packed_size size;
    if (source_is_live(source))
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "%s is a store of live studies, which is read as it is; packs are made of files.", source->path);
    if (path && !ends_as_pack(path))
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "The name of a pack ends with %s, so that it takes the place of nothing else; \"%s\" does not.",
                        PACKED_ENDING, path);
    out->path = path ? path : arena_format(ctx->arena, "%s%s", source->path, PACKED_ENDING);
    if (!out->path)
        return ctx_no_memory(ctx);
    enum status status = study_read_file(ctx, study_path, &study);
    if (!status)
        status = answers_pack(ctx, source, study, problems, out->path, &size);
    if (status)
        return status;
    out->encounters = size.encounters;
    out->file_bytes = size.file_bytes;
    out->row_bytes = size.row_bytes;
    return STATUS_OK;
}

enum status answers_read_with_cache(struct ctx *ctx, const struct format_source *source, const struct study *study,
                                    struct problems *problems, char *remark, const struct answers **out)
{
    struct packed_cache *cache = NULL;
    if (!remark)
        return answers_read(ctx, source, study, problems, out);
    remark[0] = '\0';
    if (strcmp(source->path, "-") == 0)
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "Standard input has no place for a cache beside it; give a file, or leave --cache out.");
    cache = arena_alloc(ctx->arena, sizeof *cache);
    if (!cache)
        return ctx_no_memory(ctx);
    enum status status = answers_read_cached(ctx, source, study, problems, cache, out);
    text_join((const char *const[]){cache->remark, NULL}, remark, CACHE_REMARK_BYTES);
    return status;
}
