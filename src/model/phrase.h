/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_PHRASE_H
#define GAPMETER_MODEL_PHRASE_H

#include "base/ctx.h"

/* What stands for {name} in a text of the words files. */
struct phrase_word {
    const char *name;
    const char *text;
};

/* Makes a sentence of a language's text with its {names} filled in. In a language that is written from right to left, and round a
 * word with letters of one, stand U+2066 (or U+2067) and U+2069, so that words and numbers keep their own direction.
 * takes   language  "en"; a key that the language lacks is taken from English
 *         {Name}    with a capital is the text of `name` with its first letter large (model/capital.h)
 *         words     ends with a name that is NULL; a sentence of three words or more loses its full stop before a closing quotation mark
 * gives   *out      in ctx->arena
 * fails   STATUS_MEMORY. A key that English lacks, or a {name} that is not given, is a programming
 *         mistake (assert): tests walk all keys
 * source  Unicode Standard Annex 9: Unicode Bidirectional Algorithm
 * proof   tests/model/phrase_test.c */
enum status phrase_make(struct ctx *ctx, const char *language, const char *key, const struct phrase_word *words,
                        const char **out) MUST_USE;

#endif
