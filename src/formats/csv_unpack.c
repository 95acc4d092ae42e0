/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_unpack.h"

#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/limits.h"
#include "base/memory.h"

struct csv_unpack {
    enum csv_packing packing;
    const char *name;
    z_stream gzip;
    ZSTD_DCtx *zstd;
    bool whole; /* between two packed pieces */
    uint64_t in_bytes;
    uint64_t out_bytes;
};

enum csv_packing csv_packing_of(struct span beginning)
{
    if (beginning.length >= 2 && memcmp(beginning.at, "\x1F\x8B", 2) == 0)
        return CSV_PACKING_GZIP;
    if (beginning.length >= 4 && memcmp(beginning.at, "\x28\xB5\x2F\xFD", 4) == 0)
        return CSV_PACKING_ZSTD;
    return CSV_PACKING_NONE;
}

static void *gzip_alloc(void *nothing, unsigned count, unsigned size)
{
    size_t bytes;
    (void)nothing;
    return size_multiply(count, size, &bytes) ? memory_alloc(bytes) : NULL;
}

static void gzip_free(void *nothing, void *block)
{
    (void)nothing;
    memory_free(block);
}

static void unpack_close(void *resource)
{
    struct csv_unpack *unpack = resource;
    if (unpack->packing == CSV_PACKING_GZIP)
        (void)inflateEnd(&unpack->gzip);
    else
        (void)ZSTD_freeDCtx(unpack->zstd);
}

enum status csv_unpack_create(struct ctx *ctx, enum csv_packing packing, const char *name, struct csv_unpack **out)
{
    struct csv_unpack *unpack = arena_alloc(ctx->arena, sizeof *unpack);
    if (unpack == NULL)
        return ctx_no_memory(ctx);
    *unpack = (struct csv_unpack){.packing = packing, .name = name, .whole = true};
    unpack->gzip.zalloc = gzip_alloc;
    unpack->gzip.zfree = gzip_free;
    bool made;
    if (packing == CSV_PACKING_GZIP) {
        made = inflateInit2(&unpack->gzip, 16 + MAX_WBITS) == Z_OK;
    } else {
        unpack->zstd = ZSTD_createDCtx();
        made = unpack->zstd != NULL;
    }
    if (!made || arena_defer(ctx->arena, unpack_close, unpack) != STATUS_OK)
        return ctx_no_memory(ctx);
    *out = unpack;
    return STATUS_OK;
}

static enum status damaged(struct ctx *ctx, const struct csv_unpack *unpack)
{
    return ctx_fail(ctx, STATUS_DATA, NULL, "%s is damaged: it begins as a %s file but cannot be unpacked; make it anew.",
                    unpack->name, unpack->packing == CSV_PACKING_GZIP ? "gzip" : "zstd");
}

static enum status gzip_some(struct ctx *ctx, struct csv_unpack *unpack, struct span *from, struct span into, size_t *got)
{
    z_stream *gzip = &unpack->gzip;
    if (unpack->whole && unpack->in_bytes > 0 && inflateReset(gzip) != Z_OK)
        return damaged(ctx, unpack);
    unpack->whole = false;
    /* zlib reads through a pointer that it calls not const, and counts in 32 bits. */
    memcpy(&gzip->next_in, &from->at, sizeof gzip->next_in);
    memcpy(&gzip->next_out, &into.at, sizeof gzip->next_out);
    gzip->avail_in = from->length > UINT32_MAX ? UINT32_MAX : (unsigned)from->length;
    gzip->avail_out = into.length > UINT32_MAX ? UINT32_MAX : (unsigned)into.length;
    unsigned in = gzip->avail_in, room = gzip->avail_out;
    int result = inflate(gzip, Z_NO_FLUSH);
    if (result == Z_MEM_ERROR)
        return ctx_no_memory(ctx);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        return damaged(ctx, unpack);
    unpack->whole = result == Z_STREAM_END;
    unsigned used = in - gzip->avail_in;
    from->at += used;
    from->length -= used;
    *got = room - gzip->avail_out;
    unpack->in_bytes += used;
    return STATUS_OK;
}

static enum status zstd_some(struct ctx *ctx, struct csv_unpack *unpack, struct span *from, struct span into, size_t *got)
{
    ZSTD_inBuffer in = {from->at, from->length, 0};
    ZSTD_outBuffer plain = {NULL, into.length, 0};
    memcpy(&plain.dst, &into.at, sizeof plain.dst);
    size_t result = ZSTD_decompressStream(unpack->zstd, &plain, &in);
    if (ZSTD_isError(result))
        return ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation ? ctx_no_memory(ctx) : damaged(ctx, unpack);
    unpack->whole = result == 0;
    from->at += in.pos;
    from->length -= in.pos;
    *got = plain.pos;
    unpack->in_bytes += in.pos;
    return STATUS_OK;
}

enum status csv_unpack_some(struct ctx *ctx, struct csv_unpack *unpack, struct span *from, struct span into, size_t *got)
{
    bool is_gzip = unpack->packing == CSV_PACKING_GZIP;
    enum status status = is_gzip ? gzip_some(ctx, unpack, from, into, got) : zstd_some(ctx, unpack, from, into, got);
    if (status != STATUS_OK)
        return status;
    unpack->out_bytes += *got;
    if (unpack->out_bytes > UNPACKED_BYTES_FREE && unpack->out_bytes / UNPACKED_RATIO_MAX > unpack->in_bytes)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "%s unpacks to more than %u times its size, which answers do not; if it is right, unpack it yourself and "
                        "give the plain file.",
                        unpack->name, UNPACKED_RATIO_MAX);
    return STATUS_OK;
}

bool csv_unpack_is_whole(const struct csv_unpack *unpack)
{
    return unpack->whole;
}
