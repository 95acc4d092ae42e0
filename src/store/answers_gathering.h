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
    uint64_t invited;                     /* encounters with a personal link, answered or not */
    const struct study *study;            /* the newest version's, with its columns; outlives the answers */
    const struct version_forms *versions; /* [version_count] every version that may have answers */
    size_t version_count;
    const enum phase *only; /* instead of what analyses see: the answers of this phase; NULL = what they see */
};

/* A text that marks the rows with an answer of the phase that was wished for: "late". */
#define ANSWERS_PHASE_FIELD "phase"

/* The answers of a study as analyses want them: one encounter per row, in the order of ids; an encounter without a form that
 * enters has none. Expectations enter when their phase is the one that the study says it asked: before the encounter, or in the
 * perception form. Others are left out and notes count them. What was captured during the encounter stays out. Versions are joined
 * by the names of items, outcomes, dimensions and segments; encounters of versions with a question on another scale (points, labels
 * or direction) than the newest are left out and counted in a note. What a version, an arm or a draw of items did not ask is missing
 * as "not asked". In named studies respondents are told apart by their ids, encounters without one by themselves. What a column of a
 * file would say (segments, weight, cluster, strata, time) the attributes of the encounter say under its name; a respondent's own
 * answer about a segment goes before them, and without a time it was when the encounter began, or else when it was answered last.
 * Answers of one phase stand where those that analyses see would: late and recalled expectations as the expectations, ratings
 * captured during the encounter as the perceptions, beside whatever else the encounter answered. Rows that have one are marked by a
 * text ANSWERS_PHASE_FIELD.
 * fails   STATUS_DATA when a submission cannot be read, with its encounter
 * cost    one pass over the study's submissions
 * proof   tests/store/answers_gathering_test.c */
enum status answers_gather(struct ctx *ctx, struct store_session *session, const struct answers_wish *wish,
                           const struct answers **out) MUST_USE;

#endif
