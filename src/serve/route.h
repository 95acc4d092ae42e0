/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_ROUTE_H
#define GAPMETER_SERVE_ROUTE_H

#include "serve/exchange.h"
#include "serve/query_word.h"

enum method { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_DELETE };

/* Who may. */
enum who {
    WHO_ANYONE, /* nothing is asked: pages for respondents find their right in the link itself */
    WHO_KEY,    /* an API key that may read */
    WHO_KEY_WRITE,
    WHO_MONITOR /* the address of the server itself (loopback), or an API key for all studies */
};

/* Where a handler runs. */
enum run {
    RUN_AT_ONCE, /* in the network's thread: what takes no store and well under a millisecond */
    RUN_READING, /* in a reader's thread, with a session that sees one moment */
    RUN_WRITING  /* in the writer's thread, in a group that shares one fsync; the reply goes out after it */
};

/* One route: one file in src/serve/route/ that defines `const struct route route_<name>`. GET routes answer HEAD too, and change nothing. */
struct route {
    const char *name;
    const char *sentence; /* for the API page */
    enum method method;
    const char *path; /* "/s/{token}": a part in braces takes one segment, decoded once */
    enum who who;
    enum run run;
    size_t body_bytes_max;               /* 0: no body is taken */
    const char *operation;               /* name of the operation it is a door to; NULL = it has a handle of its own */
    int done_status;                     /* with an operation: the HTTP status when it went well; 0 = 200 */
    const char *takes_type, *gives_type; /* media types, for OpenAPI */
    const struct query_word *query;      /* for OpenAPI; the last has no name; NULL = none, or those of the operation */
    bool personal;                       /* pages that no cache may keep: nearly all */
    bool framed;                         /* may be framed by the study's pages: the embeddable form */
    /* Fills the exchange's reply. With an operation and no handle, a general one passes JSON on. */
    enum status (*handle)(struct exchange *exchange);
};

extern const struct route *const route_register[];
extern const size_t route_register_count;

#endif
