/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server for a test, and a client that sends exactly the bytes it is given. */
#ifndef GAPMETER_TESTS_HTTP_CLIENT_H
#define GAPMETER_TESTS_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "support/scratch_folder.h"

/* A server that runs. */
struct http_server {
    pid_t pid;
    unsigned port; /* on 127.0.0.1 */
    char port_file[SCRATCH_ROOM];
    char log[SCRATCH_ROOM]; /* the file with what it said on stderr */
};

/* One reply as it came. */
struct http_reply {
    int status;  /* 0: the connection ended without one */
    char *bytes; /* header, body, and a NUL */
    size_t length;
    size_t head_length; /* with the empty line */
    const char *body;   /* within bytes */
    size_t body_length;
};

/* Starts `gapmeter serve STORE` with more options (the end is NULL; NULL = none) on a free port, and waits until it listens; fails
 * the test when it does not. Port file and log stand in the scratch folder. The server ends with the test, however that ends.
 * proof   tests/support/http_client_test.c */
void http_server_start(struct http_server *server, struct scratch *scratch, const char *store, const char *const *options);

/* The same, when environment settings "NAME=value" are wanted. */
void http_server_start_with(struct http_server *server, struct scratch *scratch, const char *store, const char *const *options,
                            const char *const *settings);

/* Waits until a server has written its port file; fails the test after 20 s or when it ended. For servers started otherwise. */
void http_server_wait(struct http_server *server);

/* Asks the server to stop (SIGTERM) and waits.
 * gives   its exit code; 128 + signal when it was killed */
int http_server_stop(struct http_server *server);

/* Kills it (SIGKILL) and waits. */
void http_server_kill(struct http_server *server);

/* Resident memory in KiB, of /proc. */
long http_server_resident_kib(const struct http_server *server);

/* Connects; from an address of its own such as "127.0.0.9", or NULL. Fails the test when it cannot. */
int http_connect(const struct http_server *server, const char *from);

/* Sends bytes; false when the server has ended the connection. */
bool http_send(int fd, const void *bytes, size_t length);

/* Reads one reply: its header, and the body that its Content-Length says (none when `head` was asked). Waits at most 30 s. */
void http_receive(int fd, struct http_reply *reply, bool head);

/* Does the server end the connection within some seconds, without sending more? */
bool http_is_closed(int fd, int seconds);

void http_reply_clear(struct http_reply *reply);

/* The value of a header, not minding case, in a static room; NULL when there is none. */
const char *http_header(const struct http_reply *reply, const char *name);

/* How often a header stands there. */
size_t http_header_count(const struct http_reply *reply, const char *name);

/* A whole request on a connection of its own: `lines` are more header lines, each with \r\n, or ""; body NULL = none. Content-Length is
 * added when there is a body. */
void http_ask(const struct http_server *server, const char *method, const char *target, const char *lines, const char *body,
              struct http_reply *reply);

/* GET, and POST of a form. */
void http_get(const struct http_server *server, const char *target, struct http_reply *reply);
void http_post_form(const struct http_server *server, const char *target, const char *fields, struct http_reply *reply);

#endif
