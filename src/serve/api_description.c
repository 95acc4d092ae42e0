/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/api_description.h"

#include <string.h>

#include "base/limits.h"
#include "serve/route.h"
#include "serve/router.h"

static json_t *example_value(const char *text)
{
    json_error_t error;
    return text ? json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error) : NULL;
}

static const char *kind_type(enum field_kind kind)
{
    static const char *const types[] = {"string", "integer", "boolean", "object", "array", "number"};
    return types[kind];
}

/* A member that need not be given may be null where it is given back. */
static json_t *field_schema(const struct operation_field *field, bool nullable)
{
    json_t *schema = json_object();
    json_t *type = nullable ? json_pack("[ss]", kind_type(field->kind), "null") : json_string(kind_type(field->kind));
    json_t *example = example_value(field->example);
    (void)json_object_set_new(schema, "type", type);
    (void)json_object_set_new(schema, "description", json_string(field->meaning));
    if (field->kind == FIELD_LIST)
        (void)json_object_set_new(schema, "items", json_object());
    if (example)
        (void)json_object_set_new(schema, "examples", json_pack("[o]", example));
    return schema;
}

static bool in_path(const struct route *route, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strchr(route->path, '{'); at; at = strchr(at + 1, '{')) {
        if (strncmp(at + 1, name, length) == 0 && at[1 + length] == '}')
            return true;
    }
    return false;
}

static bool by_query(const struct route *route)
{
    return route->method == METHOD_GET || route->method == METHOD_DELETE;
}

static bool in_header(const char *name)
{
    return strcmp(name, "idempotency_key") == 0;
}

static json_t *object_schema(void)
{
    return json_pack("{s:s,s:o,s:b}", "type", "object", "properties", json_object(), "additionalProperties", 0);
}

/* What stands in the body: what neither the path nor a header gives. */
static json_t *takes_schema(const struct operation *operation, const struct route *route)
{
    json_t *schema = object_schema(), *required = json_array();
    for (const struct operation_field *field = operation->takes; field->name; field++) {
        if (in_path(route, field->name) || in_header(field->name))
            continue;
        (void)json_object_set_new(json_object_get(schema, "properties"), field->name, field_schema(field, false));
        if (field->required)
            (void)json_array_append_new(required, json_string(field->name));
    }
    if (json_array_size(required) > 0)
        (void)json_object_set(schema, "required", required);
    json_decref(required);
    return schema;
}

static json_t *gives_schema(const struct operation *operation)
{
    json_t *schema = object_schema(), *required = json_array();
    for (const struct operation_field *field = operation->gives; field->name; field++) {
        (void)json_object_set_new(json_object_get(schema, "properties"), field->name, field_schema(field, !field->required));
        if (field->required)
            (void)json_array_append_new(required, json_string(field->name));
    }
    (void)json_object_set_new(schema, "required", required);
    return schema;
}

static json_t *parameter(const char *name, const char *where, bool required, const char *meaning, json_t *schema)
{
    return json_pack("{s:s,s:s,s:b,s:s,s:o}", "name", name, "in", where, "required", required, "description", meaning, "schema",
                     schema);
}

static const struct operation_field *taken_field(const struct operation *operation, const char *name)
{
    for (const struct operation_field *field = operation ? operation->takes : NULL; field && field->name; field++) {
        if (strcmp(field->name, name) == 0)
            return field;
    }
    return NULL;
}

static void path_parameters(struct ctx *ctx, const struct route *route, const struct operation *operation, json_t *list)
{
    for (const char *at = strchr(route->path, '{'); at; at = strchr(at + 1, '{')) {
        const char *name = arena_copy(ctx->arena, (struct span){at + 1, strcspn(at + 1, "}")});
        const struct operation_field *field = name ? taken_field(operation, name) : NULL;
        const char *meaning =
            field                                  ? field->meaning
            : name && strcmp(name, "study") == 0   ? "The study's name."
            : name && strcmp(name, "measure") == 0 ? "The measure's name, as `gapmeter measures` lists them."
            : name && strcmp(name, "report") == 0
                ? "report.html, report.pdf, report.xlsx, report.json or report.md; report.svg or report.png of one chart."
                : "A part of the address.";
        json_t *schema = field ? field_schema(field, false) : json_pack("{s:s}", "type", "string");
        if (name)
            (void)json_array_append_new(list, parameter(name, "path", true, meaning, schema));
        else
            json_decref(schema);
    }
}

/* A word that may come several times is sent as so many parameters of its name. */
static void query_parameters(const struct route *route, json_t *list)
{
    for (const struct query_word *word = route->query; word && word->name; word++) {
        json_t *schema = json_pack("{s:s}", "type", word->type);
        if (word->repeats)
            schema = json_pack("{s:s,s:o}", "type", "array", "items", schema);
        json_t *value = parameter(word->name, "query", false, word->meaning, schema);
        bool text = strcmp(word->type, "string") == 0;
        json_t *example = text ? json_string(word->example) : json_loads(word->example, JSON_DECODE_ANY, NULL);
        (void)json_object_set_new(value, "example", word->repeats ? json_pack("[o]", example) : example);
        (void)json_array_append_new(list, value);
    }
}

static json_t *route_parameters(struct ctx *ctx, const struct route *route, const struct operation *operation)
{
    json_t *list = json_array();
    path_parameters(ctx, route, operation, list);
    query_parameters(route, list);
    for (const struct operation_field *field = operation ? operation->takes : NULL; field && field->name; field++) {
        if (in_header(field->name))
            (void)json_array_append_new(list,
                                        parameter("Idempotency-Key", "header", true, field->meaning, field_schema(field, false)));
        else if (by_query(route) && !in_path(route, field->name))
            (void)json_array_append_new(
                list, parameter(field->name, "query", field->required, field->meaning, field_schema(field, false)));
    }
    return list;
}

static json_t *content_of(const char *type, json_t *schema)
{
    return json_pack("{s:{s:o}}", type, "schema", schema);
}

static void response_set(json_t *responses, int http_status, const char *meaning)
{
    char status[8] = {(char)('0' + http_status / 100), (char)('0' + http_status / 10 % 10), (char)('0' + http_status % 10), '\0'};
    json_t *problem = json_pack("{s:s}", "$ref", "#/components/schemas/Problem");
    (void)json_object_set_new(
        responses, status,
        json_pack("{s:s,s:o}", "description", meaning, "content", content_of("application/problem+json", problem)));
}

static void problems_set(json_t *responses, const struct route *route)
{
    response_set(responses, 400, "The request was not understood; detail names the member or the place.");
    if (route->who != WHO_ANYONE) {
        response_set(responses, 401, "An API key that is valid is missing.");
        response_set(responses, 403, "The key may not do this.");
    }
    if (strchr(route->path, '{'))
        response_set(responses, 404, "There is no such thing, or none that the key covers.");
    if (route->body_bytes_max) {
        response_set(responses, 413, "The body is too large.");
        response_set(responses, 415, "The body is of another kind.");
    }
    if (route->operation)
        response_set(responses, 422, "A value was outside what is accepted.");
    response_set(responses, 429, "Too many requests: Retry-After says how long to wait.");
    response_set(responses, 503, "The server is busy or out of order; nothing was stored. Send it again.");
}

static json_t *route_responses(const struct route *route, const struct operation *operation)
{
    json_t *responses = json_object();
    const char *done = route->done_status == 201 ? "201" : "200";
    const char *type = route->gives_type ? route->gives_type : "application/json";
    json_t *schema = operation && strcmp(type, "application/json") == 0 ? gives_schema(operation) : json_object();
    (void)json_object_set_new(responses, done,
                              json_pack("{s:s,s:o}", "description", "Done.", "content", content_of(type, schema)));
    if (operation && strcmp(operation->name, "response_add") == 0)
        response_set(responses, 409, "The form was answered before, or cannot be answered any more.");
    problems_set(responses, route);
    return responses;
}

static json_t *route_value(struct ctx *ctx, const struct route *route)
{
    const struct operation *operation = route->operation ? operation_find(span_of(route->operation)) : NULL;
    json_t *value = json_pack("{s:s,s:s,s:o,s:o}", "operationId", route->name, "summary", route->sentence, "parameters",
                              route_parameters(ctx, route, operation), "responses", route_responses(route, operation));
    if (operation)
        (void)json_object_set_new(value, "description", json_string(operation->sentence));
    if (operation && route->body_bytes_max) {
        json_t *schema = takes_schema(operation, route);
        bool required = json_object_get(schema, "required") != NULL;
        (void)json_object_set_new(
            value, "requestBody",
            json_pack("{s:b,s:o}", "required", required, "content", content_of("application/json", schema)));
    }
    (void)json_object_set_new(value, "security", route->who == WHO_ANYONE ? json_array() : json_pack("[{s:[]}]", "key"));
    return value;
}

static json_t *problem_schema(void)
{
    return json_pack(
        "{s:s,s:s,s:{s:{s:s,s:s},s:{s:s},s:{s:s},s:{s:s,s:s},s:{s:s,s:s},s:{s:s,s:{s:s,s:{s:{s:[ss]},s:{s:s}}}}},s:[ssss]}",
        "type", "object", "description", "RFC 9457.", "properties", "type", "type", "string", "format", "uri-reference", "title",
        "type", "string", "status", "type", "integer", "detail", "type", "string", "description",
        "What is wrong, where, and what would be accepted.", "request", "type", "integer", "description",
        "The number of the request in the server's log.", "problems", "type", "array", "items", "type", "object", "properties",
        "field", "type", "string", "null", "sentence", "type", "string", "required", "type", "title", "status", "detail");
}

static json_t *components(void)
{
    return json_pack("{s:{s:{s:s,s:s,s:s}},s:{s:o}}", "securitySchemes", "key", "type", "http", "scheme", "bearer", "description",
                     "An API key of `gapmeter key create`: it reads, or reads and writes, the studies it was made for.",
                     "schemas", "Problem", problem_schema());
}

static const char *method_member(enum method method)
{
    static const char *const members[] = {"get", "post", "put", "delete"};
    return members[method];
}

static json_t *paths(struct ctx *ctx)
{
    json_t *value = json_object();
    for (size_t i = 0; i < route_register_count; i++) {
        const struct route *route = route_register[i];
        /* Reports stand beside the pages of a study, and are for programs all the same. */
        bool keyed = route->who == WHO_KEY || route->who == WHO_KEY_WRITE;
        if (strncmp(route->path, "/api/", 5) != 0 && !keyed)
            continue;
        json_t *path = json_object_get(value, route->path);
        if (!path) {
            path = json_object();
            (void)json_object_set_new(value, route->path, path);
        }
        (void)json_object_set_new(path, method_member(route->method), route_value(ctx, route));
    }
    return value;
}

enum status api_description_make(struct ctx *ctx, const char *base_address, json_t **out)
{
    *out = json_pack("{s:s,s:{s:s,s:s,s:s,s:{s:s}},s:[{s:s}],s:o,s:o}", "openapi", "3.1.0", "info", "title", "Gapmeter",
                     "version", GAPMETER_VERSION, "summary", "Live studies of expectation and perception.", "license", "name",
                     "GPL-3.0-or-later", "servers", "url", base_address[0] ? base_address : "/", "paths", paths(ctx),
                     "components", components());
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}
