/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "instrument/json_writing.h"
#include "model/collection.h"

void json_put_stems(struct json_tree *tree, json_t *object, const char *const *stems)
{
    json_t *written = NULL;
    for (enum stem stem = 0; stem < STEM_COUNT; stem++) {
        if (stems[stem] == NULL)
            continue;
        if (written == NULL)
            written = json_put_object(tree, object, "stems");
        json_put_text(tree, written, stem_name(stem), stems[stem]);
    }
}

void json_put_translations(struct json_tree *tree, json_t *object, const struct translation *translations, uint32_t count)
{
    json_t *written = NULL, *texts = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (written == NULL)
            written = json_put_object(tree, object, "translations");
        if (i == 0 || strcmp(translations[i].language, translations[i - 1].language) != 0)
            texts = json_put_object(tree, written, translations[i].language);
        json_put_text(tree, texts, translations[i].key, translations[i].text);
    }
}

static void put_whole(struct json_tree *tree, json_t *object, const char *key, uint32_t number)
{
    json_put(tree, object, key, json_integer((json_int_t)number));
}

static void put_languages(struct json_tree *tree, json_t *object, const struct collection *collection)
{
    json_put_text(tree, object, "language", collection->language);
    if (collection->language_count == 0)
        return;
    json_t *list = json_put_list(tree, object, "languages");
    for (uint32_t i = 0; i < collection->language_count; i++)
        json_append(tree, list, json_string(collection->languages[i]));
    json_put_translations(tree, object, collection->translations, collection->translation_count);
}

static void put_openings(struct json_tree *tree, json_t *object, unsigned openings)
{
    static const char *const names[] = {"time", "program", "customer"};
    json_t *list = json_put_list(tree, object, "opens");
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (openings & 1u << i)
            json_append(tree, list, json_string(names[i]));
}

static void put_during(struct json_tree *tree, json_t *object, const struct study *study)
{
    const struct collection *collection = study->collection;
    if (collection->during_item_count == 0)
        return;
    json_t *list = json_put_list(tree, object, "during_items");
    for (uint32_t i = 0; i < collection->during_item_count; i++)
        json_append(tree, list, json_string(study->items[collection->during_items[i]].id));
}

static void put_code(struct json_tree *tree, json_t *object, const struct collection *collection)
{
    if (collection->fragment_count == 0)
        return;
    json_t *list = json_put_list(tree, object, "code");
    for (uint32_t i = 0; i < collection->fragment_count; i++) {
        json_t *fragment = json_object();
        json_append(tree, list, fragment);
        json_put_text(tree, fragment, "id", collection->fragments[i].id);
        json_put_text(tree, fragment, "text", collection->fragments[i].text);
    }
}

static void put_segments(struct json_tree *tree, json_t *object, const struct study *study)
{
    const struct collection *collection = study->collection;
    if (collection->segment_question_count == 0)
        return;
    json_t *segments = json_put_object(tree, object, "segments");
    for (uint32_t i = 0; i < collection->segment_question_count; i++) {
        const struct segment_question *question = &collection->segment_questions[i];
        json_t *segment = json_put_object(tree, segments, study->columns.segments[question->segment].column);
        json_put_text(tree, segment, "text", question->text);
        json_t *options = json_put_object(tree, segment, "options");
        for (uint32_t option = 0; option < question->option_count; option++)
            json_put_text(tree, options, question->options[option], question->option_texts[option]);
    }
}

/* takes   texts  NULL: not said; "": null in the file */
static void put_question(struct json_tree *tree, json_t **questions, json_t *object, const char *member, const char *name,
                         const char *text)
{
    if (text == NULL)
        return;
    if (*questions == NULL)
        *questions = json_put_object(tree, object, member);
    json_put(tree, *questions, name, *text == '\0' ? json_null() : json_string(text));
}

static void put_questions(struct json_tree *tree, json_t *object, const struct study *study)
{
    const struct collection *collection = study->collection;
    const struct columns *columns = &study->columns;
    json_t *outcomes = NULL, *comments = NULL;
    for (uint32_t i = 0; collection->outcome_texts && i < columns->outcome_count; i++)
        put_question(tree, &outcomes, object, "outcomes", columns->outcomes[i].name, collection->outcome_texts[i]);
    for (uint32_t i = 0; collection->comment_texts && i < columns->comment_count; i++)
        put_question(tree, &comments, object, "comments", columns->comments[i], collection->comment_texts[i]);
}

void json_put_collection(struct json_tree *tree, json_t *object, const struct study *study)
{
    const struct collection *collection = study->collection;
    if (collection == NULL)
        return;
    json_t *into = json_put_object(tree, object, "collection");
    json_put_text(tree, into, "identity", identity_name(collection->identity));
    put_languages(tree, into, collection);
    json_put_text(tree, into, "consent", collection->consent);
    json_put(tree, into, "consent_required", json_boolean(collection->consent_required));
    json_put_text(tree, into, "contact", collection->contact);
    put_openings(tree, into, collection->openings);
    put_whole(tree, into, "perception_after_minutes", collection->perception_after_minutes);
    put_whole(tree, into, "invitation_days", collection->invitation_days);
    json_put_decimal(tree, into, "perception_only_share", (struct decimal){collection->perception_only_permille, 3});
    put_whole(tree, into, "items_asked", collection->items_asked);
    json_put(tree, into, "ask_noticed", json_boolean(collection->ask_noticed));
    json_put(tree, into, "ask_sources", json_boolean(collection->ask_sources));
    put_during(tree, into, study);
    put_code(tree, into, collection);
    put_segments(tree, into, study);
    put_questions(tree, into, study);
    put_whole(tree, into, "retention_days", collection->retention_days);
    put_whole(tree, into, "kiosk_seconds", collection->kiosk_seconds);
}
