/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/phrase.h"

#include <assert.h>
#include <string.h>

#include "base/out.h"
#include "model/words.h"

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

/* The large letter of ASCII and Latin-1 without a locale ("ö" is C3 B6, "Ö" is C3 96); the i of Turkish keeps its dot. */
static void word_write(struct out *text, const char *word, bool capital, const char *language)
{
    unsigned char first = (unsigned char)word[0], second = first ? (unsigned char)word[1] : 0;
    bool small = first >= 'a' && first <= 'z';
    bool small_latin = first == 0xC3 && second >= 0xA0 && second <= 0xBE && second != 0xB7;
    if (capital && first == 'i' && strcmp(language, "tr") == 0)
        out_text(text, "İ");
    else if (capital && small)
        out_char(text, (char)(first - 'a' + 'A'));
    else if (capital && small_latin)
        out_format(text, "%c%c", 0xC3, second - 0x20);
    else {
        out_text(text, word);
        return;
    }
    out_text(text, word + (small ? 1 : 2));
}

enum status phrase_make(struct ctx *ctx, const char *language, const char *key, const struct phrase_word *words, const char **out)
{
    const char *at = words_or_english(language, key);
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
        word_write(text, word, is_capital(at[1]), language);
        at += length + (at[length] == '}');
    }
    *out = arena_copy(ctx->arena, out_bytes(text));
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}
