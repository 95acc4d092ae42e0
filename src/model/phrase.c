/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/phrase.h"

#include <assert.h>
#include <string.h>

#include "base/direction_marks.h"
#include "base/out.h"
#include "base/text.h"
#include "model/capital.h"
#include "model/words.h"

/* U+2067; U+2066 with U+200E, since fribidi 1.0.8 lets Arabic before an isolate change the figures in it; U+2069. By their bytes,
 * since compilers rightly mistrust such marks in a string. */
static const char begin_leftward[] = {'\xE2', '\x81', '\xA7', '\0'};
static const char begin_rightward[] = {'\xE2', '\x81', '\xA6', '\xE2', '\x80', '\x8E', '\0'};
static const char isolate_end[] = {'\xE2', '\x81', '\xA9', '\0'};

/* The names of words are ASCII, so a capital is told without a locale. */
static bool is_capital(char letter)
{
    return letter >= 'A' && letter <= 'Z';
}

static const char *word_find(const struct phrase_word *words, const char *name, size_t length)
{
    for (; length && words->name; words++) {
        if (strlen(words->name) == length && (words->name[0] | ' ') == (name[0] | ' ') &&
            memcmp(words->name + 1, name + 1, length - 1) == 0)
            return words->text;
    }
    return NULL;
}

/* Which way a word runs. */
struct word_letters {
    bool any, any_right_to_left;
    bool right_to_left_first; /* its first letter */
};

static struct word_letters word_letters_find(const char *word)
{
    struct word_letters found = {.any = false};
    for (struct span rest = span_of(word); rest.length;) {
        unsigned code_point = 0;
        size_t taken = text_utf8_decode(rest, &code_point);
        bool leftward = taken && letter_leftward(code_point);
        found.right_to_left_first = found.right_to_left_first || (leftward && !found.any);
        found.any_right_to_left = found.any_right_to_left || leftward;
        found.any = found.any || leftward || (taken && letter_rightward(code_point));
        taken = taken ? taken : 1; /* a malformed byte */
        rest = (struct span){rest.at + taken, rest.length - taken};
    }
    return found;
}

/* Writes the letters of a word. What they say of direction ends with the word, as names of items and groups come from anywhere.
 * takes   no_break  spaces keep what they divide on one line */
static void letters_write(struct out *text, const char *word, bool no_break)
{
    struct direction_marks marks = {.open = 0};
    for (struct span rest = span_of(word); rest.length;) {
        unsigned code_point = 0;
        size_t taken = text_utf8_decode(rest, &code_point);
        if (no_break && *rest.at == ' ')
            out_text(text, TEXT_NO_BREAK_SPACE);
        else if (!taken || direction_mark_stands(&marks, code_point))
            out_write(text, rest.at, taken ? taken : 1);
        taken = taken ? taken : 1; /* a malformed byte */
        rest = (struct span){rest.at + taken, rest.length - taken};
    }
    direction_marks_end(&marks, text);
}

/* Writes a word, where it needs it with a direction of its own: its first letter's, else from left to right, so that "−0.44" keeps
 * its sign before it; but a word that was put together of such words is of the language. An interval stays on one line, since
 * its second half would stand before its first. */
static void word_write(struct out *text, const char *word, bool right_to_left)
{
    struct word_letters letters = word_letters_find(word);
    bool composed = right_to_left && strstr(word, isolate_end);
    if (!*word || (!right_to_left && !letters.any_right_to_left)) {
        letters_write(text, word, false);
        return;
    }
    out_text(text, composed || letters.right_to_left_first ? begin_leftward : begin_rightward);
    letters_write(text, word, !letters.any && !composed);
    out_text(text, isolate_end);
}

/* Does a quotation end here? With what stands before the mark in French. */
static bool quote_ends(const char *at)
{
    static const char *const ends[] = {"”", "“", "»", "\xC2\xA0»", "\xE2\x80\xAF»"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (strncmp(at, ends[i], strlen(ends[i])) == 0)
            return true;
    return false;
}

/* A sentence that is quoted within a sentence, as an item's text is, loses its full stop; a name such as "Acme Inc." keeps it.
 * fails   STATUS_MEMORY */
static enum status stop_leave(struct ctx *ctx, const char *word, const char **out)
{
    size_t length = strlen(word);
    const char *blank = strchr(word, ' ');
    bool sentence = blank && strchr(blank + 1, ' ') && word[length - 1] == '.' && word[length - 2] != '.';
    *out = sentence ? arena_copy(ctx->arena, (struct span){word, length - 1}) : word;
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

enum status phrase_make(struct ctx *ctx, const char *language, const char *key, const struct phrase_word *words, const char **out)
{
    const char *at = words_or_english(language, key);
    bool right_to_left = language_is_right_to_left(language);
    struct out *text = NULL;
    enum status status = out_open_memory(ctx, &text);
    if (status)
        return status;
    while (*at) {
        size_t plain = strcspn(at, "{");
        out_write(text, at, plain);
        at += plain;
        if (!*at)
            break;
        size_t length = strcspn(at, "}");
        const char *word = word_find(words, at + 1, length - 1);
        assert(word);
        if (is_capital(at[1]) && text_capital(ctx, language, word, &word))
            return STATUS_MEMORY;
        at += length + (at[length] == '}');
        if (quote_ends(at) && stop_leave(ctx, word, &word))
            return STATUS_MEMORY;
        word_write(text, word, right_to_left);
    }
    return out_copy(ctx, text, out);
}
