/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_ADMISSION_H
#define GAPMETER_SERVE_ADMISSION_H

#include "serve/request.h"

/* May the address ask once more, and has it not tried too many links that there are not? Takes one from its bucket.
 * gives   false: the reply says 429 and when to come again
 * proof   tests/http/rate_test.c */
bool admission_of_address(struct request *request, uint64_t now_ms);

/* May this link or key be used once more? */
bool admission_of_secret(struct request *request, uint64_t now_ms);

/* Is there a key where one is needed? Asked before the body is read; whether it is a good one, later.
 * gives   false: the reply says 401 */
bool admission_of_bearer(struct request *request);

/* Counts a reply that says that there is no such link or key. */
void admission_count_miss(struct request *request, uint64_t now_ms);

/* Who asks: reads the key of a route that wants one.
 * gives   *admitted  false: the reply says 401 or 403
 * fails   as the store */
enum status admission_of_caller(struct request *request, struct store_session *session, bool *admitted) MUST_USE;

/* Does the route want a key from this request? */
bool admission_wants_key(const struct request *request);

#endif
