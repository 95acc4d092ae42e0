/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_SERVING_H
#define GAPMETER_SERVE_SERVING_H

#include "serve/request.h"

/* Starts a server's router, ceilings and threads.
 * takes   server  with settings, desk, log and routes
 * fails   STATUS_USAGE when trusted_proxy is no address; STATUS_UNAVAILABLE, STATUS_MEMORY */
enum status serving_start(struct ctx *ctx, struct server *server) MUST_USE;

/* Takes the port and says where it listens: in the log, and in the port file.
 * fails   STATUS_USAGE when listen is no address; STATUS_UNAVAILABLE when it is taken; as out_close */
enum status serving_listen(struct ctx *ctx, struct server *server) MUST_USE;

/* Serves until *stop, then takes no more connections, answers 503 to what comes on those there are, and works off what was
 * accepted. */
void serving_go_on(struct server *server, const atomic_bool *stop);

/* Ends the threads and the connections; after serving_go_on. */
void serving_stop(struct server *server);

#endif
