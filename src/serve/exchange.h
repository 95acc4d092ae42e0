/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and its reply, as a route sees it. Knows nothing of the library beneath. */
#ifndef GAPMETER_SERVE_EXCHANGE_H
#define GAPMETER_SERVE_EXCHANGE_H

#include "app/operation.h"
#include "base/out.h"
#include "model/form.h"

struct route;
struct server;

#define EXCHANGE_PARTS_MAX   4u
#define EXCHANGE_HEADERS_MAX 8u

struct exchange_header {
    const char *name, *value;
};

struct exchange {
    struct ctx ctx; /* its arena lives as long as the exchange */
    struct server *server;
    struct desk *desk;
    struct store_session *session; /* RUN_READING and RUN_WRITING */
    const struct route *route;
    struct caller caller; /* WHO_KEY*: who it is */
    /* The request; written before handle is called. Texts are decoded once, valid UTF-8 without NUL. */
    const char *method, *path;
    struct span parts[EXCHANGE_PARTS_MAX]; /* values of the {…} of the route's path, in order */
    const struct form_field *query;        /* of the address, decoded */
    size_t query_count;
    struct span body;
    const char *content_type, *language; /* language: the best of Accept-Language that is asked for, "" = none */
    const char *languages;               /* Accept-Language as it came; "" = none */
    const char *spoken;                  /* language of the pages that were written in this exchange; NULL = none yet */
    const char *idempotency_key;         /* NULL = none */
    uint64_t number;                     /* of the request, in the log and in problems */
    /* The reply; written by handle through the functions below. */
    int http_status;
    const char *reply_type;
    struct out *reply; /* memory */
    struct exchange_header headers[EXCHANGE_HEADERS_MAX];
    unsigned header_count;
};

/* A value of the query, or NULL-span when it is not there. */
struct span exchange_query(const struct exchange *exchange, const char *name);

/* Reads a body of application/x-www-form-urlencoded into fields, decoded once.
 * fails   STATUS_INVALID for malformed escapes, bytes that are no UTF-8, or more than FORM_FIELDS_MAX */
enum status exchange_form(struct exchange *exchange, const struct form_field **out, size_t *count) MUST_USE;

/* Begins a reply: status and media type; its bytes go to exchange->reply. */
void reply_begin(struct exchange *exchange, int http_status, const char *type);

/* Adds a header. needs a value without control characters (assert) */
void reply_header(struct exchange *exchange, const char *name, const char *value);

/* 303: look there. */
void reply_see_other(struct exchange *exchange, const char *path);

/* application/problem+json for programs, in English; for people (by the route's gives_type) a page in their language, which says by
 * its HTTP status what is wrong and what they can do (serve/problem_page.h).
 * takes   sentence  for programs; NULL: of ctx->error */
void reply_problem(struct exchange *exchange, int http_status, const char *title, const char *sentence);

/* The same from ctx->error after a recipe failed: the HTTP status of the status' row; details of failures of the machine stay in
 * the log. */
void reply_failure(struct exchange *exchange, enum status status);

/* A JSON value as the whole reply. */
void reply_json(struct exchange *exchange, int http_status, const json_t *value);

#endif
