/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests that two readers of HTTP could understand in two ways (reliability, case 24), with others that hide behind them. */
#ifndef GAPMETER_TESTS_HOSTILE_REQUESTS_H
#define GAPMETER_TESTS_HOSTILE_REQUESTS_H

#include <stddef.h>

#define HOSTILE_GET_LINE  "GET /count HTTP/1.1\r\n"
#define HOSTILE_POST_LINE "POST /count HTTP/1.1\r\n"
#define HOSTILE_HOST      "Host: a.example\r\n"

/* What is sent to a server with GET, POST and DELETE /count that takes bodies of 64 bytes, and what it answers; `other` is a second
 * answer that is as good, 0 = the connection is closed without one. */
struct hostile_request {
    const char *name;
    const char *bytes;
    size_t length;
    int status, other;
};

extern const struct hostile_request hostile_requests[];
extern const size_t hostile_request_count;

#endif
