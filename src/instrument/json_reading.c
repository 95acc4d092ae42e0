/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/json_reading.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <threads.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/memory.h"

/* jansson reports some failed allocations as bad syntax; this tells them apart. */
static _Thread_local bool memory_refused;

static void *house_alloc(size_t size_bytes)
{
    void *block = memory_alloc(size_bytes);
    if (block == NULL)
        memory_refused = true;
    return block;
}

static void set_house_memory(void)
{
    json_set_alloc_funcs(house_alloc, memory_free);
}

void json_use_house_memory(void)
{
    static once_flag once = ONCE_FLAG_INIT;
    call_once(&once, set_house_memory);
}

static void release_value(void *value)
{
    json_decref(value);
}

static enum status fail_at_line(struct ctx *ctx, const char *name, int line, int column, const char *what)
{
    struct place place = {.row = line > 0 ? (uint64_t)line : 0};
    (void)snprintf(place.file, sizeof place.file, "%s", name);
    if (column > 0)
        (void)snprintf(place.column, sizeof place.column, "%d", column);
    return ctx_fail(ctx, STATUS_CONFIG, &place, "This is not well-formed JSON: %s.", what);
}

/* Counts open brackets outside of texts, so that what the parser is given nests no deeper than the limit. */
static enum status check_depth(struct ctx *ctx, struct span text, const char *name)
{
    unsigned depth = 0;
    int line = 1;
    bool in_text = false;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        if (byte == '\n')
            line++;
        if (in_text && byte == '\\')
            i++;
        else if (byte == '"')
            in_text = !in_text;
        else if (!in_text && (byte == '[' || byte == '{'))
            depth++;
        else if (!in_text && (byte == ']' || byte == '}') && depth > 0)
            depth--;
        if (depth > JSON_DEPTH_MAX)
            return fail_at_line(ctx, name, line, 0, "lists and objects stand more than 32 deep within each other");
    }
    return STATUS_OK;
}

enum status json_open_text(struct ctx *ctx, struct arena *arena, struct span text, const char *name, struct json_node *out)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    if (text.length >= 3 && memcmp(text.at, byte_order_mark, 3) == 0)
        text = (struct span){text.at + 3, text.length - 3};
    if (text.length > JSON_BYTES_MAX) {
        struct place place = {.row = 0};
        (void)snprintf(place.file, sizeof place.file, "%s", name);
        return ctx_fail(ctx, STATUS_CONFIG, &place, "The file is larger than %u MB, the most that is read of a JSON file.",
                        JSON_BYTES_MAX >> 20);
    }
    enum status status = check_depth(ctx, text, name);
    if (status != STATUS_OK)
        return status;
    json_use_house_memory();
    memory_refused = false;
    json_error_t error = {.line = 0};
    json_t *value = json_loadb(text.length == 0 ? "" : text.at, text.length, JSON_REJECT_DUPLICATES, &error);
    if (memory_refused) {
        json_decref(value);
        return ctx_no_memory(ctx);
    }
    if (value == NULL) {
        char what[200];
        text_printable(span_of(error.text), what, sizeof what);
        return fail_at_line(ctx, name, error.line, error.column, what);
    }
    *out = (struct json_node){.value = value, .file = name};
    return arena_defer(arena, release_value, value) == STATUS_OK ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status fail_to_open(struct ctx *ctx, const char *path, const char *what, int error)
{
    struct place place = {.row = 0};
    (void)snprintf(place.file, sizeof place.file, "%s", path);
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return ctx_fail(ctx, STATUS_NO_INPUT, &place, "%s of this name is not there.", what);
    case EACCES:
    case EPERM:
        return ctx_fail(ctx, STATUS_PERMISSION, &place, "%s was to be read here, but permission was refused.", what);
    case EISDIR:
        return ctx_fail(ctx, STATUS_NO_INPUT, &place, "%s was to be read here, but this is a folder.", what);
    default:
        return ctx_fail(ctx, STATUS_IO, &place, "%s could not be read (error %d).", what, error);
    }
}

/* Reads at most one byte above the limit, so that json_open_text sees what is too large. Pipes have no size beforehand.
 * gives   0, or what errno said */
static int read_all(struct arena *arena, int file, struct span *out)
{
    size_t capacity = 1u << 16, length = 0;
    char *bytes = arena_alloc(arena, capacity);
    while (bytes != NULL && length <= JSON_BYTES_MAX) {
        if (length == capacity) {
            char *larger = arena_alloc(arena, capacity * 2);
            if (larger == NULL)
                return ENOMEM;
            memcpy(larger, bytes, length);
            bytes = larger;
            capacity *= 2;
        }
        ssize_t got = read(file, bytes + length, capacity - length);
        if (got < 0 && errno != EINTR)
            return errno;
        if (got == 0)
            break;
        length += got > 0 ? (size_t)got : 0;
    }
    *out = (struct span){bytes, length};
    return bytes == NULL ? ENOMEM : 0;
}

enum status json_open_file(struct ctx *ctx, struct arena *arena, const char *path, const char *what, struct json_node *out)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail_to_open(ctx, path, what, errno);
    struct stat state;
    struct span text = {NULL, 0};
    int error = 0;
    if (fstat(file, &state) != 0)
        error = errno;
    else if (S_ISDIR(state.st_mode))
        error = EISDIR;
    else
        error = read_all(arena, file, &text);
    (void)close(file);
    if (error == ENOMEM)
        return ctx_no_memory(ctx);
    if (error != 0)
        return fail_to_open(ctx, path, what, error);
    return json_open_text(ctx, arena, text, path, out);
}

bool json_member_at(const struct json_node *object, const char *key, struct json_node *out)
{
    json_t *value = json_object_get(object->value, key);
    if (value == NULL || json_is_null(value))
        return false;
    *out = (struct json_node){.value = value, .file = object->file, .parent = object, .key = key};
    return true;
}

struct json_node json_element_at(const struct json_node *list, size_t index)
{
    return (struct json_node){.value = json_array_get(list->value, index), .file = list->file, .parent = list, .index = index};
}

/* Writes text before what stands in the buffer from *start on, and leaves room for "…" before that; false when it does not fit.
 */
static bool put_before(char *into, size_t *start, const char *text)
{
    size_t length = strlen(text);
    if (length + sizeof "…" - 1 > *start)
        return false;
    *start -= length;
    memcpy(into + *start, text, length);
    return true;
}

void json_path_format(const struct json_node *node, char *into, size_t size)
{
    size_t start = size - 1;
    bool whole = true;
    into[start] = '\0';
    for (; node->parent != NULL && whole; node = node->parent) {
        char part[128], key[112];
        if (node->key == NULL) {
            (void)snprintf(part, sizeof part, "[%zu]", node->index);
        } else {
            text_printable(span_of(node->key), key, sizeof key);
            (void)snprintf(part, sizeof part, ".%s", key);
        }
        whole = put_before(into, &start, part);
    }
    const char *beginning = whole ? "$" : "…";
    start -= strlen(beginning);
    memcpy(into + start, beginning, strlen(beginning));
    memmove(into, into + start, size - start);
}

void json_value_format(const struct json_node *node, char *into, size_t size)
{
    char text[128];
    switch (json_typeof(node->value)) {
    case JSON_STRING:
        text_printable(span_of(json_string_value(node->value)), text, size - 3 < sizeof text ? size - 3 : sizeof text);
        (void)snprintf(into, size, "\"%s\"", text);
        break;
    case JSON_INTEGER:
        (void)snprintf(into, size, "%" JSON_INTEGER_FORMAT, json_integer_value(node->value));
        break;
    case JSON_REAL:
        (void)snprintf(into, size, "%.15g", json_real_value(node->value));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        (void)snprintf(into, size, "%s", json_is_null(node->value) ? "null" : json_is_true(node->value) ? "true" : "false");
        break;
    case JSON_OBJECT:
    case JSON_ARRAY:
        (void)snprintf(into, size, "%s", json_is_array(node->value) ? "a list" : "an object");
        break;
    }
}

enum status json_fail(struct ctx *ctx, const struct json_node *node, const char *format, ...)
{
    struct place place = {.row = 0};
    /* More than the error holds, so that ctx_fail cuts what is too long, and does so between letters. */
    char sentence[sizeof ctx->error.sentence + 64];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    (void)snprintf(place.file, sizeof place.file, "%s", node->file);
    json_path_format(node, place.path, sizeof place.path);
    return ctx_fail(ctx, STATUS_CONFIG, &place, "%s", sentence);
}
