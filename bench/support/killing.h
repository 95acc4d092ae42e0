/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that is ended in the middle of its work, and a ledger of what it had acknowledged. */
#ifndef GAPMETER_BENCH_KILLING_H
#define GAPMETER_BENCH_KILLING_H

#include "support/live_store.h"
#include "support/load_client.h"
#include "support/server_process.h"

struct killing {
    struct live_store *store;
    int ledger;          /* a file that the server knows nothing of: a line per request sent and per acknowledgement */
    uint64_t base, next; /* invitations from `base` belong to this cycle; the first that was never sent */
    unsigned char *told; /* [store->count] what is known of an invitation: enum killing_told */
    uint64_t told_room;
    int first_reply; /* closed when the first reply of a cycle comes; -1: nobody waits for it */
};

enum killing_told { TOLD_NOTHING, TOLD_SENT, TOLD_ACKNOWLEDGED, TOLD_REFUSED };

struct killing_cycle {
    uint64_t seed;       /* of the moment */
    const char *store;   /* the file that the server works on: the store's, or a copy on another file system */
    const char *program; /* NULL = GAPMETER_BINARY */
    int signal;          /* SIGKILL; SIGSTOP leaves the server stopped and *server tells which it is */
    struct server_process *server;
};

struct killing_verdict {
    uint64_t acknowledged, unknown;
    uint64_t unknown_stored; /* of the unknown ones */
    uint64_t lost;           /* acknowledged and not there */
    uint64_t wrong;          /* there, with other answers than were sent */
    uint64_t surplus;        /* submissions beyond those of invitations that were sent */
};

/* Opens the ledger. */
void killing_begin(struct killing *killing, struct live_store *store, const char *ledger);
void killing_end(struct killing *killing);

/* Starts a server, answers invitations over 16 connections, and sends the signal after 1 to 40 milliseconds: counted from the first
 * reply in every other cycle that kills, so that there is something to lose on a slow machine too; else from the beginning.
 * gives   whether requests were underway then */
bool killing_cycle(struct killing *killing, const struct killing_cycle *cycle);

/* Answers so many invitations of a running server, with the ledger. */
void killing_load(struct killing *killing, unsigned port, unsigned connections, uint64_t requests, struct load_result *out);

/* Writes an acknowledgement into the ledger. */
void killing_acknowledge(struct killing *killing, uint64_t number);

/* Compares a store, that nobody holds, with all that the ledger knows. */
struct killing_verdict killing_verify(struct killing *killing, const char *path);

#endif
