/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/request.h"

#include <assert.h>
#include <string.h>

#include "base/clock.h"
#include "serve/accepted_language.h"
#include "serve/admission.h"
#include "serve/operation_door.h"
#include "serve/url_decoding.h"

enum { ONCE_BYTES_MAX = 200, TYPE_BYTES_MAX = 200, LANGUAGES_BYTES_MAX = 400 };

/* ---- the header ---------------------------------------------------------------------------------------------------------- */

/* The last address that the proxy added is the one that it saw itself. */
static void peer_find(struct request *request, const struct wire_head *head, const struct guard_found *found)
{
    const struct server *server = request->exchange.server;
    request->peer = head->peer;
    request->local = peer_is_loopback(&head->peer) && !found->forwarded;
    if (!peer_equal(&head->peer, &server->proxy) || found->forwarded_for.at == NULL)
        return;
    struct span list = found->forwarded_for;
    const char *comma = list.length > 0 ? memrchr(list.at, ',', list.length) : NULL;
    struct span last = comma == NULL ? list : (struct span){comma + 1, list.length - (size_t)(comma + 1 - list.at)};
    struct peer told;
    if (peer_parse(span_trim(last), &told))
        request->peer = told;
}

static void refuse(struct request *request, int http_status, const char *title, const char *sentence)
{
    reply_problem(&request->exchange, http_status, title, sentence);
    request->refused = true;
}

/* Finds the route, or refuses. */
static enum status route_find(struct request *request, const struct wire_head *head)
{
    struct exchange *exchange = &request->exchange;
    const struct server *server = exchange->server;
    struct routing routing;
    enum status status = router_find(server->router, &exchange->ctx, head->method, head->target, &routing);
    if (status != STATUS_OK)
        return status;
    if (routing.route == NULL) {
        if (routing.http_status == 400)
            refuse(request, 400, "The address is malformed.", "The address of this request is malformed.");
        else if (routing.http_status == 404)
            refuse(request, 404, "There is no page at this address.", "There is nothing at this address. Please check the link.");
        else
            refuse(request, 405, "The method is not allowed here.", "This address does not take this method.");
        const char *allow = routing.allow[0] == '\0' ? NULL : arena_copy(exchange->ctx.arena, span_of(routing.allow));
        if (allow != NULL)
            reply_header(exchange, "Allow", allow);
        return STATUS_OK;
    }
    exchange->route = routing.route;
    request->route_index = routing.index;
    request->secret = routing.secret;
    memcpy(exchange->parts, routing.parts, sizeof exchange->parts);
    status = url_fields(&exchange->ctx, routing.query, QUERY_FIELDS_MAX, &exchange->query, &exchange->query_count);
    if (status == STATUS_MEMORY)
        return status;
    if (status != STATUS_OK)
        refuse(request, 400, "The query is malformed.", NULL);
    return STATUS_OK;
}

/* The same media type, without its parameters? */
static bool type_is(const char *given, const char *wanted)
{
    struct span type = {given, strcspn(given, ";")};
    return span_equal_caseless(span_trim(type), (struct span){wanted, strcspn(wanted, ";")});
}

static void body_check(struct request *request)
{
    const struct exchange *exchange = &request->exchange;
    const struct route *route = exchange->route;
    uint64_t bytes = request->body_declared;
    if (bytes > 0 && route->body_bytes_max == 0)
        refuse(request, 413, "No body is taken here.", "This address takes no body.");
    else if (bytes > route->body_bytes_max)
        refuse(request, 413, "The body is too large.", "The body of this request is larger than what is accepted here.");
    else if (bytes > 0 && route->takes_type != NULL &&
             (exchange->content_type == NULL || !type_is(exchange->content_type, route->takes_type)))
        refuse(request, 415, "The media type is not taken here.", "This address takes another media type; see Content-Type.");
}

/* A value as a text of its own; NULL without one, or when it is too long or no text. */
static const char *value_copy(struct ctx *ctx, struct span value, size_t most)
{
    size_t bad;
    if (value.at == NULL || value.length > most || !text_utf8_valid(value, &bad))
        return NULL;
    return arena_copy(ctx->arena, value);
}

static void values_keep(struct request *request, const struct guard_found *found)
{
    struct exchange *exchange = &request->exchange;
    struct ctx *ctx = &exchange->ctx;
    exchange->content_type = value_copy(ctx, found->type, TYPE_BYTES_MAX);
    exchange->language = accepted_language(ctx, found->language, NULL, NULL);
    const char *languages = value_copy(ctx, found->language, LANGUAGES_BYTES_MAX);
    exchange->languages = languages == NULL ? "" : languages;
    exchange->idempotency_key = value_copy(ctx, found->once, ONCE_BYTES_MAX);
    if (found->once.at != NULL && exchange->idempotency_key == NULL)
        refuse(request, 400, "The Idempotency-Key is malformed.", "An Idempotency-Key of at most 200 bytes is accepted.");
    struct span scheme = {found->authorization.at, 7};
    if (found->authorization.length > 7 && span_equal_caseless(scheme, span_of("bearer "))) {
        struct span secret = span_trim((struct span){found->authorization.at + 7, found->authorization.length - 7});
        const char *copy = arena_copy(ctx->arena, secret);
        request->bearer = (struct span){copy, copy == NULL ? 0 : secret.length};
    }
}

/* All that can be said before the body. */
static enum status head_judge(struct request *request, const struct wire_head *head)
{
    struct exchange *exchange = &request->exchange;
    struct guard_found found;
    const char *sentence = NULL;
    int http_status = guard_check(head, &found, &sentence);
    if (http_status != 0) {
        request->close = true;
        refuse(request, http_status, "The request is not accepted.", sentence);
        return STATUS_OK;
    }
    request->close = found.close;
    request->body_declared = found.body_bytes;
    exchange->method = arena_copy(exchange->ctx.arena, head->method);
    exchange->path = arena_copy(exchange->ctx.arena, (struct span){head->target.at, strcspn(head->target.at, "?")});
    if (exchange->method == NULL || exchange->path == NULL)
        return ctx_no_memory(&exchange->ctx);
    uint64_t now_ms = clock_monotonic_ms();
    peer_find(request, head, &found);
    values_keep(request, &found);
    if (exchange->server->draining) {
        request->close = true;
        request_busy(request, "The server is being stopped. Please try again in a moment.");
    }
    if (!request->refused)
        request->refused = !admission_of_address(request, now_ms);
    enum status status = request->refused ? STATUS_OK : route_find(request, head);
    if (status != STATUS_OK)
        return status;
    if (!request->refused)
        request->refused = !admission_of_bearer(request);
    if (!request->refused)
        body_check(request);
    if (!request->refused)
        request->refused = !admission_of_secret(request, now_ms);
    return STATUS_OK;
}

void *request_begin(void *state, struct wire *wire, const struct wire_head *head)
{
    struct server *server = state;
    struct arena *arena = NULL;
    if (arena_create(NULL, &arena) != STATUS_OK)
        return NULL;
    struct request *request = arena_alloc(arena, sizeof *request);
    if (request == NULL) {
        arena_destroy(arena);
        return NULL;
    }
    struct exchange *exchange = &request->exchange;
    exchange->ctx.arena = arena;
    exchange->server = server;
    exchange->desk = server->desk;
    exchange->number = ++server->requests;
    exchange->language = exchange->languages = "";
    request->wire = wire;
    request->route_index = server->route_count;
    request->secret = -1;
    request->began_us = clock_monotonic_us();
    enum status status = out_open_memory(&exchange->ctx, &exchange->reply);
    if (status == STATUS_OK)
        status = head_judge(request, head);
    if (status != STATUS_OK) {
        arena_destroy(arena);
        return NULL;
    }
    server->open++;
    if (request->refused && (request->close || request->body_declared > 0)) {
        request->close = true;
        request_answer(request);
    }
    return request;
}

/* ---- the body ------------------------------------------------------------------------------------------------------------ */

void request_body(void *state, struct span bytes)
{
    struct request *request = state;
    struct server *server = request->exchange.server;
    if (request->refused)
        return;
    /* The library counts by the same Content-Length; what it counts otherwise must not grow here. */
    bool too_many = request->body_held + bytes.length > request->body_declared;
    if (too_many || server->body_bytes + bytes.length > BODIES_BYTES_MAX) {
        request_busy(request, "The server holds as many requests as it can. Please try again in a moment.");
        return;
    }
    if (request->body == NULL && out_open_memory(&request->exchange.ctx, &request->body) != STATUS_OK) {
        request_busy(request, "The server has not enough memory. Please try again in a moment.");
        return;
    }
    out_write(request->body, bytes.at, bytes.length);
    request->body_held += bytes.length;
    server->body_bytes += bytes.length;
}

static bool body_end(struct request *request)
{
    if (request->body == NULL)
        return true;
    struct exchange *exchange = &request->exchange;
    enum status status = out_close(&exchange->ctx, request->body);
    if (status != STATUS_OK)
        reply_failure(exchange, status);
    else
        exchange->body = out_bytes(request->body);
    return status == STATUS_OK;
}

/* ---- the work ------------------------------------------------------------------------------------------------------------ */

void request_busy(struct request *request, const char *sentence)
{
    refuse(request, 503, "The server is busy.", sentence);
    reply_header(&request->exchange, "Retry-After", "2");
}

enum status request_handle(struct request *request, struct store_session *session)
{
    struct exchange *exchange = &request->exchange;
    exchange->session = session;
    bool admitted = true;
    enum status status = session == NULL ? STATUS_OK : admission_of_caller(request, session, &admitted);
    if (status == STATUS_OK && admitted)
        status = exchange->route->handle != NULL ? exchange->route->handle(exchange) : operation_door_handle(exchange);
    exchange->session = NULL;
    return status;
}

/* Sets the request aside for another thread. From here on it is not ours until it is resumed. */
static void work_pass(struct request *request, bool keyed)
{
    struct server *server = request->exchange.server;
    bool writes = request->exchange.route->run == RUN_WRITING;
    wire_suspend(request->wire);
    bool taken = writes ? writer_add(server, request) : batcher_add(keyed ? server->analysts : server->readers, request);
    if (taken)
        return;
    request_busy(request, "The server has more to do than it can. Please try again in a moment.");
    wires_resume(&request->wire, 1);
}

void request_complete(void *state)
{
    struct request *request = state;
    struct exchange *exchange = &request->exchange;
    const struct server *server = exchange->server;
    if (request->refused || !body_end(request)) {
        request_answer(request);
        return;
    }
    const struct route *route = exchange->route;
    bool keyed = admission_wants_key(request);
    if (route->run == RUN_AT_ONCE && !keyed) {
        enum status status = request_handle(request, NULL);
        if (status != STATUS_OK)
            reply_failure(exchange, status);
        request_answer(request);
    } else if (server->desk == NULL) {
        request_busy(request, "The server has no store.");
        request_answer(request);
    } else {
        work_pass(request, keyed);
    }
}

void request_resumed(void *state)
{
    request_answer(state);
}

/* ---- the reply ----------------------------------------------------------------------------------------------------------- */

void request_answer(struct request *request)
{
    struct exchange *exchange = &request->exchange;
    /* Once: a reply that could not be queued ends the connection. */
    if (request->tried)
        return;
    request->tried = true;
    admission_count_miss(request, clock_monotonic_ms());
    /* A handler that says nothing is a mistake of ours. */
    if (exchange->http_status == 0)
        reply_problem(exchange, 500, "The server failed.", "The server has no reply to this.");
    struct wire_reply_header headers[REPLY_HEADERS_MAX];
    struct wire_reply reply = {.http_status = exchange->http_status, .headers = headers};
    reply.header_count = reply_headers(request, headers);
    assert(reply.header_count <= REPLY_HEADERS_MAX);
    reply.close = request->close || exchange->server->draining;
    if (out_close(&exchange->ctx, exchange->reply) == STATUS_OK)
        reply.body = out_bytes(exchange->reply);
    else
        reply.http_status = exchange->http_status = 503;
    request->reply_bytes = reply.body.length;
    request->answered = wire_answer(request->wire, &reply);
}

static void request_log(const struct request *request)
{
    const struct exchange *exchange = &request->exchange;
    const struct log_field fields[] = {
        {.name = "number", .number = (int64_t)exchange->number},
        {.name = "method", .text = exchange->method == NULL ? "" : exchange->method},
        {.name = "route", .text = exchange->route == NULL ? "none" : exchange->route->name},
        {.name = "status", .number = request->answered ? exchange->http_status : 0},
        {.name = "us", .number = (int64_t)(clock_monotonic_us() - request->began_us)},
        {.name = "bytes", .number = (int64_t)request->reply_bytes},
    };
    log_line(exchange->server->log, "request", fields, sizeof fields / sizeof fields[0]);
}

void request_finish(void *state)
{
    struct request *request = state;
    struct exchange *exchange = &request->exchange;
    struct server *server = exchange->server;
    int class = exchange->http_status / 100;
    if (request->answered && class >= 1 && class <= STATUS_CLASSES)
        server->answered[request->route_index][class - 1]++;
    request_log(request);
    server->open--;
    server->body_bytes -= request->body_held;
    arena_destroy(exchange->ctx.arena);
}
