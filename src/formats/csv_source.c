/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/progress.h"
#include "base/work_count.h"
#include "formats/csv_unpack.h"

enum { PACKED_BYTES = 1 << 16, MAGIC_BYTES = 4 };

struct csv_source {
    const char *name;
    int descriptor; /* -1: from memory */
    bool owned;     /* the descriptor is ours to close */
    bool repeatable;
    struct span memory; /* what is left of the bytes in memory */
    struct span whole;  /* all of them */
    uint64_t size_bytes;
    size_t block_bytes;
    uint64_t raw_bytes;        /* read so far, for progress */
    char magic[MAGIC_BYTES];   /* the beginning, read ahead */
    struct span ahead;         /* what of it was not handed out yet */
    struct csv_unpack *unpack; /* NULL: plain */
    char *packed;              /* room for packed bytes */
    struct span packed_left;
    bool packed_ended;
};

static void source_close(void *resource)
{
    struct csv_source *source = resource;
    if (source->owned)
        (void)close(source->descriptor);
}

static enum status cannot_open(struct ctx *ctx, const char *name, int number)
{
    if (number == ENOENT || number == ENOTDIR)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL,
                        "%s was not found; give the path of a file of answers, or - for standard input.", name);
    if (number == EISDIR)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "%s is a folder; give the path of a file of answers in it.", name);
    if (number == EACCES || number == EPERM)
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "%s may not be read: permission was refused.", name);
    char reason[128];
    return ctx_fail(ctx, STATUS_IO, NULL, "%s could not be read: %s.", name, strerror_r(number, reason, sizeof reason));
}

static enum status open_descriptor(struct ctx *ctx, struct csv_source *source, const char *path)
{
    struct stat state;
    if (strcmp(path, "-") == 0) {
        source->name = "standard input";
        source->descriptor = STDIN_FILENO;
    } else {
        source->descriptor = open(path, O_RDONLY | O_CLOEXEC);
        if (source->descriptor < 0)
            return cannot_open(ctx, path, errno);
        source->owned = true;
    }
    if (fstat(source->descriptor, &state) != 0)
        return cannot_open(ctx, source->name, errno);
    if (S_ISDIR(state.st_mode))
        return cannot_open(ctx, source->name, EISDIR);
    source->repeatable = source->owned && S_ISREG(state.st_mode);
    work_add(WORK_ANSWER_FILES, 1);
    source->size_bytes = state.st_size > 0 ? (uint64_t)state.st_size : 0;
    progress_begin(ctx->progress, "reading", source->repeatable && state.st_size > 0 ? (uint64_t)state.st_size : 0);
    return STATUS_OK;
}

/* Bytes as they stand in the file. */
static enum status raw_read(struct ctx *ctx, struct csv_source *source, char *into, size_t size, size_t *got)
{
    if (source->block_bytes > 0 && size > source->block_bytes)
        size = source->block_bytes;
    if (source->ahead.length > 0) {
        *got = source->ahead.length < size ? source->ahead.length : size;
        memcpy(into, source->ahead.at, *got);
        source->ahead = (struct span){source->ahead.at + *got, source->ahead.length - *got};
        return STATUS_OK;
    }
    if (source->descriptor < 0) {
        *got = source->memory.length < size ? source->memory.length : size;
        if (*got > 0)
            memcpy(into, source->memory.at, *got);
        source->memory = (struct span){source->memory.at + *got, source->memory.length - *got};
        return STATUS_OK;
    }
    ssize_t count;
    do {
        enum status status = ctx_cancelled(ctx);
        if (status != STATUS_OK)
            return status;
        count = read(source->descriptor, into, size);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return cannot_open(ctx, source->name, errno);
    *got = (size_t)count;
    source->raw_bytes += *got;
    work_add(WORK_ANSWER_BYTES, *got);
    progress_update(ctx->progress, source->raw_bytes);
    return STATUS_OK;
}

/* Looks at the beginning, and prepares to unpack when it is packed. */
static enum status look_ahead(struct ctx *ctx, struct csv_source *source)
{
    size_t held = 0;
    for (size_t got = 1; held < MAGIC_BYTES && got > 0; held += got) {
        enum status status = raw_read(ctx, source, source->magic + held, MAGIC_BYTES - held, &got);
        if (status != STATUS_OK)
            return status;
    }
    source->ahead = (struct span){source->magic, held};
    enum csv_packing packing = csv_packing_of(source->ahead);
    if (packing == CSV_PACKING_NONE)
        return STATUS_OK;
    source->packed = arena_alloc(ctx->arena, PACKED_BYTES);
    if (source->packed == NULL)
        return ctx_no_memory(ctx);
    return csv_unpack_create(ctx, packing, source->name, &source->unpack);
}

enum status csv_source_open(struct ctx *ctx, const struct csv_opening *opening, struct csv_source **out)
{
    struct csv_source *source = arena_alloc(ctx->arena, sizeof *source);
    if (source == NULL)
        return ctx_no_memory(ctx);
    *source = (struct csv_source){.name = opening->path, .descriptor = -1, .block_bytes = opening->block_bytes};
    enum status status = STATUS_OK;
    if (opening->bytes != NULL) {
        source->memory = source->whole = *opening->bytes;
        source->size_bytes = source->whole.length;
        source->repeatable = true;
    } else {
        status = open_descriptor(ctx, source, opening->path);
        if (arena_defer(ctx->arena, source_close, source) != STATUS_OK)
            return ctx_no_memory(ctx);
    }
    if (status == STATUS_OK)
        status = look_ahead(ctx, source);
    if (status == STATUS_OK)
        *out = source;
    return status;
}

static enum status unpacked_read(struct ctx *ctx, struct csv_source *source, char *into, size_t size, size_t *got)
{
    *got = 0;
    while (*got == 0) {
        if (source->packed_left.length == 0 && !source->packed_ended) {
            size_t count;
            enum status status = raw_read(ctx, source, source->packed, PACKED_BYTES, &count);
            if (status != STATUS_OK)
                return status;
            source->packed_left = (struct span){source->packed, count};
            source->packed_ended = count == 0;
        }
        bool ended = source->packed_ended;
        if (ended && csv_unpack_is_whole(source->unpack))
            return STATUS_OK;
        enum status status = csv_unpack_some(ctx, source->unpack, &source->packed_left, (struct span){into, size}, got);
        if (status != STATUS_OK)
            return status;
        if (ended && *got == 0 && !csv_unpack_is_whole(source->unpack))
            return ctx_fail(ctx, STATUS_DATA, NULL, "%s is cut short: the packed file ends before its text does; copy it anew.",
                            source->name);
    }
    return STATUS_OK;
}

enum status csv_source_read(struct ctx *ctx, struct csv_source *source, char *into, size_t size, size_t *got)
{
    if (source->block_bytes > 0 && size > source->block_bytes)
        size = source->block_bytes;
    return source->unpack == NULL ? raw_read(ctx, source, into, size, got) : unpacked_read(ctx, source, into, size, got);
}

enum status csv_source_fill(struct ctx *ctx, struct csv_source *source, char *into, size_t size, size_t *got)
{
    *got = 0;
    for (size_t count = 1; count > 0 && *got < size; *got += count) {
        enum status status = csv_source_read(ctx, source, into + *got, size - *got, &count);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

bool csv_source_is_direct(const struct csv_source *source)
{
    return source->repeatable && source->unpack == NULL;
}

uint64_t csv_source_size(const struct csv_source *source)
{
    return source->size_bytes;
}

int csv_source_read_at(const struct csv_source *source, uint64_t offset, char *into, size_t size, size_t *got)
{
    *got = 0;
    if (source->descriptor < 0) {
        const size_t left = offset < source->whole.length ? source->whole.length - (size_t)offset : 0;
        *got = left < size ? left : size;
        if (*got > 0)
            memcpy(into, source->whole.at + offset, *got);
        return 0;
    }
    while (*got < size) {
        ssize_t count = pread(source->descriptor, into + *got, size - *got, (off_t)(offset + *got));
        if (count < 0 && errno != EINTR)
            return errno;
        if (count == 0)
            break;
        *got += count > 0 ? (size_t)count : 0;
    }
    work_add(WORK_ANSWER_BYTES, *got);
    return 0;
}

enum status csv_source_failed(struct ctx *ctx, const struct csv_source *source, int number)
{
    return cannot_open(ctx, source->name, number);
}

enum status csv_source_seek(struct ctx *ctx, struct csv_source *source, uint64_t offset)
{
    source->ahead = (struct span){NULL, 0};
    source->raw_bytes = offset;
    if (source->descriptor >= 0)
        return lseek(source->descriptor, (off_t)offset, SEEK_SET) < 0 ? cannot_open(ctx, source->name, errno) : STATUS_OK;
    const size_t skipped = offset < source->whole.length ? (size_t)offset : source->whole.length;
    source->memory = (struct span){source->whole.at + skipped, source->whole.length - skipped};
    return STATUS_OK;
}

const char *csv_source_name(const struct csv_source *source)
{
    return source->name;
}

bool csv_source_is_repeatable(const struct csv_source *source)
{
    return source->repeatable;
}
