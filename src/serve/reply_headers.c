/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <strings.h>

#include "serve/request.h"

/* Scripts and styles come from files of ours alone; nothing may be framed. */
#define POLICY_OF_PAGES                                                                                                          \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "    \
    "base-uri 'none'; object-src 'none'; frame-ancestors "

static const struct wire_reply_header always[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"},
};

static const struct wire_reply_header unframed[] = {
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"X-Frame-Options", "DENY"},
};

static const char unframed_policy[] = POLICY_OF_PAGES "'none'";

/* Framed by the listed sites; by any where none is listed; by none when there is no memory to say which. */
static const char *framed_policy(const struct exchange *exchange)
{
    const char *origins = exchange->server->settings->embed_origins;
    if (origins == NULL)
        return POLICY_OF_PAGES "*";
    const char *policy = arena_format(exchange->ctx.arena, POLICY_OF_PAGES "%s", origins);
    return policy == NULL ? unframed_policy : policy;
}

static bool is_given(const struct exchange *exchange, const char *name)
{
    for (unsigned i = 0; i < exchange->header_count; i++) {
        if (strcasecmp(exchange->headers[i].name, name) == 0)
            return true;
    }
    return false;
}

static size_t headers_add(struct wire_reply_header *into, size_t count, const struct wire_reply_header *more, size_t more_count)
{
    memcpy(into + count, more, more_count * sizeof *more);
    return count + more_count;
}

size_t reply_headers(const struct request *request, struct wire_reply_header *into)
{
    const struct exchange *exchange = &request->exchange;
    const struct route *route = exchange->route;
    bool framed = route != NULL && route->framed;
    size_t count = headers_add(into, 0, always, sizeof always / sizeof always[0]);
    if (framed)
        into[count++] = (struct wire_reply_header){"Cross-Origin-Resource-Policy", "cross-origin"};
    else
        count = headers_add(into, count, unframed, sizeof unframed / sizeof unframed[0]);
    if (!is_given(exchange, "Content-Security-Policy"))
        into[count++] = (struct wire_reply_header){"Content-Security-Policy", framed ? framed_policy(exchange) : unframed_policy};
    if (!is_given(exchange, "Cache-Control")) {
        bool kept = route != NULL && !route->personal && exchange->http_status < 400;
        into[count++] = (struct wire_reply_header){"Cache-Control", kept ? "no-cache" : "no-store"};
    }
    const char *base = exchange->server->base_address;
    if (base != NULL && strncmp(base, "https://", 8) == 0)
        into[count++] = (struct wire_reply_header){"Strict-Transport-Security", "max-age=31536000"};
    if (exchange->reply_type != NULL)
        into[count++] = (struct wire_reply_header){"Content-Type", exchange->reply_type};
    for (unsigned i = 0; i < exchange->header_count; i++)
        into[count++] = (struct wire_reply_header){exchange->headers[i].name, exchange->headers[i].value};
    return count;
}
