/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines for the one who runs a server: a time in UTC, a number that only grows, an event and its fields. Never blocks the work:
 * what the reader at the other end does not take is dropped and counted. What is logged is up to the caller: no answers, no
 * addresses, no secrets. */
#ifndef GAPMETER_BASE_LOG_H
#define GAPMETER_BASE_LOG_H

#include "base/ctx.h"

struct log;

enum log_form {
    LOG_LOGFMT, /* time=2026-07-30T12:00:00.123Z line=7 event=request status=200 */
    LOG_JSON    /* {"time":"2026-07-30T12:00:00.123Z","line":7,"event":"request","status":200} */
};

/* A field: a text, or a number when text is NULL. */
struct log_field {
    const char *name; /* a literal of a–z and _ */
    const char *text; /* control bytes and bytes that are no UTF-8 are escaped; what is too long is cut */
    int64_t number;
};

/* Begins to log to an open descriptor, which stays open.
 * owns    the end of ctx->arena writes what is left
 * fails   STATUS_MEMORY */
enum status log_open(struct ctx *ctx, int fd, enum log_form form, struct log **out) MUST_USE;

/* Adds a line; from any thread. It is written by the next log_flush, or when many have gathered. NULL as log does nothing.
 * proof   tests/base/log_test.c */
void log_line(struct log *log, const char *event, const struct log_field *fields, size_t count);

/* Writes what has gathered, as far as it is taken without waiting. */
void log_flush(struct log *log);

#endif
