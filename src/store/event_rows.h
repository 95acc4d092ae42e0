/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_EVENT_ROWS_H
#define GAPMETER_STORE_EVENT_ROWS_H

#include "model/live.h"
#include "store/store.h"

/* The event log: only ever longer, each line chained to the one before by a hash over both.
 * proof   tests/store/contract_test.c */

/* Adds a line; sequence and chain are made here. */
enum status event_add(struct ctx *ctx, struct store_session *session, const struct event *event) MUST_USE;

/* Lines from a sequence on, at most so many. */
struct event_range {
    int64_t from;
    uint32_t most;
};

/* The lines of a study (none: of the whole store). */
enum status event_list(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct event_range *range,
                       struct event **out, size_t *count) MUST_USE;

/* Does every line fit the one before?
 * gives   *broken  the first sequence that does not, or 0 */
enum status event_verify(struct ctx *ctx, struct store_session *session, int64_t *broken) MUST_USE;

#endif
