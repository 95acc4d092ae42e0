/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A live study in a store of its own, for tests that invite and answer. */
#ifndef GAPMETER_TESTS_LIVE_STAGE_H
#define GAPMETER_TESTS_LIVE_STAGE_H

#include <jansson.h>

#include "app/collecting.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

struct live_stage {
    struct job job;
    struct scratch scratch;
    const char *path; /* of the store */
    struct desk *desk;
    struct live_study study;
};

/* The file of a small study: two items on a scale of 1 to 5, one outcome, segments branch and sex.
 * takes   collection  the member "collection" as JSON */
const char *live_stage_file(struct live_stage *stage, const char *collection);

/* Makes store, desk and study with an open link, at a fixed time; fails the test when it cannot. */
void live_stage_begin(struct live_stage *stage, const char *collection);

/* One more study in the same store; stage->study stays what it is.
 * takes   file  the study file as JSON, such as live_stage_file makes */
struct live_study live_stage_add(struct live_stage *stage, const char *name, const char *file);
void live_stage_end(struct live_stage *stage);

/* Sets the clock that the desk reads: milliseconds since 1970. */
void live_stage_clock(int64_t now_ms);
#define LIVE_NOON INT64_C(1796126400000) /* 2026-12-01 12:00 UTC */

/* Invites somebody; fails the test when that fails. */
struct invitation live_stage_invite(struct live_stage *stage, const struct invitation_request *request);

/* Looks a personal link up, with a seed for what no encounter has drawn yet. */
struct ticket live_stage_ticket(struct live_stage *stage, const char *token);
struct ticket live_stage_ticket_drawn(struct live_stage *stage, const char *token, uint64_t seed);

/* The customer says that the visit is over: see ticket_open_now. */
struct ticket live_stage_visit_over(struct live_stage *stage, const char *token);

/* Runs an operation of the stage's study as its operator.
 * takes   in    an object as JSON, without the member "study"
 * gives   *out  to be given to json_decref; NULL: not wanted
 * fails   as the operation; the sentence stands in stage->job.ctx.error */
enum status live_stage_ask(struct live_stage *stage, const char *operation, const char *in, json_t **out);

/* The same, when nothing else than its success is of interest. */
void live_stage_do(struct live_stage *stage, const char *operation, const char *in);

/* How many lines of a kind the stage's study has in its log.
 * gives   *last  the last of them; NULL: not wanted */
size_t live_stage_events(struct live_stage *stage, const char *kind, struct event *last);

/* An encounter of the stage's study; false: there is none. */
bool live_stage_encounter(struct live_stage *stage, const struct uuid *id, struct encounter *out);

/* What an encounter of the stage's study answered in a wave; false: nothing. */
bool live_stage_submission(struct live_stage *stage, const struct uuid *encounter, enum wave wave, struct submission *out);

/* How many were asked and answered in the stage's study. */
struct live_counts live_stage_counts(struct live_stage *stage);

/* Answers by any way.
 * takes   fields  "name=value&name=value", without escapes */
struct submission_result live_stage_answer(struct live_stage *stage, const struct submission_request *request,
                                           const char *fields);

/* Answers a personal link. */
struct submission_result live_stage_answer_token(struct live_stage *stage, const char *token, const char *fields);

#endif
