/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json_file.h"

#include <errno.h>
#include <stdio.h>

#include "base/json_depth.h"
#include "base/limits.h"

static enum status bytes_read(struct ctx *ctx, FILE *file, const char *what, struct span *out)
{
    char *bytes = arena_alloc(ctx->arena, JSON_BYTES_MAX + 1);
    if (!bytes)
        return ctx_no_memory(ctx);
    size_t length = fread(bytes, 1, JSON_BYTES_MAX + 1, file);
    if (ferror(file))
        return ctx_fail(ctx, STATUS_IO, NULL, "%s could not be read to its end.", what);
    if (length > JSON_BYTES_MAX)
        return ctx_fail(ctx, STATUS_CONFIG, NULL, "%s is too large: %u MiB are accepted.", what, JSON_BYTES_MAX >> 20);
    *out = (struct span){bytes, length};
    return STATUS_OK;
}

enum status json_file_read(struct ctx *ctx, const char *path, const char *what, json_t **out)
{
    struct span text;
    size_t deep = 0;
    json_error_t error;
    struct place place = {.row = 0};
    (void)snprintf(place.file, sizeof place.file, "%s", path);
    FILE *file = fopen(path, "rbe");
    if (!file)
        return ctx_fail(ctx, errno == EACCES ? STATUS_PERMISSION : STATUS_NO_INPUT, &place, "%s cannot be opened.", what);
    enum status status = bytes_read(ctx, file, what, &text);
    (void)fclose(file);
    if (!status && !json_depth_fits(text, JSON_DEPTH_MAX, &deep))
        status = ctx_fail(ctx, STATUS_CONFIG, &place, "%s holds more than %u lists and objects within each other.", what,
                          JSON_DEPTH_MAX);
    if (status)
        return status;
    json_t *value = json_loadb(text.at, text.length, JSON_REJECT_DUPLICATES, &error);
    if (!value) {
        place.row = (uint64_t)(error.line > 0 ? error.line : 0);
        return ctx_fail(ctx, STATUS_CONFIG, &place, "%s is not JSON: %s.", what, error.text);
    }
    if (!json_is_object(value)) {
        json_decref(value);
        return ctx_fail(ctx, STATUS_CONFIG, &place, "%s is no JSON object: {…} is accepted.", what);
    }
    *out = value;
    return STATUS_OK;
}
