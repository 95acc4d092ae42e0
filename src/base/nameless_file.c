/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/nameless_file.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { COPY_BYTES = 64 << 10 };

struct nameless_file {
    int fd;
    const char *path;
};

static void nameless_file_close(void *resource)
{
    struct nameless_file *file = resource;
    (void)close(file->fd);
}

static enum status fail_to(struct ctx *ctx, const char *what, int failure)
{
    if (failure == ENOMEM)
        return ctx_no_memory(ctx);
    const char *cause = strerrordesc_np(failure);
    return ctx_fail(ctx, STATUS_IO, NULL, "A file in memory could not be %s: %s.", what,
                    cause ? cause : "the system says no why");
}

enum status nameless_file_open(struct ctx *ctx, struct nameless_file **out)
{
    struct nameless_file *file = arena_alloc(ctx->arena, sizeof *file);
    if (!file)
        return ctx_no_memory(ctx);
    file->fd = memfd_create("gapmeter", MFD_CLOEXEC);
    if (file->fd < 0)
        return fail_to(ctx, "made", errno);
    if (arena_defer(ctx->arena, nameless_file_close, file) != STATUS_OK)
        return ctx_no_memory(ctx);
    file->path = arena_format(ctx->arena, "/proc/self/fd/%d", file->fd);
    *out = file;
    return file->path ? STATUS_OK : ctx_no_memory(ctx);
}

const char *nameless_file_path(const struct nameless_file *file)
{
    return file->path;
}

enum status nameless_file_copy(struct ctx *ctx, const struct nameless_file *file, struct out *out)
{
    char *bytes = arena_alloc(ctx->arena, COPY_BYTES);
    if (!bytes)
        return ctx_no_memory(ctx);
    off_t at = 0;
    for (;;) {
        ssize_t got = pread(file->fd, bytes, COPY_BYTES, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_to(ctx, "read", errno);
        if (got == 0)
            return STATUS_OK;
        out_write(out, bytes, (size_t)got);
        at += got;
    }
}
