/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/operation_door.h"

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/json_depth.h"
#include "base/limits.h"
#include "serve/route.h"

static const char not_understood[] = "The request was not understood.";

static bool refuse(struct exchange *exchange, const char *sentence)
{
    reply_problem(exchange, 400, not_understood, sentence);
    return false;
}

static const struct operation_field *field_named(const struct operation *operation, struct span name)
{
    for (const struct operation_field *field = operation->takes; field->name; field++) {
        if (span_is(name, field->name))
            return field;
    }
    return NULL;
}

/* Puts the {…} of the path into the object; the n-th brace has the n-th part. */
static bool parts_read(struct exchange *exchange, json_t *in)
{
    size_t count = 0;
    for (const char *at = strchr(exchange->route->path, '{'); at; at = strchr(at + 1, '{')) {
        const char *name = arena_copy(exchange->ctx.arena, (struct span){at + 1, strcspn(at + 1, "}")});
        const struct span part = exchange->parts[count++];
        if (!name || json_object_set_new(in, name, json_stringn(part.at, part.length)) != 0)
            return refuse(exchange, "The address holds a part that is no text.");
    }
    return true;
}

/* A value of the query, as the kind that its field has. */
static json_t *query_value(const struct operation_field *field, struct span text)
{
    struct decimal number;
    if (field->kind == FIELD_TEXT)
        return json_stringn(text.at, text.length);
    if (field->kind == FIELD_WHOLE && decimal_parse(text, '.', &number) && number.places == 0)
        return json_integer(number.units);
    if (field->kind == FIELD_TRUTH && (span_is(text, "true") || span_is(text, "false")))
        return json_boolean(span_is(text, "true"));
    return NULL;
}

static bool query_read(struct exchange *exchange, const struct operation *operation, json_t *in)
{
    for (size_t i = 0; i < exchange->query_count; i++) {
        const struct form_field *given = &exchange->query[i];
        const struct operation_field *field = field_named(operation, given->name);
        char name[80], sentence[200];
        text_printable(given->name, name, sizeof name);
        if (!field || json_object_get(in, field->name)) {
            (void)snprintf(sentence, sizeof sentence, "\"%s\" in the query is not known here, or is given twice.", name);
            return refuse(exchange, sentence);
        }
        json_t *value = query_value(field, given->value);
        if (!value) {
            (void)snprintf(sentence, sizeof sentence, "\"%s\" in the query has the wrong kind of value: %s belongs there.", name,
                           field_kind_name(field->kind));
            return refuse(exchange, sentence);
        }
        (void)json_object_set_new(in, field->name, value);
    }
    return true;
}

/* "application/json", with parameters or without. */
static bool type_is_json(const char *type)
{
    static const char json[] = "application/json";
    struct span given = span_of(type);
    given.length = type ? strcspn(type, ";") : 0;
    return span_equal_caseless(span_trim(given), span_of(json));
}

/* Reads the body, or says where it is no JSON. */
static json_t *body_parse(struct exchange *exchange)
{
    size_t deep = 0;
    json_error_t error;
    char sentence[320];
    if (!json_depth_fits(exchange->body, JSON_DEPTH_MAX, &deep)) {
        (void)snprintf(sentence, sizeof sentence,
                       "Byte %zu of the body: at most %u lists and objects may stand within each other.", deep + 1,
                       JSON_DEPTH_MAX);
        (void)refuse(exchange, sentence);
        return NULL;
    }
    json_t *body = json_loadb(exchange->body.at, exchange->body.length, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(body))
        return body;
    if (body)
        (void)snprintf(sentence, sizeof sentence, "The body is no JSON object: {…} is accepted.");
    else
        (void)snprintf(sentence, sizeof sentence, "The body is not JSON, line %d, column %d: %s.", error.line, error.column,
                       error.text);
    json_decref(body);
    (void)refuse(exchange, sentence);
    return NULL;
}

/* Adds the members of the body to those that the path gave. */
static bool body_read(struct exchange *exchange, json_t *in)
{
    const char *name = NULL;
    json_t *value = NULL;
    if (exchange->query_count > 0)
        return refuse(exchange, "Nothing is taken from the query here: members stand in the body.");
    if (exchange->body.length == 0)
        return true;
    if (!type_is_json(exchange->content_type)) {
        reply_problem(exchange, 415, "The body is of another kind.", "JSON is accepted: send Content-Type: application/json.");
        return false;
    }
    json_t *body = body_parse(exchange);
    if (!body)
        return false;
    json_object_foreach (body, name, value) {
        bool elsewhere = json_object_get(in, name) || strcmp(name, "idempotency_key") == 0;
        char sentence[200], shown[80];
        text_printable(span_of(name), shown, sizeof shown);
        if (elsewhere) {
            (void)snprintf(sentence, sizeof sentence, "\"%s\" is given by the address or a header, not in the body.", shown);
            json_decref(body);
            return refuse(exchange, sentence);
        }
        (void)json_object_set(in, name, value);
    }
    json_decref(body);
    return true;
}

static bool header_read(struct exchange *exchange, const struct operation *operation, json_t *in)
{
    if (!field_named(operation, span_of("idempotency_key")))
        return true;
    if (!exchange->idempotency_key)
        return refuse(exchange,
                      "The header Idempotency-Key is missing: send a new value, such as a UUID, with each answer, and the "
                      "same one when it is sent again.");
    return json_object_set_new(in, "idempotency_key", json_string(exchange->idempotency_key)) == 0 ||
           refuse(exchange, "The header Idempotency-Key is no text.");
}

bool operation_door_read(struct exchange *exchange, const struct operation *operation, json_t **in)
{
    bool by_query = exchange->route->method == METHOD_GET || exchange->route->method == METHOD_DELETE;
    *in = json_object();
    if (!*in)
        return refuse(exchange, "There is no memory for the request.");
    bool good = parts_read(exchange, *in) && (by_query ? query_read(exchange, operation, *in) : body_read(exchange, *in)) &&
                header_read(exchange, operation, *in);
    if (good && operation_check(&exchange->ctx, operation, *in) != STATUS_OK)
        good = refuse(exchange, NULL);
    if (good)
        return true;
    json_decref(*in);
    *in = NULL;
    return false;
}

/* RFC 9457, with what the operation says in detail as further members. */
static void details_reply(struct exchange *exchange, enum status status, json_t *details)
{
    bool conflict = json_is_true(json_object_get(details, "conflict"));
    int http_status = conflict ? 409 : status_http(status);
    char place[512];
    place_format(&exchange->ctx.error.place, place, sizeof place);
    const char *detail = arena_format(exchange->ctx.arena, "%s%s", place, exchange->ctx.error.sentence);
    json_t *problem = json_pack("{s:s,s:s,s:i,s:s,s:I}", "type", "about:blank", "title",
                                conflict ? "It was decided before." : status_sentence(status), "status", http_status, "detail",
                                detail ? detail : "", "request", (json_int_t)exchange->number);
    (void)json_object_del(details, "conflict");
    (void)json_object_update(problem, details);
    reply_json(exchange, http_status, problem);
    exchange->reply_type = "application/problem+json";
    json_decref(problem);
}

enum status operation_door_handle(struct exchange *exchange)
{
    struct ctx *ctx = &exchange->ctx;
    const struct operation *operation = operation_find(span_of(exchange->route->operation));
    json_t *in = NULL, *out = NULL;
    if (!operation)
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "The operation of this route does not exist.");
    if (!operation_door_read(exchange, operation, &in))
        return STATUS_OK;
    enum status status = operation_run(ctx, exchange->desk, exchange->session, operation, &exchange->caller, in, &out);
    json_decref(in);
    if (!status) {
        int done = exchange->route->done_status;
        reply_json(exchange, done ? done : 200, out);
    } else if (out) {
        details_reply(exchange, status, out);
        status = STATUS_OK;
    }
    json_decref(out);
    return status;
}
