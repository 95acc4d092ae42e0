/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP on a port, behind an interface of our own: requests begin, bring bytes, are complete, and are answered at once or later.
 * Everything here but wires_resume belongs to the one thread that runs the listener. The only file that knows the library is
 * listener.c. */
#ifndef GAPMETER_SERVE_LISTENER_H
#define GAPMETER_SERVE_LISTENER_H

#include "base/ctx.h"
#include "base/limits.h"
#include "serve/peer.h"

struct listener;

/* One request at the side of the network. */
struct wire;

struct wire_header {
    struct span name, value; /* as they were sent; good while the request lasts */
};

/* A request whose header is there. */
struct wire_head {
    struct span method, version; /* "GET", "HTTP/1.1" */
    struct span target;          /* path and query as they were sent, not decoded; cut when target_too_long */
    bool target_too_long;        /* above TARGET_BYTES_MAX */
    bool headers_too_many;       /* above HEADERS_MAX: the list is cut */
    bool plain;                  /* all of the header is shown here, its lines end with CRLF, none is folded */
    struct wire_header headers[HEADERS_MAX];
    size_t header_count;
    struct peer peer; /* of the connection */
};

/* Who answers. Each request is begun once and finished once. */
struct listener_design {
    int socket; /* bound and listening; the listener's from now on */
    uint32_t connections_max, connections_per_address_max;
    struct peer unlimited; /* the proxy: its connections are many people's */
    void *state;
    /* The header is there. May answer at once, before any byte of the body is read: then the connection is closed.
     * gives   what the three others are called with; NULL closes the connection (no memory) */
    void *(*begin)(void *state, struct wire *wire, const struct wire_head *head);
    void (*body)(void *request, struct span bytes);
    /* All bytes are there: answer, or wire_suspend. */
    void (*complete)(void *request);
    /* After wires_resume, in the listener's thread: answer. */
    void (*resumed)(void *request);
    /* It was answered, or the connection is gone. */
    void (*finish)(void *request);
    /* What the library complains of. */
    void (*complain)(void *state, const char *sentence);
};

struct wire_reply_header {
    const char *name, *value;
};

struct wire_reply {
    int http_status;
    const struct wire_reply_header *headers;
    size_t header_count;
    struct span body; /* must last until finish */
    bool close;       /* end the connection afterwards */
};

/* fails   STATUS_UNAVAILABLE when the library does not start; STATUS_MEMORY. The socket is closed then */
enum status listener_start(struct ctx *ctx, const struct listener_design *design, struct listener **out) MUST_USE;

/* Works for at most so long, less when something happened; a signal ends it early. Cuts connections that are too slow. */
void listener_run(struct listener *listener, unsigned milliseconds);

/* Takes no new connections; those there are go on. */
void listener_close(struct listener *listener);

/* Ends all connections. needs no suspended request */
void listener_stop(struct listener *listener);

/* Connections that are open, and those refused or cut since the start. */
struct listener_figures {
    uint64_t open, accepted, refused, cut;
};

/* Copies them; from any thread. */
void listener_figures(struct listener *listener, struct listener_figures *out);

/* Answers; from begin, complete or resumed. False: it could not be queued, and the connection will be closed. */
bool wire_answer(struct wire *wire, const struct wire_reply *reply);

/* Sets the request aside until wires_resume; from complete. */
void wire_suspend(struct wire *wire);

/* Goes on with requests of one listener and wakes it once; from any thread, once after each wire_suspend, as the last thing that is
 * done with the requests there. */
void wires_resume(struct wire *const *wires, size_t count);

#endif
