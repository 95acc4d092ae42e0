/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store that is open for work, as the doors hold it: what a server and a command line share. */
#ifndef GAPMETER_APP_DESK_H
#define GAPMETER_APP_DESK_H

#include "base/ctx.h"

struct desk;
struct store_session;

enum desk_mode { DESK_WRITE, DESK_READ };

/* Opens a store.
 * takes   who  "gapmeter serve": what a second process is told
 * fails   as store_open */
enum status desk_open(struct ctx *ctx, const char *path, enum desk_mode mode, const char *who, struct desk **out) MUST_USE;
void desk_close(struct desk *desk);

/* A piece of work at the desk.
 * takes   session  writing or reading, as it was called; ends when work returns */
typedef enum status desk_work(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state);

/* Reads from one snapshot; from any thread. */
enum status desk_read(struct ctx *ctx, struct desk *desk, desk_work *work, void *state) MUST_USE;

/* Writes; only from one thread at a time. Several together share one fsync, see store_write_group. */
struct desk_job {
    struct ctx *ctx;
    desk_work *work;
    void *state;
    enum status status; /* written by desk_write_group: OK means durable */
};

/* Works the jobs off in one transaction, see store_write_group. */
void desk_write_group(struct desk *desk, struct desk_job *jobs, size_t count);

/* A group of one. */
enum status desk_write(struct ctx *ctx, struct desk *desk, desk_work *work, void *state) MUST_USE;

/* The address under which people reach the server, such as "https://ask.example.org"; links begin with it. Set by the door
 * from its configuration, never from a request. "" when it is not known. */
void desk_set_base_address(struct desk *desk, const char *address);
const char *desk_base_address(const struct desk *desk);

/* The time in milliseconds since 1970, by GAPMETER_NOW_MS in tests. */
int64_t desk_now_ms(void);

#endif
