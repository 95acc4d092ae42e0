/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_STUDY_CREATION_H
#define GAPMETER_APP_STUDY_CREATION_H

#include "app/desk.h"
#include "model/live.h"

/* Makes a live study from the text of a study file. The instrument is written out into the definition that is stored, so that a later
 * Gapmeter with other shipped instruments asks the same.
 * takes   text  the study file (JSON); an instrument must be a shipped one or stand in it
 *         name  of [a-z0-9-], for addresses and commands; "" = made of the title
 * gives   *out  the study as stored
 * fails   STATUS_CONFIG   the file, or what cannot be asked, with its JSON path
 *         STATUS_INVALID  the name is no name, or taken
 * proof   tests/app/study_creation_test.c */
enum status study_create(struct ctx *ctx, struct store_session *session, struct span text, const char *name,
                         struct live_study *out) MUST_USE;

/* One more version of a study's instrument. Wording may change at any time; scales, items and directions only while nobody has
 * answered, because both waves must be asked on the same scale; who is known never.
 * gives   *study  with its new version and title
 * fails   STATUS_CONFIG, STATUS_INVALID with what would be changed */
enum status study_revise(struct ctx *ctx, struct store_session *session, struct live_study *study, struct span text) MUST_USE;

#endif
