/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/phrase.h"

#include <assert.h>
#include <string.h>

#include "base/out.h"
#include "model/words.h"

/* The names are ASCII, so a capital is told and changed without a locale. */
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

static void word_write(struct out *text, const char *word, bool capital)
{
    bool raise = capital && word[0] >= 'a' && word[0] <= 'z';
    if (raise)
        out_char(text, (char)(word[0] - 'a' + 'A'));
    out_text(text, word + (raise ? 1 : 0));
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
        word_write(text, word, is_capital(at[1]));
        at += length + (at[length] == '}');
    }
    *out = arena_copy(ctx->arena, out_bytes(text));
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}
