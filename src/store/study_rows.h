/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_STUDY_ROWS_H
#define GAPMETER_STORE_STUDY_ROWS_H

#include "model/live.h"
#include "store/store.h"

/* Rows of study, instrument_version and consent. Every function but those that look a study up by its name takes its id, and the
 * id stands in each statement's WHERE.
 * proof   tests/store/contract_test.c */

/* A new study with its first version.
 * fails   STATUS_INVALID when a study has that name */
enum status study_add(struct ctx *ctx, struct store_session *session, const struct live_study *study,
                      const struct instrument_version *version, const char *consent) MUST_USE;

/* gives   *found  false and *out untouched when there is none */
enum status study_by_name(struct ctx *ctx, struct store_session *session, struct span name, struct live_study *out,
                          bool *found) MUST_USE;
enum status study_by_id(struct ctx *ctx, struct store_session *session, const struct uuid *id, struct live_study *out,
                        bool *found) MUST_USE;

/* All studies by name. */
enum status study_list(struct ctx *ctx, struct store_session *session, struct live_study **out, size_t *count) MUST_USE;

/* Opens or closes a study. */
enum status study_set_state(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                            enum live_state state) MUST_USE;

/* One more version of the instrument, numbered one above the newest, and the study's title. */
enum status study_add_version(struct ctx *ctx, struct store_session *session, const struct instrument_version *version,
                              const char *title, const char *consent) MUST_USE;

/* One version of the instrument. */
enum status study_version(struct ctx *ctx, struct store_session *session, const struct uuid *study, uint32_t version,
                          struct instrument_version *out, bool *found) MUST_USE;

/* Keeps a text of consent under its hash; one that is kept already stays as it is. */
enum status study_consent_add(struct ctx *ctx, struct store_session *session, const struct uuid *study, const char *text,
                              int64_t created_ms) MUST_USE;

/* The text whose hash a submission carries; NULL when there is none. */
enum status study_consent(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct digest *hash,
                          const char **out) MUST_USE;

/* How many encounters were asked by a personal link. */
enum status study_invited(struct ctx *ctx, struct store_session *session, const struct uuid *study, uint64_t *out) MUST_USE;

/* How many were asked and answered.
 * cost    one pass over the study's encounters and submissions */
enum status study_counts(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                         struct live_counts *out) MUST_USE;

#endif
