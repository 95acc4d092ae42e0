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

/* Whose answers are wanted. */
struct answers_wish {
    struct uuid id;
    const struct study *study;            /* the newest version's, with its columns; outlives the answers */
    const struct version_forms *versions; /* [version_count] every version that may have answers */
    size_t version_count;
};

/* The answers of a study as analyses want them: one encounter per row, in the order of ids. Expectations enter when their phase is
 * the one that the study says it asked (before, or recalled); late ones are left out and a note counts them. What was captured
 * during the encounter stays out. Answers to versions with other items or scales are left out and counted in a note. Respondents
 * are told apart by their ids, encounters without one by themselves. What a perception-only respondent was not asked is missing as
 * "not asked". Where the study names a time and an encounter has none among its attributes, the day of the perception is taken.
 * fails   STATUS_DATA when a submission cannot be read, with its encounter
 * proof   tests/store/answers_gathering_test.c */
enum status answers_gather(struct ctx *ctx, struct store_session *session, const struct answers_wish *wish,
                           const struct answers **out) MUST_USE;

#endif
