/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_OPERATION_DOOR_H
#define GAPMETER_SERVE_OPERATION_DOOR_H

#include "serve/exchange.h"

/* What a route with an operation hands to it, as one object: the parts of its path by their names, then the query (GET and DELETE)
 * or the JSON body (POST and PUT), and the header Idempotency-Key where the operation takes one. What stands in the path or in a
 * header cannot be given in the body as well.
 * owns    *in  the caller: json_decref
 * gives   false when the request is refused, and the reply says why: 400 (not JSON, with line and column; a member that is unknown,
 *         missing, given twice or of another kind; deeper than JSON_DEPTH_MAX), 415 (a body that is not called JSON)
 * proof   tests/http/api_test.c */
bool operation_door_read(struct exchange *exchange, const struct operation *operation, json_t **in);

/* The handle of routes that have an operation and none of their own: reads, runs, and replies with what the operation gives.
 * fails   as the operation, so that what it wrote is undone; where it says in detail what is wrong, it has written nothing, and
 *         the reply is made here */
enum status operation_door_handle(struct exchange *exchange) MUST_USE;

#endif
