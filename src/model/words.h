/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program says to people, by language and key. data/words/<language>.json becomes these tables (tools/embed.c). */
#ifndef GAPMETER_MODEL_WORDS_H
#define GAPMETER_MODEL_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct word {
    const char *key;
    const char *text; /* UTF-8 */
};

struct words {
    const char *language;     /* "en"; the name of the file */
    const struct word *words; /* sorted by key, bytewise */
    size_t count;
};

/* Sorted by language; the end has language NULL. */
extern const struct words words_languages[];

/* Finds the text of a key in one language.
 * takes   language  "en"; key  "sentence.short_one"
 * gives   the text, borrowed for ever; NULL when the language or the key is missing
 * cost    time log(keys)
 * proof   tests/model/words_test.c */
const char *words_text(const char *language, const char *key);

/* The same, from English where the language lacks the key; never NULL for a key that English has.
 * fails   a key that English lacks is a programming mistake (assert) */
const char *words_or_english(const char *language, const char *key);

/* Can a report be written in this language? Yes for those that cover every key: without the member "language.covers". */
bool words_tell_reports(const char *language);

/* Is this language written from right to left? Of languages without a words file by their tag, "he" or "fa-IR".
 * proof   tests/model/words_test.c */
bool language_is_right_to_left(const char *language);

#endif
