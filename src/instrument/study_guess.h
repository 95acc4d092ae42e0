/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_STUDY_GUESS_H
#define GAPMETER_INSTRUMENT_STUDY_GUESS_H

#include "model/format.h"
#include "model/guess.h"

/* Proposes a study for a file of answers, from its headers, texts and values.
 *
 * Which standard a column holds is read from words in its header, in several languages (guess_words.h);
 * columns whose headers are alike but for that word are answers to the same item. A header that joins a question and
 * its row, "… [row]" or "… - row", is taken apart first. Without such words two families of numbered columns of the
 * same size are taken, the first as expectation unless a letter tells otherwise; other numbered columns are perceptions
 * alone. A column whose cells name the standard makes long layout. The scale is the usual one that holds the values
 * seen; rare values far outside it are proposed as missing codes. Ratings of satisfaction, recommending and loyalty
 * become outcomes, columns with few different values segments, the one with a value of its own in each row the
 * respondent.
 * takes   sample  headers and rows; must outlive the guess
 * gives   *out    in ctx->arena; study is NULL when no item was found, and the lines say what each column holds
 * fails   STATUS_MEMORY
 * proof   tests/instrument/study_guess_test.c, tests/cli/guess_test.c */
enum status study_guess(struct ctx *ctx, const struct sample *sample, struct guess *out) MUST_USE;

#endif
