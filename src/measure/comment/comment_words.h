/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_COMMENT_COMMENT_WORDS_H
#define GAPMETER_MEASURE_COMMENT_COMMENT_WORDS_H

#include "base/ctx.h"
#include "base/text.h"

/* Words of running text. Private to measure/. */

/* The next word of a text in small letters: letters and digits of any script, apostrophes between letters, at least two of them and
 * not digits alone. Nothing is cut off or put back to a stem.
 * takes   *rest  what is left of the text; moved on
 *         into   room for WORD_BYTES
 * gives   its length in bytes; 0 at the end. Longer words are left out
 * proof   tests/measure/comment/comment_words_test.c */
size_t comment_word_next(struct span *rest, char *into);

#define WORD_BYTES 64u

/* The text with what may name a person taken out: words with an @ in them, and runs of six digits or more, also with blanks, dots,
 * slashes and dashes between them, become "[…]"; line breaks become blanks.
 * gives   NULL without memory */
const char *comment_masked(struct ctx *ctx, const char *text);

#endif
