/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/limits.h"
#include "instrument/study_reading.h"

static enum status during_read(struct study_reading *reading, const struct json_node *node, struct collection *collection)
{
    struct json_node list;
    if (!json_member_at(node, "during_items", &list))
        return STATUS_OK;
    uint32_t *items = arena_array(reading->ctx->arena, json_array_size(list.value) + 1, sizeof *items);
    if (items == NULL)
        return ctx_no_memory(reading->ctx);
    collection->during_items = items;
    for (size_t i = 0; i < json_array_size(list.value); i++) {
        struct json_node element = json_element_at(&list, i);
        uint32_t item = 0;
        enum status status = json_read_word(reading->ctx, &element, "an item of this study", reading->set.item_names, &item);
        if (status != STATUS_OK)
            return status;
        if (!study_asks(reading->study, STANDARD_PERCEPTION, item))
            return json_fail(reading->ctx, &element, "Perception is not asked of this item, so it cannot be asked on the way.");
        for (uint32_t before = 0; before < collection->during_item_count; before++)
            if (items[before] == item)
                return json_fail(reading->ctx, &element, "This item stands here already.");
        items[collection->during_item_count++] = item;
    }
    return STATUS_OK;
}

static enum status fragment_read(struct ctx *ctx, const struct json_node *node, const struct collection *collection,
                                 struct code_fragment *fragment)
{
    static const struct json_member members[] = {{"id", KIND_TEXT, true}, {"text", KIND_TEXT, true}};
    struct json_node child;
    enum status status = json_check_object(ctx, node, (struct json_members){members, 2});
    if (status == STATUS_OK && json_member_at(node, "id", &child))
        status = json_read_name(ctx, &child, &fragment->id);
    if (status == STATUS_OK)
        status = json_read_text_member(ctx, node, "text", NULL, &fragment->text);
    for (uint32_t i = 0; i < collection->fragment_count && status == STATUS_OK; i++)
        if (strcmp(collection->fragments[i].id, fragment->id) == 0)
            status = json_fail(ctx, &child, "This piece of the code stands here already; give each an id of its own.");
    return status;
}

static enum status code_read(struct ctx *ctx, const struct json_node *node, struct collection *collection)
{
    struct json_node list;
    if (!json_member_at(node, "code", &list))
        return STATUS_OK;
    size_t count = json_array_size(list.value);
    if (count < CODE_FRAGMENTS_MIN || count > CODE_FRAGMENTS_MAX)
        return json_fail(ctx, &list, "A code of %zu pieces stands here; %u to %u make one that is unique and can be remembered.",
                         count, CODE_FRAGMENTS_MIN, CODE_FRAGMENTS_MAX);
    struct code_fragment *fragments = arena_array(ctx->arena, count, sizeof *fragments);
    if (fragments == NULL)
        return ctx_no_memory(ctx);
    collection->fragments = fragments;
    for (size_t i = 0; i < count; i++) {
        struct json_node element = json_element_at(&list, i);
        enum status status = fragment_read(ctx, &element, collection, &fragments[i]);
        if (status != STATUS_OK)
            return status;
        collection->fragment_count++;
    }
    return STATUS_OK;
}

/* One option: a value of a list, or a member whose text is how the value reads. */
static enum status option_read(struct ctx *ctx, const struct json_node *node, struct segment_question *question,
                               const char **option, const char **text)
{
    enum status status = node->key == NULL ? json_read_name(ctx, node, option) : json_read_key(ctx, node, option);
    *text = *option;
    if (status == STATUS_OK && node->key != NULL)
        status = json_read_text(ctx, node, text);
    for (uint32_t i = 0; i < question->option_count && status == STATUS_OK; i++)
        if (strcmp(question->options[i], *option) == 0)
            status = json_fail(ctx, node, "This value stands here already.");
    if (status == STATUS_OK)
        question->option_count++;
    return status;
}

static enum status options_read(struct ctx *ctx, const struct json_node *node, struct segment_question *question)
{
    struct json_node list;
    const char *key = NULL;
    json_t *value = NULL;
    enum status status = STATUS_OK;
    (void)json_member_at(node, "options", &list);
    status = json_check_count(ctx, &list, SEGMENT_OPTIONS_MAX, "values");
    size_t room = json_array_size(list.value) + json_object_size(list.value) + 1;
    const char **options = arena_array(ctx->arena, room, sizeof *options);
    const char **texts = arena_array(ctx->arena, room, sizeof *texts);
    if (status != STATUS_OK)
        return status;
    if (options == NULL || texts == NULL)
        return ctx_no_memory(ctx);
    question->options = options;
    question->option_texts = texts;
    for (size_t i = 0; i < json_array_size(list.value) && status == STATUS_OK; i++) {
        struct json_node element = json_element_at(&list, i);
        status = option_read(ctx, &element, question, &options[question->option_count], &texts[question->option_count]);
    }
    json_object_foreach (json_is_object(list.value) ? list.value : NULL, key, value) {
        struct json_node child = {.value = value, .file = node->file, .parent = &list, .key = key};
        if (status == STATUS_OK && strcmp(key, "note") != 0)
            status = option_read(ctx, &child, question, &options[question->option_count], &texts[question->option_count]);
    }
    if (status == STATUS_OK && question->option_count < 2)
        return json_fail(ctx, &list, "There are two values at least to choose from, as in {\"f\": \"Female\", \"m\": \"Male\"}.");
    return status;
}

static enum status segment_question_read(struct study_reading *reading, const struct json_node *node, struct name_list segments,
                                         struct segment_question *question)
{
    static const struct json_member members[] = {{"text", KIND_TEXT, true}, {"options", KIND_LIST | KIND_OBJECT, true}};
    const char *time = reading->study->columns.time;
    const char *name = NULL;
    enum status status = json_read_key(reading->ctx, node, &name);
    if (status != STATUS_OK)
        return status;
    question->segment = name_list_find(segments, name);
    if (question->segment == UINT32_MAX)
        return json_fail_unknown(reading->ctx, node, name, "a segment of this study", segments);
    if (time != NULL && strcmp(time, name) == 0)
        return json_fail(reading->ctx, node, "The time of an answer is known and need not be asked; leave it out here.");
    status = json_check_object(reading->ctx, node, (struct json_members){members, 2});
    if (status == STATUS_OK)
        status = json_read_text_member(reading->ctx, node, "text", NULL, &question->text);
    return status == STATUS_OK ? options_read(reading->ctx, node, question) : status;
}

static enum status segments_asked_read(struct study_reading *reading, const struct json_node *node, struct collection *collection)
{
    const struct columns *columns = &reading->study->columns;
    struct json_node object;
    const char *key = NULL;
    json_t *value = NULL;
    enum status status = STATUS_OK;
    if (!json_member_at(node, "segments", &object))
        return STATUS_OK;
    const char **names = arena_array(reading->ctx->arena, (size_t)columns->segment_count + 1, sizeof *names);
    struct segment_question *questions = arena_array(reading->ctx->arena, json_object_size(object.value) + 1, sizeof *questions);
    if (names == NULL || questions == NULL)
        return ctx_no_memory(reading->ctx);
    for (uint32_t i = 0; i < columns->segment_count; i++)
        names[i] = columns->segments[i].column;
    collection->segment_questions = questions;
    json_object_foreach (object.value, key, value) {
        struct json_node child = {.value = value, .file = node->file, .parent = &object, .key = key};
        if (status != STATUS_OK || strcmp(key, "note") == 0)
            continue;
        status = segment_question_read(reading, &child, (struct name_list){names, columns->segment_count},
                                       &questions[collection->segment_question_count]);
        collection->segment_question_count += status == STATUS_OK;
    }
    return status;
}

/* Questions by name: a text, or null for one that forms do not ask.
 * takes   what   "an outcome of this study"
 * gives   texts  [names.count] */
static enum status texts_by_name(struct ctx *ctx, const struct json_node *object, struct name_list names, const char *what,
                                 const char **texts)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach (object->value, key, value) {
        struct json_node child = {.value = value, .file = object->file, .parent = object, .key = key};
        uint32_t found = name_list_find(names, key);
        if (strcmp(key, "note") == 0)
            continue;
        if (found == UINT32_MAX)
            return json_fail_unknown(ctx, &child, key, what, names);
        enum status status = json_check_kind(ctx, &child, KIND_TEXT | KIND_NULL);
        if (status == STATUS_OK && json_is_null(value))
            texts[found] = "";
        else if (status == STATUS_OK)
            status = json_read_text(ctx, &child, &texts[found]);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static enum status outcome_questions_read(struct study_reading *reading, const struct json_node *node,
                                          struct collection *collection)
{
    const struct columns *columns = &reading->study->columns;
    struct json_node object;
    const char **names = arena_array(reading->ctx->arena, (size_t)columns->outcome_count + 1, sizeof *names);
    const char **texts = arena_array(reading->ctx->arena, (size_t)columns->outcome_count + 1, sizeof *texts);
    if (names == NULL || texts == NULL)
        return ctx_no_memory(reading->ctx);
    for (uint32_t i = 0; i < columns->outcome_count; i++)
        names[i] = columns->outcomes[i].name;
    collection->outcome_texts = texts;
    return json_member_at(node, "outcomes", &object)
               ? texts_by_name(reading->ctx, &object, (struct name_list){names, columns->outcome_count},
                               "an outcome of this study", texts)
               : STATUS_OK;
}

static enum status comment_questions_read(struct study_reading *reading, const struct json_node *node,
                                          struct collection *collection)
{
    const struct columns *columns = &reading->study->columns;
    struct json_node object;
    const char **texts = arena_array(reading->ctx->arena, (size_t)columns->comment_count + 1, sizeof *texts);
    if (texts == NULL)
        return ctx_no_memory(reading->ctx);
    collection->comment_texts = texts;
    return json_member_at(node, "comments", &object)
               ? texts_by_name(reading->ctx, &object, (struct name_list){columns->comments, columns->comment_count},
                               "a column of comments of this study", texts)
               : STATUS_OK;
}

enum status collection_lists_read(struct study_reading *reading, const struct json_node *node, struct collection *collection)
{
    enum status status = during_read(reading, node, collection);
    if (status == STATUS_OK)
        status = code_read(reading->ctx, node, collection);
    if (status == STATUS_OK)
        status = segments_asked_read(reading, node, collection);
    if (status == STATUS_OK)
        status = outcome_questions_read(reading, node, collection);
    if (status == STATUS_OK)
        status = comment_questions_read(reading, node, collection);
    return status;
}
