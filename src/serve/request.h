/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What serve/ keeps around an exchange, and the server that all requests share; private to serve/. */
#ifndef GAPMETER_SERVE_REQUEST_H
#define GAPMETER_SERVE_REQUEST_H

#include <stdatomic.h>

#include "base/batcher.h"
#include "base/log.h"
#include "base/rate_limit.h"
#include "serve/guard.h"
#include "serve/router.h"
#include "serve/server.h"

enum { STATUS_CLASSES = 5, GROUP_SIZES = 9 };

/* Counted by the writer's thread, read by the network's. */
struct housekeeping;

struct writing_figures {
    atomic_uint_least64_t groups, exchanges, failed_groups, busy_us, longest_us;
    atomic_uint_least64_t by_size[GROUP_SIZES]; /* groups of 1, 2, 3–4, 5–8, … */
    atomic_uint_least64_t since_ms;             /* when the group that is being written began; 0 = none is */
};

struct server {
    const struct server_settings *settings;
    struct desk *desk; /* NULL in tests of the server alone: routes that need a store answer 503 */
    struct log *log;
    struct listener *listener;
    const struct route *const *routes; /* [route_count] */
    size_t route_count;
    struct router *router;
    struct rate_limit *rates;
    struct peer proxy;
    struct batcher *writer, *readers, *analysts;
    const char *base_address;
    atomic_bool draining;
    /* Counted by the network's thread, read by any. */
    atomic_uint_least64_t requests, open;              /* begun, and not finished */
    atomic_uint_least64_t body_bytes;                  /* held by requests that are open */
    atomic_uint_least64_t (*answered)[STATUS_CLASSES]; /* [route_count + 1]: by route, the last for what fitted none; 1xx … 5xx */
    atomic_uint_least64_t limited;                     /* answered 429 */
    struct housekeeping *housekeeping;
    uint64_t began_ms;
    struct writing_figures writing;
};

/* Something for the writer's thread. */
struct writing {
    struct request *request;                                                    /* an exchange; NULL: one of the next two */
    desk_work *work;                                                            /* in the next group, or … */
    enum status (*alone)(struct ctx *ctx, struct desk *desk, void *work_state); /* … between two groups */
    struct ctx *ctx;
    void *work_state;
    enum status status; /* written by the writer's thread before done */
    void *done;         /* sem_t: of the thread that waits */
};

/* One request; its exchange stands first. Touched by the network's thread, and between wire_suspend and wires_resume by one other. */
struct request {
    struct exchange exchange;
    struct wire *wire;
    struct writing writing;
    struct peer peer; /* as the trusted proxy says */
    bool local;       /* from this machine, and through no proxy */
    size_t route_index;
    int secret; /* which of exchange.parts is one; -1 = none */
    struct span bearer;
    uint64_t body_declared, body_held;
    struct out *body;
    bool refused; /* the reply is there before the body is */
    bool tried, answered, close;
    uint64_t began_us;
    enum status handled; /* of the handler */
    size_t reply_bytes;
};

/* The parts of a request's life that listener.h calls. */
void *request_begin(void *state, struct wire *wire, const struct wire_head *head);
void request_body(void *state, struct span bytes);
void request_complete(void *state);
void request_resumed(void *state);
void request_finish(void *state);

/* Sends the exchange's reply with the headers that every reply has. */
void request_answer(struct request *request);

/* Runs the handler in a session, after asking who the caller is where the route wants to know; false when nobody may run it and
 * the reply says so. */
enum status request_handle(struct request *request, struct store_session *session) MUST_USE;

/* Makes the reply that says: come again. */
void request_busy(struct request *request, const char *sentence);

/* The headers of a reply.
 * takes   into  REPLY_HEADERS_MAX places
 * gives   how many */
enum { REPLY_HEADERS_MAX = 24 };
size_t reply_headers(const struct request *request, struct wire_reply_header *into);

/* What the operator's socket asks of the writer, see operator_host; state is the server. */
enum status writer_write(void *server, struct ctx *ctx, desk_work *work, void *work_state) MUST_USE;
enum status writer_alone(void *server, struct ctx *ctx, enum status (*work)(struct ctx *ctx, struct desk *desk, void *state),
                         void *work_state) MUST_USE;

/* Queues an exchange for the writer; false when the queue is full. */
bool writer_add(struct server *server, struct request *request);

/* Threads that work for the network's one.
 * fails   as batcher_start */
enum status writer_start(struct ctx *ctx, struct server *server) MUST_USE;
enum status readers_start(struct ctx *ctx, struct server *server) MUST_USE;

#endif
