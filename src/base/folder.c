/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/folder.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static enum status folder_refuse(struct ctx *ctx, const char *path, int reason)
{
    char shown[256];
    text_printable(span_of(path), shown, sizeof shown);
    if (reason == EACCES || reason == EPERM || reason == EROFS)
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "The folder %s may not be made here.", shown);
    if (reason == EEXIST || reason == ENOTDIR)
        return ctx_fail(ctx, STATUS_IO, NULL, "The folder %s cannot be made: a file of that name is in the way.", shown);
    const char *cause = strerrordesc_np(reason);
    return ctx_fail(ctx, STATUS_IO, NULL, "The folder %s could not be made: %s.", shown, cause != NULL ? cause : "unknown cause");
}

enum status folder_make(struct ctx *ctx, const char *path)
{
    char *partial = arena_copy(ctx->arena, span_of(path));
    if (!partial)
        return ctx_no_memory(ctx);
    size_t length = strlen(partial);
    for (size_t i = 1; i <= length; i++) {
        if (partial[i] != '/' && partial[i] != '\0')
            continue;
        char ended = partial[i];
        partial[i] = '\0';
        int reason = mkdir(partial, 0777) == 0 ? 0 : errno;
        if (reason && !is_folder(partial))
            return folder_refuse(ctx, partial, reason);
        partial[i] = ended;
    }
    return STATUS_OK;
}

bool path_exists(const char *path)
{
    return access(path, F_OK) == 0;
}
