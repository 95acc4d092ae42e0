/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/collection.h"

/* Both absent, or the same text. */
static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* takes   a, b  lists of `count` texts; NULL lists hold none */
static bool same_texts(const char *const *a, const char *const *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!same_text(a ? a[i] : NULL, b ? b[i] : NULL))
            return false;
    return true;
}

static bool same_settings(const struct collection *a, const struct collection *b)
{
    return a->identity == b->identity && a->openings == b->openings &&
           a->perception_after_minutes == b->perception_after_minutes && a->invitation_days == b->invitation_days &&
           a->perception_only_permille == b->perception_only_permille && a->items_asked == b->items_asked &&
           a->ask_noticed == b->ask_noticed && a->ask_sources == b->ask_sources && a->consent_required == b->consent_required &&
           a->retention_days == b->retention_days && a->kiosk_seconds == b->kiosk_seconds;
}

static bool same_languages(const struct collection *a, const struct collection *b)
{
    if (!same_text(a->language, b->language) || a->language_count != b->language_count ||
        !same_texts(a->languages, b->languages, a->language_count) || a->translation_count != b->translation_count)
        return false;
    for (uint32_t i = 0; i < a->translation_count; i++) {
        const struct translation *left = &a->translations[i], *right = &b->translations[i];
        if (!same_text(left->language, right->language) || !same_text(left->key, right->key) ||
            !same_text(left->text, right->text))
            return false;
    }
    return true;
}

static bool same_during(const struct collection *a, const struct collection *b)
{
    if (a->during_item_count != b->during_item_count)
        return false;
    for (uint32_t i = 0; i < a->during_item_count; i++)
        if (a->during_items[i] != b->during_items[i])
            return false;
    return true;
}

static bool same_fragments(const struct collection *a, const struct collection *b)
{
    if (a->fragment_count != b->fragment_count)
        return false;
    for (uint32_t i = 0; i < a->fragment_count; i++)
        if (!same_text(a->fragments[i].id, b->fragments[i].id) || !same_text(a->fragments[i].text, b->fragments[i].text))
            return false;
    return true;
}

static bool same_segment_questions(const struct collection *a, const struct collection *b)
{
    if (a->segment_question_count != b->segment_question_count)
        return false;
    for (uint32_t i = 0; i < a->segment_question_count; i++) {
        const struct segment_question *left = &a->segment_questions[i], *right = &b->segment_questions[i];
        if (left->segment != right->segment || !same_text(left->text, right->text) || left->option_count != right->option_count ||
            !same_texts(left->options, right->options, left->option_count) ||
            !same_texts(left->option_texts, right->option_texts, left->option_count))
            return false;
    }
    return true;
}

bool collection_equal(const struct collection *a, const struct collection *b, uint32_t outcome_count, uint32_t comment_count)
{
    if (a == NULL || b == NULL)
        return a == b;
    return same_settings(a, b) && same_languages(a, b) && same_text(a->consent, b->consent) &&
           same_text(a->contact, b->contact) && same_during(a, b) && same_fragments(a, b) && same_segment_questions(a, b) &&
           same_texts(a->outcome_texts, b->outcome_texts, outcome_count) &&
           same_texts(a->comment_texts, b->comment_texts, comment_count);
}
