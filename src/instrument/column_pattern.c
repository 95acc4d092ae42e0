/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/column_pattern.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"

/* What may stand in braces. */
enum { POSITION_LENGTH = 3, ID_LENGTH = 4 };

/* A short pattern makes thousands of headers, so each may be less long than one that is written out. */
enum { MADE_BYTES_MAX = 1024 };

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static enum status check_pattern(struct ctx *ctx, const struct json_node *node, const char *pattern)
{
    for (const char *at = strchr(pattern, '{'); at != NULL; at = strchr(at + 1, '{')) {
        if (begins_with(at, "{n}") || begins_with(at, "{id}"))
            continue;
        char shown[40];
        const char *end = strchr(at, '}');
        text_printable((struct span){at, end == NULL ? strlen(at) : (size_t)(end - at) + 1}, shown, sizeof shown);
        return json_fail(ctx, node,
                         "\"%s\" is not known in a pattern; accepted are {n}, the position of the item from 1, and {id}, its id. "
                         "Headers that hold braces can be named one by one: {\"q1\": \"…\"}.",
                         shown);
    }
    return STATUS_OK;
}

/* Writes the header of one thing; what does not fit is cut, and the length it would have is given. */
static size_t expand(const char *pattern, uint32_t position, const char *id, char *into, size_t size)
{
    size_t length = 0;
    char number[12];
    (void)snprintf(number, sizeof number, "%u", position);
    for (const char *at = pattern; *at != '\0';) {
        bool is_position = begins_with(at, "{n}"), is_id = begins_with(at, "{id}");
        const char *text = is_position ? number : is_id ? id : at;
        size_t piece = is_position || is_id ? strlen(text) : 1;
        if (length + piece < size)
            memcpy(into + length, text, piece);
        length += piece;
        at += is_position ? POSITION_LENGTH : is_id ? ID_LENGTH : 1;
    }
    into[length < size ? length : size - 1] = '\0';
    return length;
}

static enum status pattern_read(struct ctx *ctx, const struct json_node *node, struct name_list names, const char **headers)
{
    const char *pattern = NULL;
    char header[MADE_BYTES_MAX + 1];
    enum status status = json_read_text(ctx, node, &pattern);
    if (status == STATUS_OK)
        status = check_pattern(ctx, node, pattern);
    for (uint32_t i = 0; i < names.count && status == STATUS_OK; i++) {
        size_t length = expand(pattern, i + 1, names.at[i], header, sizeof header);
        if (length > MADE_BYTES_MAX)
            return json_fail(ctx, node, "The header of \"%.60s\" would have %zu bytes; at most %d are accepted.", names.at[i],
                             length, MADE_BYTES_MAX);
        headers[i] = arena_copy(ctx->arena, (struct span){header, length});
        if (headers[i] == NULL)
            return ctx_no_memory(ctx);
    }
    return status;
}

static bool is_known(struct json_members known, const char *key)
{
    for (size_t i = 0; i < known.count; i++) {
        if (strcmp(known.at[i].name, key) == 0)
            return true;
    }
    return strcmp(key, "note") == 0;
}

enum status column_members_read(struct ctx *ctx, const struct json_node *object, struct json_members known,
                                struct name_list names, const char *what, const char *const **out)
{
    const char *key = NULL;
    json_t *value = NULL;
    const char **headers = arena_array(ctx->arena, (size_t)names.count + 1, sizeof *headers);
    if (headers == NULL)
        return ctx_no_memory(ctx);
    *out = headers;
    json_object_foreach (object->value, key, value) {
        struct json_node child = {.value = value, .file = object->file, .parent = object, .key = key};
        if (is_known(known, key))
            continue;
        uint32_t index = name_list_find(names, key);
        if (index == UINT32_MAX)
            return json_fail_unknown(ctx, &child, key, what, names);
        if (json_is_null(value))
            continue;
        enum status status = json_read_text(ctx, &child, &headers[index]);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status column_headers_read(struct ctx *ctx, const struct json_node *node, struct name_list names, const char *what,
                                const char *const **out)
{
    if (json_is_object(node->value))
        return column_members_read(ctx, node, (struct json_members){NULL, 0}, names, what, out);
    const char **headers = arena_array(ctx->arena, (size_t)names.count + 1, sizeof *headers);
    if (headers == NULL)
        return ctx_no_memory(ctx);
    *out = headers;
    return pattern_read(ctx, node, names, headers);
}

static bool pattern_fits(const char *pattern, const char *const *headers, struct name_list names)
{
    char header[MADE_BYTES_MAX + 1];
    for (uint32_t i = 0; i < names.count; i++) {
        if (headers[i] == NULL || expand(pattern, i + 1, names.at[i], header, sizeof header) > MADE_BYTES_MAX ||
            strcmp(header, headers[i]) != 0)
            return false;
    }
    return true;
}

/* Tries each place where `text` stands in the first header; *found becomes the pattern that fits all, or stays NULL. */
static enum status try_each_place(struct ctx *ctx, const char *const *headers, struct name_list names, const char *text,
                                  const char *braces, const char **found)
{
    for (const char *at = strstr(headers[0], text); at != NULL && *found == NULL; at = strstr(at + 1, text)) {
        char pattern[MADE_BYTES_MAX + 16];
        int length = snprintf(pattern, sizeof pattern, "%.*s%s%s", (int)(at - headers[0]), headers[0], braces, at + strlen(text));
        if (length < 0 || (size_t)length >= sizeof pattern || !pattern_fits(pattern, headers, names))
            continue;
        *found = arena_copy(ctx->arena, span_of(pattern));
        if (*found == NULL)
            return ctx_no_memory(ctx);
    }
    return STATUS_OK;
}

enum status column_pattern_find(struct ctx *ctx, const char *const *headers, struct name_list names, const char **out)
{
    *out = NULL;
    /* One header with braces would be taken for a pattern itself. */
    if (names.count == 0 || headers[0] == NULL || strchr(headers[0], '{') != NULL)
        return STATUS_OK;
    enum status status = try_each_place(ctx, headers, names, "1", "{n}", out);
    if (status == STATUS_OK && *out == NULL)
        status = try_each_place(ctx, headers, names, names.at[0], "{id}", out);
    return status;
}
