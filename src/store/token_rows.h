/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_TOKEN_ROWS_H
#define GAPMETER_STORE_TOKEN_ROWS_H

#include "model/live.h"
#include "store/store.h"

/* Rows of token, draft and door. Only hashes of what stands in a link are kept.
 * proof   tests/store/contract_test.c */

/* A new token. */
enum status token_add(struct ctx *ctx, struct store_session *session, const struct token *token) MUST_USE;

/* The token that has this hash, of any study: the hash of 128 random bits is the right to it. */
enum status token_get(struct ctx *ctx, struct store_session *session, const struct digest *hash, struct token *out,
                      bool *found) MUST_USE;

/* All tokens of an encounter. */
enum status token_list(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct uuid *encounter,
                       struct token **out, size_t *count) MUST_USE;

/* Marks a token as used, in the transaction that stores the submission, and drops its draft.
 * takes   forget  true in anonymous studies: the token loses its encounter
 * gives   *first  false when it had been used before, and nothing was changed */
enum status token_use(struct ctx *ctx, struct store_session *session, const struct token *token, int64_t used_ms, bool forget,
                      bool *first) MUST_USE;

/* The tokens of one encounter and wave. */
struct token_choice {
    struct uuid study, encounter;
    enum wave wave;
};

/* Sets when the unused tokens of a choice open and expire.
 * gives   *changed  how many there were */
enum status token_open(struct ctx *ctx, struct store_session *session, const struct token_choice *choice, int64_t opens_ms,
                       int64_t expires_ms, uint64_t *changed) MUST_USE;

/* Withdraws the unused tokens of a choice. */
enum status token_withdraw(struct ctx *ctx, struct store_session *session, const struct token_choice *choice, int64_t at_ms,
                           uint64_t *changed) MUST_USE;

/* Keeps a draft in the place of the one before. */
enum status draft_put(struct ctx *ctx, struct store_session *session, const struct draft *draft) MUST_USE;

/* The draft of a token. */
enum status draft_get(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct digest *token,
                      struct draft *out, bool *found) MUST_USE;

/* A new door. */
enum status door_add(struct ctx *ctx, struct store_session *session, const struct door *door) MUST_USE;

/* The door that has this hash, of any study. */
enum status door_get(struct ctx *ctx, struct store_session *session, const struct digest *hash, struct door *out,
                     bool *found) MUST_USE;

/* The doors of a study. */
enum status door_list(struct ctx *ctx, struct store_session *session, const struct uuid *study, struct door **out,
                      size_t *count) MUST_USE;

/* Closes a door of a study. */
enum status door_close(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct digest *hash,
                       int64_t at_ms, bool *found) MUST_USE;

#endif
