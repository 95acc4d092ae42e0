/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/collection.h"

#include <assert.h>
#include <string.h>

static const char *const wave_names[WAVE_COUNT] = {"expectation", "during", "perception"};
static const char *const phase_names[PHASE_COUNT] = {"before", "late", "recalled", "during", "after"};
static const char *const identity_names[IDENTITY_COUNT] = {"named", "code", "anonymous"};
static const char *const source_names[SOURCE_COUNT] = {"advertising",    "staff",       "friends", "reviews",
                                                       "earlier_visits", "other_firms", "price",   "appearance"};

const char *wave_name(enum wave wave)
{
    assert(wave < WAVE_COUNT);
    return wave_names[wave];
}

const char *phase_name(enum phase phase)
{
    assert(phase < PHASE_COUNT);
    return phase_names[phase];
}

const char *identity_name(enum identity identity)
{
    assert(identity < IDENTITY_COUNT);
    return identity_names[identity];
}

const char *expectation_source_name(enum expectation_source source)
{
    assert(source < SOURCE_COUNT);
    return source_names[source];
}

/* The place of a text among names; the count when it is none of them. */
static unsigned name_find(const char *const *names, unsigned count, struct span text)
{
    unsigned i = 0;
    while (i < count && !span_is(text, names[i]))
        i++;
    return i;
}

bool wave_parse(struct span text, enum wave *out)
{
    unsigned found = name_find(wave_names, WAVE_COUNT, text);
    if (found < WAVE_COUNT)
        *out = (enum wave)found;
    return found < WAVE_COUNT;
}

bool phase_parse(struct span text, enum phase *out)
{
    unsigned found = name_find(phase_names, PHASE_COUNT, text);
    if (found < PHASE_COUNT)
        *out = (enum phase)found;
    return found < PHASE_COUNT;
}

bool identity_parse(struct span text, enum identity *out)
{
    unsigned found = name_find(identity_names, IDENTITY_COUNT, text);
    if (found < IDENTITY_COUNT)
        *out = (enum identity)found;
    return found < IDENTITY_COUNT;
}

const char *collection_text(const struct collection *collection, const char *language, const char *key, const char *own)
{
    if (strcmp(language, collection->language) == 0)
        return own;
    for (uint32_t i = 0; i < collection->translation_count; i++) {
        const struct translation *translation = &collection->translations[i];
        if (strcmp(translation->language, language) == 0 && strcmp(translation->key, key) == 0)
            return translation->text;
    }
    return own;
}

bool collection_speaks(const struct collection *collection, const char *language)
{
    if (strcmp(language, collection->language) == 0)
        return true;
    for (uint32_t i = 0; i < collection->language_count; i++)
        if (strcmp(language, collection->languages[i]) == 0)
            return true;
    return false;
}

/* The language numbered so: first its own, then the others. */
static const char *language_at(const struct collection *collection, uint32_t i)
{
    return i == 0 ? collection->language : collection->languages[i - 1u];
}

const char *collection_language(const struct collection *collection, struct span tag)
{
    size_t length = tag.length;
    for (struct span range = tag; range.length > 0; range.length = length) {
        for (uint32_t i = 0; i <= collection->language_count; i++)
            if (span_equal_caseless(range, span_of(language_at(collection, i))))
                return language_at(collection, i);
        while (length > 0 && tag.at[length - 1] != '-')
            length--;
        length -= length > 0;
    }
    for (uint32_t i = 0; i <= collection->language_count; i++) {
        struct span more = span_of(language_at(collection, i));
        if (tag.length > 0 && more.length > tag.length && more.at[tag.length] == '-' &&
            span_equal_caseless(tag, (struct span){more.at, tag.length}))
            return language_at(collection, i);
    }
    return NULL;
}

void collection_defaults(struct collection *out)
{
    *out = (struct collection){.identity = IDENTITY_NAMED,
                               .language = "en",
                               .openings = OPENS_BY_TIME | OPENS_BY_PROGRAM | OPENS_BY_CUSTOMER,
                               .perception_after_minutes = 60,
                               .invitation_days = 30,
                               .kiosk_seconds = 60};
}
