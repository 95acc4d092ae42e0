/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_ROUTER_H
#define GAPMETER_SERVE_ROUTER_H

#include "serve/route.h"

/* Finds the route of a request among those of a table. */
struct router;

/* Makes the table: routes with literal segments come before those that take any text in the same place.
 * takes   routes  [count] that outlive the router; their paths begin with / and have at most EXCHANGE_PARTS_MAX braces (assert);
 *                 two that fit the same requests are a programming mistake (assert)
 * fails   STATUS_MEMORY
 * proof   tests/http/router_test.c */
enum status router_make(struct ctx *ctx, const struct route *const *routes, size_t count, struct router **out) MUST_USE;

/* What was found. */
struct routing {
    const struct route *route; /* NULL: refused */
    size_t index;              /* of the route in the table that was given */
    struct span parts[EXCHANGE_PARTS_MAX];
    int secret;        /* which of the parts is a secret: a {token} or a {door}; -1 = none */
    struct span query; /* what stands after ?, not decoded */
    int http_status;   /* why not: 400, 404, 405 */
    char allow[40];    /* 405: "GET, HEAD, POST" */
};

/* Splits the path, decodes each segment once, and finds who takes it. A segment that holds a slash, a NUL or no UTF-8 after
 * decoding is refused; . and .. and empty segments fit nothing.
 * takes   method  HEAD is answered by GET's route
 * fails   STATUS_MEMORY; what fits no route is not a failure, see http_status */
enum status router_find(const struct router *router, struct ctx *ctx, struct span method, struct span target,
                        struct routing *out) MUST_USE;

/* "GET", … */
const char *method_name(enum method method);

#endif
