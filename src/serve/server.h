/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one header of serve/ that others may include (src/LAYERS: door). */
#ifndef GAPMETER_SERVE_SERVER_H
#define GAPMETER_SERVE_SERVER_H

#include "base/ctx.h"

struct server_settings {
    const char *store_path;
    const char *listen;        /* "127.0.0.1:8080", "[::1]:0"; port 0 = any free one */
    const char *base_address;  /* "https://ask.example.org"; NULL: http://<listen> */
    const char *trusted_proxy; /* address whose X-Forwarded-For is believed; NULL = none */
    const char
        *embed_origins; /* "https://shop.example https://www.shop.example": who may frame the forms for it; NULL = anybody */
    bool json_log;
    unsigned threads;                                      /* readers; 0 = 2 */
    uint32_t connections_max, connections_per_address_max; /* 0 = the defaults of limits.h */
    uint64_t rate_per_minute; /* requests of one address; 0 = the default, UINT64_MAX = without limit (bench and load tests) */
    const char *port_file;    /* written once it listens: the address; NULL = none */
};

/* Serves until SIGTERM or SIGINT, then takes no more connections, works off what was accepted, and closes the store.
 * fails   as desk_open; STATUS_UNAVAILABLE when the address is taken; STATUS_USAGE when it is no address */
enum status server_run(struct ctx *ctx, const struct server_settings *settings) MUST_USE;

#endif
