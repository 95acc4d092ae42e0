/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/exchange.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "serve/problem_page.h"
#include "serve/request.h"
#include "serve/route.h"
#include "serve/url_decoding.h"

struct span exchange_query(const struct exchange *exchange, const char *name)
{
    for (size_t i = 0; i < exchange->query_count; i++) {
        if (span_is(exchange->query[i].name, name))
            return exchange->query[i].value;
    }
    return (struct span){NULL, 0};
}

enum status exchange_form(struct exchange *exchange, const struct form_field **out, size_t *count)
{
    return url_fields(&exchange->ctx, exchange->body, FORM_FIELDS_MAX, out, count);
}

void reply_begin(struct exchange *exchange, int http_status, const char *type)
{
    out_empty(exchange->reply);
    exchange->http_status = http_status;
    exchange->reply_type = type;
    exchange->header_count = 0;
}

void reply_header(struct exchange *exchange, const char *name, const char *value)
{
    assert(exchange->header_count < EXCHANGE_HEADERS_MAX);
    for (const char *at = value; *at != '\0'; at++)
        assert((unsigned char)*at >= 0x20 && *at != 0x7F);
    exchange->headers[exchange->header_count++] = (struct exchange_header){name, value};
}

void reply_see_other(struct exchange *exchange, const char *path)
{
    reply_begin(exchange, 303, NULL);
    reply_header(exchange, "Location", path);
}

/* Is it a person who reads the reply? */
static bool is_for_people(const struct exchange *exchange)
{
    if (exchange->route != NULL)
        return exchange->route->gives_type != NULL && strncmp(exchange->route->gives_type, "text/html", 9) == 0;
    return exchange->path == NULL || strncmp(exchange->path, "/api/", 5) != 0;
}

static int json_take(const char *bytes, size_t length, void *out)
{
    out_write(out, bytes, length);
    return 0;
}

static void json_write(struct exchange *exchange, const json_t *value)
{
    if (value == NULL || json_dump_callback(value, json_take, exchange->reply, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
        out_text(exchange->reply, "null");
    out_char(exchange->reply, '\n');
}

void reply_problem(struct exchange *exchange, int http_status, const char *title, const char *sentence)
{
    char told[sizeof exchange->ctx.error.sentence + 512];
    char shown[sizeof told];
    if (is_for_people(exchange)) {
        problem_page_write(exchange, http_status);
        return;
    }
    if (sentence == NULL) {
        char place[512];
        place_format(&exchange->ctx.error.place, place, sizeof place);
        (void)snprintf(told, sizeof told, "%s%s", place, exchange->ctx.error.sentence);
        sentence = told;
    }
    text_printable(span_of(sentence), shown, sizeof shown);
    reply_begin(exchange, http_status, "application/problem+json");
    json_t *problem = json_pack("{s:s, s:s, s:i, s:s, s:I}", "type", "about:blank", "title", title, "status", http_status,
                                "detail", shown, "request", (json_int_t)exchange->number);
    json_write(exchange, problem);
    json_decref(problem);
}

void reply_failure(struct exchange *exchange, enum status status)
{
    int http_status = status_http(status);
    if (http_status < 500) {
        /* What cannot be understood is a command line elsewhere. */
        reply_problem(exchange, http_status, http_status == 400 ? "The request was not understood." : status_sentence(status),
                      NULL);
        return;
    }
    const struct log_field fields[] = {
        {.name = "number", .number = (int64_t)exchange->number},
        {.name = "route", .text = exchange->route == NULL ? "none" : exchange->route->name},
        {.name = "sentence",
         .text = exchange->ctx.error.status == STATUS_OK ? status_sentence(status) : exchange->ctx.error.sentence},
    };
    if (exchange->server != NULL)
        log_line(exchange->server->log, "failure", fields, sizeof fields / sizeof fields[0]);
    reply_problem(exchange, http_status, status_sentence(status),
                  "The server could not do this. Nothing was stored. Please try again in a moment.");
    if (http_status == 503)
        reply_header(exchange, "Retry-After", "5");
}

void reply_json(struct exchange *exchange, int http_status, const json_t *value)
{
    reply_begin(exchange, http_status, "application/json");
    json_write(exchange, value);
}
