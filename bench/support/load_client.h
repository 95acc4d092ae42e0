/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client that keeps a number of connections busy: each sends a request, waits for its reply, and sends the next. One thread,
 * epoll, HTTP/1.1 with keep-alive. For tests and bench/; it says what is wrong and ends the program when it cannot work. */
#ifndef GAPMETER_BENCH_LOAD_CLIENT_H
#define GAPMETER_BENCH_LOAD_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LOAD_CONNECTIONS_MAX 1024u
#define LOAD_REQUEST_BYTES   16384u
#define LOAD_REPLY_BYTES     (256u << 10)
#define LOAD_LOST            0 /* the status of a request whose connection broke before its reply was whole */

/* One reply. */
struct load_reply {
    uint64_t number;   /* of the request, from 0 on */
    int status;        /* HTTP status, or LOAD_LOST: nobody knows what became of it */
    const char *bytes; /* header and body, a NUL after them; good until told returns */
    size_t length;
    uint64_t nanoseconds; /* from sending it */
};

struct load_plan {
    unsigned port; /* on 127.0.0.1 */
    unsigned connections;
    uint64_t requests; /* so many, then it ends */
    double seconds;    /* or after so long, when the replies underway are there; 0 = no limit */
    unsigned
        abandon_ms; /* replies underway at the end are waited for so long and then LOAD_LOST; 0 = 30 seconds, then it gives up */
    bool stop_when_lost; /* ends when a connection breaks or none can be made; false: connects again */
    /* Writes request `number` whole into the room; gives its length. Called once for each number, in order. */
    size_t (*write)(void *state, uint64_t number, char *into, size_t room);
    /* Is told of each reply, in any order; NULL = nobody is. */
    void (*told)(void *state, const struct load_reply *reply);
    void *state;
};

struct load_result {
    uint64_t sent;         /* requests whose first byte went out */
    uint64_t good;         /* replies below 400 */
    uint64_t refused;      /* replies of 400 and above */
    uint64_t lost;         /* LOAD_LOST */
    int refused_status;    /* of the first refused one */
    double seconds;        /* from the first request to the last reply */
    double p50_us, p99_us; /* of good replies */
};

/* Runs the plan to its end. */
void load_run(const struct load_plan *plan, struct load_result *out);

#endif
