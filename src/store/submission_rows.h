/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_SUBMISSION_ROWS_H
#define GAPMETER_STORE_SUBMISSION_ROWS_H

#include "model/live.h"
#include "store/store.h"

/* Rows of submission, code and reply.
 * proof   tests/store/contract_test.c */

/* gives   *first  false when this encounter and wave has one already, and nothing was written */
enum status submission_add(struct ctx *ctx, struct store_session *session, const struct submission *submission,
                           bool *first) MUST_USE;

/* The submission of an encounter and wave.
 * takes   submission  study, encounter and wave; the rest is written when there is one */
enum status submission_get(struct ctx *ctx, struct store_session *session, struct submission *submission, bool *found) MUST_USE;

/* Every submission of a study, by encounter and wave.
 * takes   each  a status other than STATUS_OK stops; what it is given is good until it returns */
enum status submission_each(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                            enum status (*each)(struct ctx *ctx, void *state, const struct submission *submission),
                            void *state) MUST_USE;

/* Self-generated codes. A code of k fragments is stored as k + 1 keyed hashes: of all fragments (left_out 0) and of all but the
 * i-th (left_out i), so that codes that differ in one fragment share a hash and nothing else is known of them.
 * takes   hashes  [count] with left_out = index */
enum status code_add(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct uuid *encounter,
                     const struct digest *hashes, size_t count) MUST_USE;

/* The code of somebody who answers a wave. */
struct code_search {
    struct uuid study;
    enum wave wave;              /* encounters that have answered it already do not count */
    const struct digest *hashes; /* [count] as of code_add */
    size_t count;
};

/* Encounters that share the hash at left_out = index with any of these, each once.
 * gives   *exact  how many of them share the first hash; those come first */
enum status code_find(struct ctx *ctx, struct store_session *session, const struct code_search *search, struct uuid **out,
                      size_t *found, size_t *exact) MUST_USE;

/* Replies by idempotency key (its hash). */
enum status reply_get(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct digest *key,
                      struct idempotent_reply *out, bool *found) MUST_USE;
enum status reply_add(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct digest *key,
                      const struct idempotent_reply *reply) MUST_USE;

#endif
