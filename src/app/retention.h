/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_RETENTION_H
#define GAPMETER_APP_RETENTION_H

#include "app/desk.h"
#include "model/live.h"

/* What a study's retention comes to. */
struct retention_result {
    uint32_t days;       /* as the newest version says; 0: answers are kept */
    uint64_t encounters; /* that are too old: erased, or counted */
};

/* Erases what the study says is too old (collection.retention_days after its last answer), or only counts it.
 * takes   dry  true: nothing is changed
 * proof   tests/app/retention_test.c */
enum status retention_apply(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct live_study *study,
                            bool dry, struct retention_result *out) MUST_USE;

/* What a server does once an hour, in a writing session: retention of every study; drafts and replies that are older than
 * LEAVINGS_DAYS are dropped.
 * gives   *erased  encounters; more than none: the store should be scrubbed */
enum status desk_housekeeping(struct ctx *ctx, struct desk *desk, struct store_session *session, uint64_t *erased) MUST_USE;

/* Is there a trace of which anonymous answer came by which link, or of what was erased? From any thread. */
bool desk_has_traces(const struct desk *desk);

/* Clears the traces that the store has, outside of a session, by the writing thread: see store_traces_clear. */
enum status desk_traces_clear(struct ctx *ctx, struct desk *desk) MUST_USE;

/* Scrubs the store of a desk, outside of a session, by the writing thread: see store_scrub. */
enum status desk_scrub(struct ctx *ctx, struct desk *desk) MUST_USE;

#endif
