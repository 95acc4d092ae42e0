/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_ENCOUNTER_ROWS_H
#define GAPMETER_STORE_ENCOUNTER_ROWS_H

#include "model/live.h"
#include "store/store.h"

/* Rows of respondent, contact and encounter.
 * proof   tests/store/contract_test.c */

/* A respondent, and a contact when there is something to keep. */
enum status respondent_add(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                           const struct uuid *respondent, int64_t created_ms, const struct contact *contact) MUST_USE;

/* What is known of who somebody is. */
enum status respondent_contact(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                               const struct uuid *respondent, struct contact *out, bool *found) MUST_USE;

/* Respondents whose id, e-mail or reference is exactly this text. */
enum status respondent_find(struct ctx *ctx, struct store_session *session, const struct uuid *study, struct span text,
                            struct uuid **out, size_t *count) MUST_USE;

/* Respondents after one of them (none: from the first on), at most so many. */
struct respondent_page {
    struct uuid after;
    uint32_t most;
};

/* Respondents of a study in the order of their ids. */
enum status respondent_list(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                            const struct respondent_page *page, struct uuid **out, size_t *count) MUST_USE;

/* A new encounter. */
enum status encounter_add(struct ctx *ctx, struct store_session *session, const struct encounter *encounter) MUST_USE;

/* One encounter of a study. */
enum status encounter_get(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct uuid *id,
                          struct encounter *out, bool *found) MUST_USE;

/* Writes language, began_ms and ended_ms back. */
enum status encounter_update(struct ctx *ctx, struct store_session *session, const struct encounter *encounter) MUST_USE;

/* Takes an encounter that has no answers away, and the tokens that still lead to it. */
enum status encounter_remove(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                             const struct uuid *id) MUST_USE;

/* The encounters of one respondent, by id. */
enum status encounter_list(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                           const struct uuid *respondent, struct encounter **out, size_t *count) MUST_USE;

/* Every encounter of a study, by id.
 * takes   each  a status other than STATUS_OK stops */
enum status encounter_each(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                           enum status (*each)(struct ctx *ctx, void *state, const struct encounter *encounter),
                           void *state) MUST_USE;

#endif
