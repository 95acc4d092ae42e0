/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/work_count.h"

enum { SHOWN_BYTES = 192 };

enum status packed_file_failed(struct ctx *ctx, const char *name, int number)
{
    char reason[128];
    if (number == ENOENT || number == ENOTDIR)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "%s was not found; give the path of a file of answers.", name);
    if (number == EISDIR)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "%s is a folder; give the path of a file of answers in it.", name);
    if (number == EACCES || number == EPERM)
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "%s may not be read: permission was refused.", name);
    return ctx_fail(ctx, STATUS_IO, NULL, "%s could not be read: %s.", name, strerror_r(number, reason, sizeof reason));
}

static void file_close(void *resource)
{
    const struct packed_file *file = resource;
    (void)close(file->descriptor);
}

enum status packed_file_open(struct ctx *ctx, const char *path, struct packed_file *out)
{
    struct stat state;
    struct packed_file *kept = arena_alloc(ctx->arena, sizeof *kept);
    char *shown = arena_alloc(ctx->arena, SHOWN_BYTES);
    if (kept == NULL || shown == NULL)
        return ctx_no_memory(ctx);
    text_printable(span_of(path), shown, SHOWN_BYTES);
    /* A pipe would be waited for. */
    *kept = (struct packed_file){.name = shown, .descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (kept->descriptor < 0)
        return packed_file_failed(ctx, shown, errno);
    if (arena_defer(ctx->arena, file_close, kept) != STATUS_OK)
        return ctx_no_memory(ctx);
    if (fstat(kept->descriptor, &state) != 0)
        return packed_file_failed(ctx, shown, errno);
    if (S_ISDIR(state.st_mode))
        return packed_file_failed(ctx, shown, EISDIR);
    kept->size = S_ISREG(state.st_mode) ? (uint64_t)state.st_size : 0;
    *out = *kept;
    return STATUS_OK;
}

/* Bytes of memory in the place of a file. */
static ssize_t memory_read(struct span memory, uint64_t offset, const struct packed_rooms *rooms)
{
    size_t read = 0;
    for (int i = 0; i < 2 && offset + read < memory.length; i++) {
        size_t left = memory.length - (size_t)offset - read;
        size_t length = rooms->bytes[i] < left ? rooms->bytes[i] : left;
        if (length > 0)
            memcpy(rooms->at[i], memory.at + offset + read, length);
        read += length;
    }
    return (ssize_t)read;
}

/* What of a room is not filled yet; one without bytes may be NULL. */
static struct iovec room_from(const struct packed_rooms *rooms, int room, size_t filled)
{
    const size_t left = rooms->bytes[room] - filled;
    return (struct iovec){left == 0 ? NULL : (char *)rooms->at[room] + filled, left};
}

ssize_t packed_file_read(const struct packed_file *file, uint64_t offset, const struct packed_rooms *rooms)
{
    const size_t first = rooms->bytes[0], whole = first + rooms->bytes[1];
    if (file->descriptor < 0)
        return memory_read(file->memory, offset, rooms);
    size_t read = 0;
    while (read < whole) {
        const size_t in_first = read < first ? read : first, in_second = read - in_first;
        const struct iovec left[2] = {room_from(rooms, 0, in_first), room_from(rooms, 1, in_second)};
        ssize_t got = preadv(file->descriptor, left, 2, (off_t)(offset + read));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        read += (size_t)got;
    }
    work_add(WORK_ANSWER_BYTES, read);
    return (ssize_t)read;
}
