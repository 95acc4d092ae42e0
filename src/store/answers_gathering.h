/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_ANSWERS_GATHERING_H
#define GAPMETER_STORE_ANSWERS_GATHERING_H

#include "model/answers.h"
#include "model/form.h"
#include "model/live.h"
#include "store/store.h"

/* What is needed to understand the submissions of one version of an instrument. */
struct version_forms {
    uint32_t version;
    const struct form *forms[WAVE_COUNT];
};

/* The answers of a study as analyses want them: one encounter per row, in the order of ids. Expectations enter when their phase is
 * the one that the study says it asked (before, or recalled); late ones are left out and a note counts them. What was captured
 * during the encounter stays out. Encounters of versions whose scales differ from the newest are left out and counted in a note.
 * Where the study says nothing of respondents they are still told apart by their ids.
 * takes   study     the newest version's, with its columns; outlives the answers
 *         versions  [count] every version that has answers
 * fails   STATUS_DATA when a submission cannot be read, with its encounter
 * proof   tests/store/answers_gathering_test.c */
enum status answers_gather(struct ctx *ctx, struct store_session *session, const struct uuid *id, const struct study *study,
                           const struct version_forms *versions, size_t count, const struct answers **out) MUST_USE;

#endif
