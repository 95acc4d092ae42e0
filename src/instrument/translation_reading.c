/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "instrument/study_reading.h"

/* What may be translated, gathered so that a misspelt key can be told from a known one. */
struct key_list {
    struct arena *arena;
    const char **at;
    uint32_t count, room;
    bool failed;
};

static void key_add(struct key_list *keys, const char *key)
{
    if (key == NULL || keys->count == keys->room)
        keys->failed = true;
    else
        keys->at[keys->count++] = key;
}

/* "item.q1" */
static void named_add(struct key_list *keys, const char *kind, const char *name)
{
    key_add(keys, arena_format(keys->arena, "%s.%s", kind, name));
}

/* "label.agree5.1": a key per point that has a label */
static void labels_add(struct key_list *keys, const char *kind, const char *name, const struct scale *scale)
{
    for (uint32_t i = 0; i < scale->label_count; i++) {
        struct decimal point = scale->min;
        char number[32];
        point.units += (int64_t)(scale->labels[i].code - 1) * scale->step.units;
        decimal_format(point, number, sizeof number);
        key_add(keys, arena_format(keys->arena, "%s.%s.%s", kind, name, number));
    }
}

static size_t keys_most(const struct study *study, const struct collection *collection)
{
    const struct columns *columns = &study->columns;
    size_t most = 3u + STEM_COUNT + study->item_count + study->dimension_count + columns->comment_count;
    for (uint32_t i = 0; i < study->scale_count; i++)
        most += study->scales[i].label_count;
    for (uint32_t i = 0; i < columns->outcome_count; i++)
        most += 1u + columns->outcomes[i].scale.label_count;
    if (collection != NULL)
        most += collection->fragment_count;
    for (uint32_t i = 0; collection != NULL && i < collection->segment_question_count; i++)
        most += 1u + collection->segment_questions[i].option_count;
    return most;
}

/* What a study shares with its instrument. */
static void question_keys_add(struct key_list *keys, const struct study *study)
{
    for (enum stem stem = 0; stem < STEM_COUNT; stem++)
        named_add(keys, "stem", stem_name(stem));
    for (uint32_t i = 0; i < study->item_count; i++)
        named_add(keys, "item", study->items[i].id);
    for (uint32_t i = 0; i < study->dimension_count; i++)
        named_add(keys, "dimension", study->dimensions[i].id);
    for (uint32_t i = 0; i < study->scale_count; i++)
        labels_add(keys, "label", study->scales[i].id, &study->scales[i]);
}

static void collection_keys_add(struct key_list *keys, const struct study *study, const struct collection *collection)
{
    const struct columns *columns = &study->columns;
    key_add(keys, "title");
    key_add(keys, "consent");
    key_add(keys, "contact");
    for (uint32_t i = 0; i < columns->outcome_count; i++) {
        named_add(keys, "outcome", columns->outcomes[i].name);
        labels_add(keys, "outcome", columns->outcomes[i].name, &columns->outcomes[i].scale);
    }
    for (uint32_t i = 0; i < columns->comment_count; i++)
        named_add(keys, "comment", columns->comments[i]);
    for (uint32_t i = 0; i < collection->fragment_count; i++)
        named_add(keys, "code", collection->fragments[i].id);
    for (uint32_t i = 0; i < collection->segment_question_count; i++) {
        const struct segment_question *question = &collection->segment_questions[i];
        const char *name = study->columns.segments[question->segment].column;
        named_add(keys, "segment", name);
        for (uint32_t option = 0; option < question->option_count; option++)
            key_add(keys, arena_format(keys->arena, "segment.%s.%s", name, question->options[option]));
    }
}

static int key_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* takes   collection  NULL: of an instrument */
static enum status keys_gather(struct ctx *ctx, const struct study *study, const struct collection *collection,
                               struct name_list *out)
{
    size_t most = keys_most(study, collection);
    struct key_list keys = {.arena = ctx->arena, .at = arena_array(ctx->arena, most, sizeof *keys.at), .room = (uint32_t)most};
    if (keys.at == NULL)
        return ctx_no_memory(ctx);
    question_keys_add(&keys, study);
    if (collection != NULL)
        collection_keys_add(&keys, study, collection);
    if (keys.failed)
        return ctx_no_memory(ctx);
    qsort(keys.at, keys.count, sizeof *keys.at, key_compare);
    *out = (struct name_list){keys.at, keys.count};
    return STATUS_OK;
}

static bool is_lower(char letter)
{
    return letter >= 'a' && letter <= 'z';
}

static bool is_tag_letter(char letter)
{
    return is_lower(letter | ' ') || (letter >= '0' && letter <= '9');
}

/* "de", "pt-BR", "zh-Hant": two or three letters, then parts of two to eight letters or digits. */
static bool is_language_tag(const char *tag)
{
    size_t letters = 0;
    while (is_lower(tag[letters]))
        letters++;
    bool good = letters == 2 || letters == 3;
    for (tag += letters; good && *tag == '-'; tag += letters) {
        tag++;
        for (letters = 0; is_tag_letter(tag[letters]);)
            letters++;
        good = letters >= 2 && letters <= 8;
    }
    return good && *tag == '\0';
}

static enum status language_fail(struct ctx *ctx, const struct json_node *node, const char *tag)
{
    return json_fail(ctx, node, "\"%.40s\" is not the tag of a language, such as \"en\", \"ar\" or \"pt-BR\".", tag);
}

static enum status language_read(struct ctx *ctx, const struct json_node *node, const char **out)
{
    enum status status = json_read_name(ctx, node, out);
    if (status == STATUS_OK && !is_language_tag(*out))
        return language_fail(ctx, node, *out);
    return status;
}

static enum status languages_read(struct ctx *ctx, const struct json_node *node, struct collection *collection)
{
    struct json_node list;
    if (!json_member_at(node, "languages", &list))
        return STATUS_OK;
    enum status status = json_check_count(ctx, &list, COLLECTION_LANGUAGES_MAX, "languages");
    if (status != STATUS_OK)
        return status;
    const char **languages = arena_array(ctx->arena, json_array_size(list.value) + 1, sizeof *languages);
    if (languages == NULL)
        return ctx_no_memory(ctx);
    collection->languages = languages;
    for (size_t i = 0; i < json_array_size(list.value); i++) {
        struct json_node element = json_element_at(&list, i);
        status = language_read(ctx, &element, &languages[i]);
        if (status != STATUS_OK)
            return status;
        if (collection_speaks(collection, languages[i]))
            return json_fail(ctx, &element, "\"%s\" is the study's language, or stands here already; name each once.",
                             languages[i]);
        collection->language_count++;
    }
    return STATUS_OK;
}

/* The languages of an instrument are those that it is translated into. */
static enum status translation_languages_read(struct ctx *ctx, const struct json_node *object, struct collection *out)
{
    const char *key = NULL;
    json_t *value = NULL;
    const char **languages = arena_array(ctx->arena, json_object_size(object->value) + 1, sizeof *languages);
    enum status status = json_check_count(ctx, object, COLLECTION_LANGUAGES_MAX, "languages");
    if (languages == NULL)
        return ctx_no_memory(ctx);
    out->languages = languages;
    json_object_foreach (object->value, key, value) {
        struct json_node child = {.value = value, .file = object->file, .parent = object, .key = key};
        if (status != STATUS_OK || strcmp(key, "note") == 0)
            continue;
        status = json_read_key(ctx, &child, &languages[out->language_count]);
        if (status == STATUS_OK && !is_language_tag(languages[out->language_count]))
            status = language_fail(ctx, &child, languages[out->language_count]);
        out->language_count += status == STATUS_OK;
    }
    return status;
}

/* The texts of one language.
 * takes   translations  with room for them */
static enum status language_texts_read(struct ctx *ctx, const struct json_node *object, struct name_list keys,
                                       const char *language, struct translation *translations, uint32_t *count)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach (object->value, key, value) {
        struct json_node child = {.value = value, .file = object->file, .parent = object, .key = key};
        struct translation *translation = &translations[*count];
        if (strcmp(key, "note") == 0)
            continue;
        const char *const *found = bsearch(&key, keys.at, keys.count, sizeof *keys.at, key_compare);
        if (found == NULL)
            return json_fail_unknown(ctx, &child, key, "a text of this study or instrument", keys);
        *translation = (struct translation){.language = language, .key = *found};
        enum status status = json_read_text(ctx, &child, &translation->text);
        if (status != STATUS_OK)
            return status;
        ++*count;
    }
    return STATUS_OK;
}

/* Each member is one of the languages; gives how many texts they hold. */
static enum status translations_check(struct ctx *ctx, const struct json_node *object, const struct collection *collection,
                                      size_t *texts)
{
    const struct name_list languages = {collection->languages, collection->language_count};
    const char *key = NULL;
    json_t *value = NULL;
    *texts = 0;
    json_object_foreach (object->value, key, value) {
        struct json_node child = {.value = value, .file = object->file, .parent = object, .key = key};
        if (strcmp(key, "note") == 0)
            continue;
        if (strcmp(key, collection->language) == 0)
            return json_fail(ctx, &child, "\"%s\" is the language in which all else is written; its texts stand there.", key);
        if (name_list_find(languages, key) == UINT32_MAX)
            return json_fail_unknown(ctx, &child, key, "one of \"languages\"", languages);
        enum status status = json_check_kind(ctx, &child, KIND_OBJECT);
        if (status != STATUS_OK)
            return status;
        *texts += json_object_size(value);
    }
    if (*texts > TRANSLATIONS_MAX)
        return json_fail(ctx, object, "%zu texts stand here; there is room for %u.", *texts, TRANSLATIONS_MAX);
    return STATUS_OK;
}

/* Texts of an instrument in one of the study's languages, where the study has none itself.
 * needs   room in translations for all of them */
static void inherited_add(const struct study_reading *reading, const char *language, struct translation *translations,
                          uint32_t *count)
{
    const struct instrument *instrument = reading->instrument;
    const uint32_t own = *count;
    for (uint32_t i = 0; i < instrument->translation_count; i++) {
        const struct translation *from = &instrument->translations[i];
        bool wanted = strcmp(from->language, language) == 0;
        for (uint32_t j = 0; j < own && wanted; j++)
            wanted = strcmp(translations[j].language, language) != 0 || strcmp(translations[j].key, from->key) != 0;
        for (enum stem stem = 0; stem < STEM_COUNT && wanted; stem++) {
            bool replaced = reading->study->stems[stem] != instrument->stems[stem];
            wanted = !(replaced && strncmp(from->key, "stem.", 5) == 0 && strcmp(from->key + 5, stem_name(stem)) == 0);
        }
        if (wanted)
            translations[(*count)++] = (struct translation){language, from->key, from->text};
    }
}

/* The texts of each language: the study's own, then those of its instrument.
 * takes   object  NULL: the study has none itself */
static enum status all_texts_read(struct study_reading *reading, const struct json_node *object, size_t texts,
                                  struct collection *collection)
{
    struct name_list keys = {NULL, 0};
    struct json_node child;
    if (reading->instrument != NULL)
        texts += reading->instrument->translation_count;
    struct translation *translations = arena_array(reading->ctx->arena, texts + 1, sizeof *translations);
    if (translations == NULL)
        return ctx_no_memory(reading->ctx);
    collection->translations = translations;
    enum status status = object != NULL ? keys_gather(reading->ctx, reading->study, collection, &keys) : STATUS_OK;
    for (uint32_t i = 0; i < collection->language_count && status == STATUS_OK; i++) {
        const char *language = collection->languages[i];
        if (object != NULL && json_member_at(object, language, &child))
            status = language_texts_read(reading->ctx, &child, keys, language, translations, &collection->translation_count);
        if (status == STATUS_OK && reading->instrument != NULL)
            inherited_add(reading, language, translations, &collection->translation_count);
    }
    return status;
}

/* The texts of an instrument are in its language, whatever the study says. */
static enum status own_language_read(struct study_reading *reading, const struct json_node *node, struct collection *collection)
{
    const char *inherited = reading->instrument != NULL ? reading->instrument->language : NULL;
    bool known = inherited != NULL && is_language_tag(inherited);
    struct json_node child;
    if (known)
        collection->language = inherited;
    if (!json_member_at(node, "language", &child))
        return STATUS_OK;
    enum status status = language_read(reading->ctx, &child, &collection->language);
    if (status == STATUS_OK && known && strcmp(collection->language, inherited) != 0)
        return json_fail(
            reading->ctx, &child,
            "The texts of the instrument \"%.60s\" are in \"%s\"; leave this out, and name \"%s\" under \"languages\".",
            reading->instrument->name, inherited, collection->language);
    return status;
}

enum status translations_read(struct study_reading *reading, const struct json_node *node, struct collection *collection)
{
    struct json_node object;
    size_t texts = 0;
    bool there = json_member_at(node, "translations", &object);
    enum status status = own_language_read(reading, node, collection);
    if (status == STATUS_OK)
        status = languages_read(reading->ctx, node, collection);
    if (status == STATUS_OK && there)
        status = translations_check(reading->ctx, &object, collection, &texts);
    return status == STATUS_OK ? all_texts_read(reading, there ? &object : NULL, texts, collection) : status;
}

enum status instrument_translations_read(struct ctx *ctx, const struct json_node *root, struct instrument *instrument)
{
    const struct study questions = {.scales = instrument->scales,
                                    .scale_count = instrument->scale_count,
                                    .dimensions = instrument->dimensions,
                                    .dimension_count = instrument->dimension_count,
                                    .items = instrument->items,
                                    .item_count = instrument->item_count};
    struct collection languages = {.language = instrument->language};
    struct json_node object, child;
    struct name_list keys = {NULL, 0};
    size_t texts = 0;
    if (!json_member_at(root, "translations", &object))
        return STATUS_OK;
    enum status status = translation_languages_read(ctx, &object, &languages);
    if (status == STATUS_OK)
        status = translations_check(ctx, &object, &languages, &texts);
    if (status == STATUS_OK)
        status = keys_gather(ctx, &questions, NULL, &keys);
    struct translation *translations = arena_array(ctx->arena, texts + 1, sizeof *translations);
    if (translations == NULL)
        return ctx_no_memory(ctx);
    instrument->translations = translations;
    for (uint32_t i = 0; i < languages.language_count && status == STATUS_OK; i++)
        if (json_member_at(&object, languages.languages[i], &child))
            status = language_texts_read(ctx, &child, keys, languages.languages[i], translations, &instrument->translation_count);
    return status;
}
