/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server of src/serve with routes of a test's own and no store, in a child of the test. */
#ifndef GAPMETER_TESTS_HTTP_FORK_H
#define GAPMETER_TESTS_HTTP_FORK_H

#include "serve/route.h"
#include "serve/server.h"
#include "support/http_client.h"

/* Starts it and waits until it listens. Its log goes to the scratch folder, and SIGTERM stops it.
 * takes   settings  listen, port_file and store_path are filled in here */
void http_fork(struct http_server *server, struct scratch *scratch, const struct route *const *routes, size_t count,
               const struct server_settings *settings);

#endif
