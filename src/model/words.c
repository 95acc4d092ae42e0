/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/words.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int key_order(const void *key, const void *word)
{
    return strcmp(key, ((const struct word *)word)->key);
}

const char *words_text(const char *language, const char *key)
{
    for (const struct words *table = words_languages; table->language != NULL; table++) {
        if (strcmp(table->language, language) != 0)
            continue;
        const struct word *word = bsearch(key, table->words, table->count, sizeof *word, key_order);
        return word == NULL ? NULL : word->text;
    }
    return NULL;
}

const char *words_or_english(const char *language, const char *key)
{
    const char *text = words_text(language, key);
    if (text == NULL)
        text = words_text("en", key);
    assert(text != NULL);
    return text;
}

bool words_tell_reports(const char *language)
{
    return words_text(language, "language.name") != NULL && words_text(language, "language.covers") == NULL;
}

bool language_is_right_to_left(const char *language)
{
    static const char *const others[] = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"};
    const char *direction = words_text(language, "language.direction");
    size_t length = strcspn(language, "-_");
    if (direction != NULL)
        return strcmp(direction, "rtl") == 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strlen(others[i]) == length && strncmp(others[i], language, length) == 0)
            return true;
    }
    return false;
}
