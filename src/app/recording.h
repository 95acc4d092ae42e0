/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A submission while it is recorded. Private to app/: submission.c, and repeating.c for what is sent twice. */
#ifndef GAPMETER_APP_RECORDING_H
#define GAPMETER_APP_RECORDING_H

#include "app/ticket_inside.h"
#include "formats/form_fields.h"

/* A submission on its way. */
struct recording {
    struct desk *desk;
    struct store_session *session;
    const struct submission_request *request;
    struct submission_result *result;
    struct way_found way;
    struct form_reading reading;
    struct digest once, body; /* of the idempotency key, and of what was sent with it */
    int64_t now;              /* when it was answered */
    bool fresh;               /* the encounter is made by this submission */
};

/* Does it come by the API or the command line, and not by a page? */
bool submission_of_program(const struct submission_request *request);

/* Tells one problem of the form as a whole. */
enum status problem_tell(struct ctx *ctx, struct submission_result *result, const char *sentence) MUST_USE;

/* The same key again: the same reply for the same body; for another one a refusal.
 * gives   *done  nothing more is to be done
 * proof   tests/app/collecting_test.c */
enum status repeat_check(struct ctx *ctx, struct recording *recording, bool *done) MUST_USE;

/* Keeps what is to be replied when the key comes again. */
enum status repeat_note(struct ctx *ctx, const struct recording *recording) MUST_USE;

/* An expectation that came through a door gets a link of its own for afterwards; in an anonymous study every expectation does, because
 * two links that were handed out together would tell which answers belong to one person. */
enum status follow_up_make(struct ctx *ctx, struct recording *recording) MUST_USE;

#endif
