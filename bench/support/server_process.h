/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gapmeter server as a process of its own, for tests and bench/. */
#ifndef GAPMETER_BENCH_SERVER_PROCESS_H
#define GAPMETER_BENCH_SERVER_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

struct server_process {
    pid_t pid;
    unsigned port;
};

struct server_wish {
    const char *program; /* path of gapmeter; NULL = GAPMETER_BINARY of the environment */
    const char *store;
    const char *log;           /* where its words go; NULL = nowhere */
    const char *const *extra;  /* more options, ends with NULL; NULL = none */
    const char *const *limits; /* "NAME=value" added to its environment, ends with NULL; NULL = none */
    int core;                  /* it runs on this core alone; -1 = on all */
    unsigned long file_bytes;  /* no file of it grows larger (RLIMIT_FSIZE); 0 = no limit */
};

/* Starts a server on a free port of 127.0.0.1, without a limit of rate, and waits until it listens.
 * gives   false when it ended instead, or did not listen within 30 seconds (it is killed then) */
bool server_start(const struct server_wish *wish, struct server_process *out);

/* Sends a signal and waits for its end.
 * gives   what waitpid said */
int server_end(struct server_process *server, int signal);

/* Resident memory in KiB, and the most it ever was; 0 when not known. */
void server_memory(const struct server_process *server, unsigned long *now, unsigned long *most);

/* Runs the calling thread and what it starts on one core; false when that is not possible. */
bool core_choose(int core);

#endif
