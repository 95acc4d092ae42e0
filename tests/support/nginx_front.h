/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A real nginx before a server, with the lines that docs/guide/serving.md recommends. */
#ifndef GAPMETER_TESTS_NGINX_FRONT_H
#define GAPMETER_TESTS_NGINX_FRONT_H

#include "support/http_client.h"

struct nginx_front {
    struct http_server listens; /* pid and port: http_connect and http_get work on it */
    char seen[SCRATCH_ROOM];    /* a line for each request that it saw: "status upstream-status", "-" = not passed on */
};

/* The program: of GAPMETER_NGINX, build/nginx of `./dev test`, or Debian's place; NULL when there is none. */
const char *nginx_find(void);

/* Starts it on a free port of 127.0.0.1 without TLS; it ends with the test. Fails the test when it does not start. */
void nginx_start(struct nginx_front *front, struct scratch *scratch, const struct http_server *behind);

/* Stops it and waits. */
void nginx_stop(struct nginx_front *front);

#endif
