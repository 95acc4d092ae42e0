/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_NOTE_H
#define GAPMETER_MODEL_NOTE_H

#include <stdbool.h>

#include "base/ctx.h"

/* A sentence below a table or about the reading of answers: a key of the words files and what stands for the {names} in it, so that
 * every document says it in its own language. Whoever makes a note writes all of it. */

enum note_word_kind {
    NOTE_TEXT,   /* a text that is the same in every language: an id, a name, a title of the study's author */
    NOTE_COUNT,  /* a whole number */
    NOTE_NUMBER, /* a number with `digits` after the point */
    NOTE_OURS,   /* a word of ours that stands in a table, in English as it stands there */
    NOTE_PHRASE, /* another text of the words files */
    NOTE_NOUN,   /* the same with a {count}: the one of "key.one" when it is 1 */
    NOTE_LIST    /* several texts in a row */
};

/* What stands for {name}. The functions below fill it in. */
struct note_word {
    const char *name; /* NULL ends the words */
    enum note_word_kind kind;
    unsigned digits;          /* NOTE_NUMBER */
    bool closed;              /* NOTE_LIST: "a, b and c" */
    double number;            /* NOTE_NUMBER */
    uint64_t count;           /* NOTE_COUNT, NOTE_NOUN; NOTE_LIST: how many there are, shown or not */
    const char *text;         /* NOTE_TEXT, NOTE_OURS */
    const char *key;          /* NOTE_PHRASE, NOTE_NOUN; NOTE_OURS: the first word of its key; NOTE_LIST: the key of a text with
                                 {item} and {count} that says each, or NULL */
    const char *const *texts; /* NOTE_LIST, NULL at the end */
    const uint64_t *counts;   /* NOTE_LIST: [texts] the {count} of each, or NULL */
};

struct note {
    const char *key;
    const struct note_word *words;
    const char *english; /* the whole sentence, for programs and for the terminal */
};

/* A text that is the same in every language. */
struct note_word note_text(const char *name, const char *text);

/* A whole number; a number with so many digits after the point. */
struct note_word note_count(const char *name, uint64_t count);
struct note_word note_number(const char *name, double number, unsigned digits);

/* A word of ours: "outcome", "satisfaction" is the text of the key "outcome.satisfaction" in every language but English, where it is
 * "satisfaction"; a word without such a key is the study's own and stays as it is. */
struct note_word note_ours(const char *name, const char *first, const char *word);

/* The text of a key. */
struct note_word note_phrase(const char *name, const char *key);
struct note_word note_noun(const char *name, const char *key, uint64_t count);

/* "a, b, c", or "a, b, c and 4 more" when there are `count` of them in all; note_all: "a, b and c".
 * takes   texts  NULL at the end */
struct note_word note_list(const char *name, const char *const *texts, uint64_t count);
struct note_word note_all(const char *name, const char *const *texts);

/* Makes a note and its English.
 * takes   words  ends with a name that is NULL; NULL = none. Words, texts and counts are copied
 * owns    nothing: it lives in ctx->arena
 * fails   STATUS_MEMORY. A key that English lacks, or a {name} that is not given, is a programming mistake (assert)
 * proof   tests/model/note_test.c */
enum status note_make(struct ctx *ctx, const char *key, const struct note_word *words, struct note *out) MUST_USE;

/* Can these words be said in every language: is there such a key, and a word for each {name} in it? For notes that were read from a file.
 * proof   tests/model/note_test.c */
bool note_is_sound(struct ctx *ctx, const char *key, const struct note_word *words);

/* The sentence of a note in a language.
 * gives   *out  in ctx->arena or borrowed from the note
 * fails   STATUS_MEMORY
 * proof   tests/model/note_test.c */
enum status note_say(struct ctx *ctx, const char *language, const struct note *note, const char **out) MUST_USE;

/* The sentences of several notes.
 * gives   *out  [count] in ctx->arena
 * fails   STATUS_MEMORY */
enum status notes_say(struct ctx *ctx, const char *language, const struct note *notes, uint32_t count,
                      const char *const **out) MUST_USE;

#endif
