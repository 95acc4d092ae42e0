/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "instrument/study_reading.h"

static const char *const kind_names[] = {"skipped", "not_asked", "declared"};

/* Codes as they are collected; the array has room for all that can come. */
struct code_list {
    struct missing_code *at;
    uint32_t count;
};

static bool already_listed(const struct code_list *codes, const char *text)
{
    for (uint32_t i = 0; i < codes->count; i++) {
        if (strcmp(codes->at[i].text, text) == 0)
            return true;
    }
    return false;
}

static enum status code_add(struct study_reading *reading, struct code_list *codes, struct span text, enum missing kind)
{
    struct missing_code *code = &codes->at[codes->count];
    char mark = reading->study->decimal_mark == ',' ? ',' : '.';
    code->text = arena_copy(reading->ctx->arena, text);
    if (code->text == NULL)
        return ctx_no_memory(reading->ctx);
    code->kind = kind;
    code->is_number = decimal_parse(text, mark, &code->number);
    codes->count++;
    return STATUS_OK;
}

static enum status code_read(struct study_reading *reading, const struct json_node *node, const char *text, enum missing kind,
                             struct code_list *codes)
{
    struct span trimmed = span_trim(span_of(text));
    if (trimmed.length > NAME_BYTES_MAX)
        return json_fail(reading->ctx, node, "A missing code of %zu bytes stands here; at most %u are accepted.", trimmed.length,
                         NAME_BYTES_MAX);
    if (span_is(trimmed, "note"))
        return json_fail(reading->ctx, node, "\"note\" cannot be a missing code, because every object may hold a note.");
    enum status status = code_add(reading, codes, trimmed, kind);
    const struct missing_code *last = &codes->at[codes->count - 1];
    for (uint32_t i = 0; i + 1 < codes->count && status == STATUS_OK; i++) {
        const struct missing_code *code = &codes->at[i];
        if (strcmp(last->text, code->text) == 0)
            return json_fail(reading->ctx, node, "This missing code stands here twice.");
        if (last->is_number && code->is_number && last->kind != code->kind && decimal_compare(last->number, code->number) == 0)
            return json_fail(reading->ctx, node, "This is the same number as \"%s\", which is %s; one of the two must go.",
                             code->text, missing_name(code->kind));
    }
    return status;
}

/* An element of a plain list: text, or a number. */
static enum status element_read(struct study_reading *reading, const struct json_node *node, struct code_list *codes)
{
    char number[40];
    enum status status = json_check_kind(reading->ctx, node, KIND_TEXT | KIND_NUMBER);
    if (status != STATUS_OK)
        return status;
    if (json_is_string(node->value))
        return code_read(reading, node, json_string_value(node->value), MISSING_SKIPPED, codes);
    struct decimal value;
    status = json_read_decimal(reading->ctx, node, &value);
    if (status != STATUS_OK)
        return status;
    decimal_format(value, number, sizeof number);
    return code_read(reading, node, number, MISSING_SKIPPED, codes);
}

static enum status codes_read(struct study_reading *reading, const struct json_node *node, struct code_list *codes)
{
    const struct name_list kinds = {kind_names, MISSING_COUNT};
    const char *key = NULL;
    json_t *value = NULL;
    enum status status = STATUS_OK;
    for (size_t i = 0; json_is_array(node->value) && i < json_array_size(node->value) && status == STATUS_OK; i++) {
        struct json_node element = json_element_at(node, i);
        status = element_read(reading, &element, codes);
    }
    json_object_foreach (node->value, key, value) {
        struct json_node child = {.value = value, .file = node->file, .parent = node, .key = key};
        uint32_t kind = MISSING_SKIPPED;
        if (strcmp(key, "note") == 0)
            continue;
        status = json_read_word(reading->ctx, &child, "a kind of missing answer", kinds, &kind);
        if (status == STATUS_OK)
            status = code_read(reading, &child, key, (enum missing)kind, codes);
        if (status != STATUS_OK)
            return status;
    }
    return status;
}

enum status outcome_missing_read(struct study_reading *reading, const struct json_node *node, struct outcome *outcome)
{
    struct json_node list;
    struct code_list codes = {NULL, 0};
    if (!json_member_at(node, "missing", &list))
        return STATUS_OK;
    size_t count = json_is_array(list.value) ? json_array_size(list.value) : json_object_size(list.value);
    codes.at = arena_array(reading->ctx->arena, count + 1, sizeof *codes.at);
    if (codes.at == NULL)
        return ctx_no_memory(reading->ctx);
    enum status status = json_check_count(reading->ctx, &list, MISSING_CODES_MAX, "missing codes");
    if (status == STATUS_OK)
        status = codes_read(reading, &list, &codes);
    outcome->missing = codes.at;
    outcome->missing_count = codes.count;
    return status;
}

/* What is missing without being listed, unless the study says otherwise about it. */
static enum status codes_of_the_house(struct study_reading *reading, struct code_list *codes)
{
    const struct instrument *instrument = reading->instrument;
    enum status status = STATUS_OK;
    if (!already_listed(codes, ""))
        status = code_add(reading, codes, span_of(""), MISSING_SKIPPED);
    if (status != STATUS_OK || instrument == NULL)
        return status;
    if (!already_listed(codes, instrument->not_applicable_code))
        status = code_add(reading, codes, span_of(instrument->not_applicable_code), MISSING_DECLARED);
    if (status == STATUS_OK && !already_listed(codes, instrument->not_applicable_text))
        status = code_add(reading, codes, span_of(instrument->not_applicable_text), MISSING_DECLARED);
    return status;
}

enum status missing_read(struct study_reading *reading, const struct json_node *root)
{
    struct json_node node;
    struct code_list codes = {NULL, 0};
    bool there = json_member_at(root, "missing", &node);
    size_t count = !there ? 0 : json_is_array(node.value) ? json_array_size(node.value) : json_object_size(node.value);
    /* Three more: the empty cell and the two of an instrument. */
    codes.at = arena_array(reading->ctx->arena, count + 3, sizeof *codes.at);
    if (codes.at == NULL)
        return ctx_no_memory(reading->ctx);
    enum status status =
        there ? json_check_count(reading->ctx, &node, (size_t)2 * MISSING_CODES_MAX, "missing codes") : STATUS_OK;
    if (there && status == STATUS_OK)
        status = codes_read(reading, &node, &codes);
    if (status == STATUS_OK)
        status = codes_of_the_house(reading, &codes);
    if (status == STATUS_OK && codes.count > MISSING_CODES_MAX)
        return json_fail(reading->ctx, there ? &node : root, "%u missing codes stand here; there is room for %u.", codes.count,
                         MISSING_CODES_MAX);
    reading->study->missing = codes.at;
    reading->study->missing_count = codes.count;
    return status;
}
