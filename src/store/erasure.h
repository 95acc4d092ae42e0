/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_ERASURE_H
#define GAPMETER_STORE_ERASURE_H

#include "model/live.h"
#include "store/store.h"

/* Erasing persons and old answers. Freed pages are overwritten (secure_delete); store_scrub then folds the log into the file,
 * empties it, and rebuilds the file, so that no byte stays in free pages.
 * proof   tests/store/erasure_test.c */

/* Erases a respondent: contact, encounters, tokens, drafts, codes, submissions and replies of theirs, and notes the respondent's
 * id in the erasure list of the store and in PATH.erased, so that a backup restored later forgets them too.
 * gives   *submissions  how many were erased */
enum status respondent_erase(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                             const struct uuid *respondent, int64_t at_ms, uint64_t *submissions) MUST_USE;

/* Erases encounters whose last submission came before a moment, with all that hangs on them; respondents without an encounter go too.
 * takes   dry  true: only counts
 * gives   *encounters  how many */
enum status encounters_expire(struct ctx *ctx, struct store_session *session, const struct uuid *study, int64_t before_ms,
                              bool dry, uint64_t *encounters) MUST_USE;

/* Leaves no byte of what was erased in free pages or in the log; not within a session. Needs the writing thread. */
enum status store_scrub(struct ctx *ctx, struct store *store) MUST_USE;

#endif
