/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/erasure_list.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/out.h"
#include "store/row_list.h"

/* A line: the study's id, a blank, the respondent's id. */
#define LINE_BYTES (2u * (UUID_TEXT_BYTES - 1u) + 2u)

static enum status erased_listed(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct erased *erased = row_list_add(ctx, state);
    if (!erased)
        return ctx_no_memory(ctx);
    row_uuid(row, 0, &erased->study);
    row_uuid(row, 1, &erased->respondent);
    return STATUS_OK;
}

enum status erasure_list_of(struct ctx *ctx, struct store_session *session, struct erased **out, size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    enum status status = store_query(ctx, session, "erasure_list", (struct store_values){NULL, 0}, erased_listed, &list);
    *out = (struct erased *)(void *)list.at;
    *count = list.count;
    return status;
}

static const char *erasure_file(struct ctx *ctx, const char *path)
{
    return arena_format(ctx->arena, "%s.erased", path);
}

/* The bytes of a small file, or an empty span when it is not there. */
static enum status bytes_read(struct ctx *ctx, const char *name, struct span *out)
{
    *out = (struct span){NULL, 0};
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno == ENOENT ? STATUS_OK : ctx_fail(ctx, STATUS_IO, NULL, "%s cannot be read.", name);
    off_t size = lseek(fd, 0, SEEK_END);
    char *bytes = size > 0 && size <= ERASURE_FILE_BYTES_MAX ? arena_alloc(ctx->arena, (size_t)size) : NULL;
    ssize_t got = bytes ? pread(fd, bytes, (size_t)size, 0) : 0;
    (void)close(fd);
    if (size < 0 || got != size)
        return ctx_fail(ctx, STATUS_IO, NULL, "%s cannot be read whole.", name);
    *out = (struct span){bytes, (size_t)got};
    return STATUS_OK;
}

enum status erasure_file_read(struct ctx *ctx, const char *path, struct erased **out, size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    const char *name = erasure_file(ctx, path);
    struct span bytes = {NULL, 0};
    enum status status = name ? bytes_read(ctx, name, &bytes) : ctx_no_memory(ctx);
    for (; !status && bytes.length > 0; bytes = (struct span){bytes.at + LINE_BYTES, bytes.length - LINE_BYTES}) {
        struct erased *erased = row_list_add(ctx, &list);
        if (!erased)
            return ctx_no_memory(ctx);
        if (bytes.length < LINE_BYTES || bytes.at[LINE_BYTES - 1u] != '\n' ||
            !uuid_parse((struct span){bytes.at, UUID_TEXT_BYTES - 1u}, &erased->study) ||
            !uuid_parse((struct span){bytes.at + UUID_TEXT_BYTES, UUID_TEXT_BYTES - 1u}, &erased->respondent))
            return ctx_fail(ctx, STATUS_DATA, NULL, "%s is damaged, line %zu: it lists who was erased, two ids on a line.", name,
                            list.count);
    }
    *out = (struct erased *)(void *)list.at;
    *count = list.count;
    return status;
}

enum status erasure_file_write(struct ctx *ctx, const char *path, const struct erased *list, size_t count)
{
    const char *name = erasure_file(ctx, path);
    struct out *out = NULL;
    enum status status = name ? out_open_file(ctx, name, &out) : ctx_no_memory(ctx);
    for (size_t i = 0; i < count && !status; i++) {
        char study[UUID_TEXT_BYTES], respondent[UUID_TEXT_BYTES];
        uuid_format(&list[i].study, study);
        uuid_format(&list[i].respondent, respondent);
        out_format(out, "%s %s\n", study, respondent);
    }
    return status ? status : out_close(ctx, out);
}
