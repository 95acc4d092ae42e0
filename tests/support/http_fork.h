/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server of src/serve with routes of a test's own, in a child of the test. */
#ifndef GAPMETER_TESTS_HTTP_FORK_H
#define GAPMETER_TESTS_HTTP_FORK_H

#include "serve/route.h"
#include "serve/server.h"
#include "support/http_client.h"

/* Starts it and waits until it listens. Its log goes to the scratch folder, and SIGTERM stops it.
 * takes   settings  listen and port_file are filled in here; store_path NULL: no store, and what needs one answers 503 */
void http_fork(struct http_server *server, struct scratch *scratch, const struct route *const *routes, size_t count,
               const struct server_settings *settings);

#endif
