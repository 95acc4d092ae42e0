/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers of a live study as they are in a store at one moment: what analyses take in place of files. */
#ifndef GAPMETER_APP_LIVE_ANSWERS_H
#define GAPMETER_APP_LIVE_ANSWERS_H

#include "app/desk.h"
#include "model/answers.h"
#include "model/format.h"
#include "model/live.h"

struct live_answers {
    const struct study *study;     /* as the newest version of its instrument says */
    const struct answers *answers; /* of that study */
};

/* Does this source name a store and not a file of answers? Must not be asked of a store that this process has open. */
bool source_is_live(const struct format_source *source);

/* Answers of a study, from the session's moment.
 * takes   only  the answers of this phase instead of what analyses see (store/answers_gathering.h); NULL = what they see
 * gives   *out  in ctx->arena
 * fails   STATUS_DATA  what the store holds of this study cannot be read; as answers_gather
 * proof   tests/cli/live_analysis_test.c */
enum status live_answers_of_session(struct ctx *ctx, struct store_session *session, const struct live_study *live,
                                    const enum phase *only, struct live_answers *out) MUST_USE;

/* Opens a store for reading, gathers, and closes it again. A server may be writing it.
 * takes   name  of the study; NULL = the only one
 * fails   STATUS_USAGE  several studies and no name, or no study of that name, listing those there are; as desk_open */
enum status live_answers_read(struct ctx *ctx, const char *path, const char *name, struct live_answers *out) MUST_USE;

#endif
