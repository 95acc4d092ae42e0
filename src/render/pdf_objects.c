/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_objects.h"

#include <stdlib.h>
#include <string.h>

#define ENTRY_BYTES 20u /* "0000000015 00000 n \n" */

/* Where a text stands last; the length when it does not. */
static size_t find_last(struct span bytes, const char *text)
{
    size_t length = strlen(text);
    for (size_t at = bytes.length >= length ? bytes.length - length + 1 : 0; at > 0; at--) {
        if (memcmp(bytes.at + at - 1, text, length) == 0)
            return at - 1;
    }
    return bytes.length;
}

static struct span span_from(struct span bytes, size_t at)
{
    at = at < bytes.length ? at : bytes.length;
    return (struct span){.at = bytes.at + at, .length = bytes.length - at};
}

/* Reads digits, after white space, and moves behind them.
 * gives   false when there are none, or more than twelve */
static bool number_read(struct span *bytes, size_t *number)
{
    size_t digits = 0;
    *number = 0;
    while (bytes->length && (*bytes->at == ' ' || *bytes->at == '\n' || *bytes->at == '\r'))
        *bytes = span_from(*bytes, 1);
    for (; bytes->length && *bytes->at >= '0' && *bytes->at <= '9' && digits < 13; digits++) {
        *number = *number * 10 + (size_t)(*bytes->at - '0');
        *bytes = span_from(*bytes, 1);
    }
    return digits > 0 && digits < 13;
}

static bool text_skip(struct span *bytes, const char *text)
{
    size_t length = strlen(text);
    while (bytes->length && (*bytes->at == ' ' || *bytes->at == '\n' || *bytes->at == '\r'))
        *bytes = span_from(*bytes, 1);
    if (bytes->length < length || memcmp(bytes->at, text, length) != 0)
        return false;
    *bytes = span_from(*bytes, length);
    return true;
}

/* The number behind a name of the trailer: "/Root 12 0 R". */
static bool trailer_number(struct span trailer, const char *name, uint32_t *out)
{
    size_t number = 0;
    struct span rest = span_from(trailer, find_last(trailer, name));
    bool good = text_skip(&rest, name) && number_read(&rest, &number) && number < UINT32_MAX;
    *out = (uint32_t)number;
    return good;
}

static int by_offset(const void *a, const void *b)
{
    size_t x = ((const struct pdf_object *)a)->offset, y = ((const struct pdf_object *)b)->offset;
    return (x > y) - (x < y);
}

/* Takes an object apart: from its offset to where the next one begins. */
static bool object_read(struct span file, struct pdf_object *object, size_t end)
{
    struct span rest = span_from(file, object->offset);
    size_t number = 0, generation = 0;
    if (object->offset >= end || end > file.length)
        return false;
    rest.length = end - object->offset;
    if (!number_read(&rest, &number) || !number_read(&rest, &generation) || !text_skip(&rest, "obj"))
        return false;
    size_t length = find_last(rest, "endobj");
    if (number != object->number || length == rest.length)
        return false;
    object->body = span_trim((struct span){.at = rest.at, .length = length});
    object->stream = object->body.length > 9 && memcmp(object->body.at + object->body.length - 9, "endstream", 9) == 0;
    return true;
}

/* The entries of the table, those of objects in use. */
static bool entries_read(struct span table, struct pdf_objects *objects)
{
    for (uint32_t number = 1; number < objects->size; number++) {
        struct span entry = span_from(table, (size_t)number * ENTRY_BYTES);
        size_t offset = 0, generation = 0;
        if (entry.length < ENTRY_BYTES || !number_read(&entry, &offset) || !number_read(&entry, &generation))
            return false;
        if (text_skip(&entry, "n"))
            objects->objects[objects->count++] = (struct pdf_object){.number = number, .offset = offset};
    }
    return objects->count > 0;
}

static enum status file_refuse(struct ctx *ctx)
{
    return ctx_fail(ctx, STATUS_FAILURE, NULL,
                    "The PDF that cairo wrote could not be read back; cairo 1.16 writes one that can.");
}

enum status pdf_objects_find(struct ctx *ctx, struct span file, struct pdf_objects *out)
{
    struct span start = span_from(file, find_last(file, "startxref")), table = {NULL, 0};
    struct span trailer = span_from(file, find_last(file, "trailer"));
    size_t at = 0, first = 0, size = 0;
    *out = (struct pdf_objects){.count = 0};
    if (!text_skip(&start, "startxref") || !number_read(&start, &at) || at >= file.length)
        return file_refuse(ctx);
    table = span_from(file, at);
    if (!text_skip(&table, "xref") || !number_read(&table, &first) || !number_read(&table, &size) || first ||
        !text_skip(&table, "") || size > table.length / ENTRY_BYTES)
        return file_refuse(ctx);
    out->size = (uint32_t)size;
    out->objects = arena_array(ctx->arena, size + 1, sizeof *out->objects);
    if (!out->objects)
        return ctx_no_memory(ctx);
    if (!trailer_number(trailer, "/Root", &out->root) || !trailer_number(trailer, "/Info", &out->info) ||
        !entries_read(table, out))
        return file_refuse(ctx);
    qsort(out->objects, out->count, sizeof *out->objects, by_offset);
    for (uint32_t i = 0; i < out->count; i++) {
        if (!object_read(file, &out->objects[i], i + 1 < out->count ? out->objects[i + 1].offset : at))
            return file_refuse(ctx);
    }
    out->header = (struct span){.at = file.at, .length = out->objects[0].offset};
    return STATUS_OK;
}
