/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_RESPONSE_TABLE_H
#define GAPMETER_APP_RESPONSE_TABLE_H

#include "app/live_answers.h"
#include "base/out.h"

/* Writes the answers of a live study as CSV under the headers that its study file names, a row per encounter, so that analysing the
 * file gives what analysing the store gives. Respondents bear pseudonyms: the same person has the same one in every export of this
 * study, and nobody without the store can tell whose it is. What a spreadsheet would run as a formula is made harmless.
 * Of answers of one
 * phase (answers_wish.only) the rows that have one stand there, with the phase in a last column "phase".
 * takes   of_phase  the answers were gathered so
 * gives   *rows     how many it has, without the header
 * proof   tests/cli/live_study_test.sh, tests/cli/live_phases_test.sh */
enum status response_table_write(struct ctx *ctx, struct out *out, const struct live_study *live,
                                 const struct live_answers *answers, bool of_phase, uint64_t *rows) MUST_USE;

#endif
