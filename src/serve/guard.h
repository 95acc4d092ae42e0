/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_GUARD_H
#define GAPMETER_SERVE_GUARD_H

#include <stdint.h>

#include "serve/listener.h"

/* What the guard found in a request that may go on. */
struct guard_found {
    uint64_t body_bytes;                             /* Content-Length; 0 without one */
    struct span authorization, language, type, once; /* values of Authorization, Accept-Language, Content-Type, Idempotency-Key;
                                                        `at` NULL when there is none */
    struct span forwarded_for;                       /* the last X-Forwarded-For */
    bool forwarded;                                  /* somebody says that this came through a proxy */
    bool close;                                      /* HTTP/1.0 */
};

/* Refuses whatever two readers of HTTP could understand in two ways: the library beneath is lenient where a proxy before us may
 * not be, and a request that only one of them sees is how requests are smuggled. Everything that is not plain is refused.
 * gives   0 when it is plain; else the HTTP status to refuse it with, and *sentence; the connection is to be closed
 * proof   tests/http/guard_test.c */
int guard_check(const struct wire_head *head, struct guard_found *found, const char **sentence);

#endif
