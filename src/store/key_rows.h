/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_KEY_ROWS_H
#define GAPMETER_STORE_KEY_ROWS_H

#include "model/live.h"
#include "store/store.h"

/* Rows of api_key and api_key_study: who may use the API, and on which studies.
 * proof   tests/store/contract_test.c */

/* takes   studies  [count] those it may touch; none with all_studies
 * fails   STATUS_INVALID when a key has that name */
enum status key_add(struct ctx *ctx, struct store_session *session, const struct api_key *key, const struct uuid *studies,
                    size_t count) MUST_USE;

/* The key that has this hash, whether or not it is still good. */
enum status key_by_hash(struct ctx *ctx, struct store_session *session, const struct digest *hash, struct api_key *out,
                        bool *found) MUST_USE;

/* The key of a name. */
enum status key_by_name(struct ctx *ctx, struct store_session *session, struct span name, struct api_key *out,
                        bool *found) MUST_USE;

/* May this key touch this study? */
enum status key_covers(struct ctx *ctx, struct store_session *session, const struct api_key *key, const struct uuid *study,
                       bool *out) MUST_USE;

/* All keys by name. */
enum status key_list(struct ctx *ctx, struct store_session *session, struct api_key **out, size_t *count) MUST_USE;

/* The names of the studies that a key may touch. */
enum status key_studies(struct ctx *ctx, struct store_session *session, const struct uuid *key, const char *const **out,
                        size_t *count) MUST_USE;

/* Ends a key for good. */
enum status key_revoke(struct ctx *ctx, struct store_session *session, const struct uuid *key, int64_t at_ms) MUST_USE;

#endif
