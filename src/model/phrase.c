/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/phrase.h"

#include <assert.h>
#include <string.h>

#include "base/out.h"
#include "model/words.h"

static const char *word_find(const struct phrase_word *words, const char *name, size_t length)
{
    for (; words->name; words++) {
        if (strlen(words->name) == length && memcmp(words->name, name, length) == 0)
            return words->text;
    }
    return NULL;
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
        out_text(text, word);
        at += length + (at[length] == '}');
    }
    *out = arena_copy(ctx->arena, out_bytes(text));
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}
