/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_wire.h"

#include <stdio.h>
#include <string.h>

#include "app/json_out.h"
#include "base/limits.h"
#include "base/out.h"

static const char *const status_names[STATUS_COUNT] = {
#define STATUS(symbol, exit_code, http_status, sentence) [STATUS_##symbol] = #symbol,
#include "base/status.def"
#undef STATUS
};

static enum status value_dump(struct ctx *ctx, const json_t *value, struct span *into)
{
    struct out *out = NULL;
    enum status status = out_open_memory(ctx, &out);
    if (status)
        return status;
    if (!json_write_out(out, value, JSON_COMPACT))
        return ctx_no_memory(ctx);
    status = out_close(ctx, out);
    *into = out_bytes(out);
    return status;
}

enum status wire_request_write(struct ctx *ctx, const char *operation, const json_t *in, struct span *out)
{
    json_t *in_copy = json_deep_copy(in);
    json_t *request = json_pack("{s:s,s:o}", "operation", operation, "in", in_copy);
    enum status status = value_dump(ctx, request, out);
    json_decref(request);
    return status;
}

enum status wire_reply_write(struct ctx *ctx, enum status status, const json_t *value, struct span *out)
{
    const struct error *error = &ctx->error;
    json_t *reply;
    if (status) {
        char sentence[sizeof error->sentence];
        text_printable(span_of(error->sentence[0] ? error->sentence : status_sentence(status)), sentence, sizeof sentence);
        reply = json_pack("{s:s,s:s,s:s,s:I,s:s,s:s}", "status", status_names[status], "sentence", sentence, "file",
                          error->place.file, "row", (json_int_t)error->place.row, "column", error->place.column, "path",
                          error->place.path);
    } else {
        reply = json_pack("{s:O}", "out", json_looked_at(value));
    }
    status = value_dump(ctx, reply, out);
    json_decref(reply);
    return status;
}

enum status wire_request_read(struct ctx *ctx, struct span bytes, const struct operation **operation, json_t **in)
{
    json_error_t error;
    json_t *request = json_loadb(bytes.at, bytes.length, JSON_REJECT_DUPLICATES, &error);
    const char *name = json_string_value(json_object_get(request, "operation"));
    json_t *object = json_object_get(request, "in");
    enum status status = STATUS_OK;
    *operation = name ? operation_find(span_of(name)) : NULL;
    if (!name || !json_is_object(object))
        status = ctx_fail(ctx, STATUS_INVALID, NULL, "The server was asked something that is no request of gapmeter.");
    else if (!*operation)
        status = ctx_fail(ctx, STATUS_NO_INPUT, NULL,
                          "The server knows no operation \"%.60s\"; is it of another version than this command?", name);
    else
        *in = json_incref(object);
    json_decref(request);
    return status;
}

static enum status status_of_name(const char *name)
{
    for (unsigned i = 1; name && i < STATUS_COUNT; i++) {
        if (strcmp(status_names[i], name) == 0)
            return (enum status)i;
    }
    return STATUS_FAILURE;
}

static void field_copy(const json_t *reply, const char *name, char *into, size_t size)
{
    const char *text = json_string_value(json_object_get(reply, name));
    (void)snprintf(into, size, "%s", text ? text : "");
}

enum status wire_reply_read(struct ctx *ctx, struct span bytes, json_t **out)
{
    json_error_t error;
    json_t *reply = json_loadb(bytes.at, bytes.length, JSON_REJECT_DUPLICATES, &error);
    const char *sentence = json_string_value(json_object_get(reply, "sentence"));
    json_t *value = json_object_get(reply, "out");
    enum status status = STATUS_OK;
    if (sentence) {
        struct place place = {.row = (uint64_t)json_integer_value(json_object_get(reply, "row"))};
        field_copy(reply, "file", place.file, sizeof place.file);
        field_copy(reply, "column", place.column, sizeof place.column);
        field_copy(reply, "path", place.path, sizeof place.path);
        status = ctx_fail(ctx, status_of_name(json_string_value(json_object_get(reply, "status"))), &place, "%s", sentence);
    } else if (!json_is_object(value)) {
        status = ctx_fail(ctx, STATUS_IO, NULL, "The server answered something that is no reply of gapmeter.");
    } else {
        *out = json_incref(value);
    }
    json_decref(reply);
    return status;
}
