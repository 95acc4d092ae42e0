/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_ERASURE_H
#define GAPMETER_STORE_ERASURE_H

#include "model/live.h"
#include "store/store.h"

/* Erasing persons and old answers. Freed pages are overwritten (secure_delete); store_scrub then rebuilds the file and empties the
 * log, so that no byte stays behind.
 * proof   tests/store/erasure_test.c */

/* Erases a respondent: contact, encounters, tokens, drafts, codes, submissions and replies of theirs, and notes the respondent's
 * id in the erasure list, so that a backup restored later forgets them too.
 * gives   *submissions  how many were erased */
enum status respondent_erase(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                             const struct uuid *respondent, int64_t at_ms, uint64_t *submissions) MUST_USE;

/* Which encounters are too old. */
struct expiry {
    struct uuid study;
    int64_t before_ms; /* nothing came of them since, and they were made before */
    bool dry;          /* only counts */
};

/* Erases encounters that are too old with all that hangs on them; respondents who have no other go too.
 * gives   *encounters  how many */
enum status encounters_expire(struct ctx *ctx, struct store_session *session, const struct expiry *expiry,
                              uint64_t *encounters) MUST_USE;

/* Erases drafts and replies of a study that are older than a moment. */
enum status leavings_expire(struct ctx *ctx, struct store_session *session, const struct uuid *study, int64_t before_ms) MUST_USE;

/* Were persons erased of whom the list beside the store does not know, because it was closed before it was scrubbed? Then it has
 * traces of pages. When a store is opened for writing. */
enum status erasures_look(struct ctx *ctx, struct store *store) MUST_USE;

/* Leaves no byte of what was erased in free pages or in the log, and copies the erasure list to PATH.erased, where it outlives the
 * file. Not within a session; erasing leaves traces that store_traces_clear clears so.
 * needs   the writing thread
 * fails   STATUS_UNAVAILABLE when a reader holds an older moment for too long: ask again */
enum status store_scrub(struct ctx *ctx, struct store *store) MUST_USE;

#endif
