/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/limits.h"
#include "instrument/study_reading.h"

/* The names of all segments, for saying what would be accepted. */
static enum status segment_names(struct study_reading *reading, struct name_list *out)
{
    const struct columns *columns = &reading->study->columns;
    const char **names = arena_array(reading->ctx->arena, (size_t)columns->segment_count + 1, sizeof *names);
    if (names == NULL)
        return ctx_no_memory(reading->ctx);
    for (uint32_t i = 0; i < columns->segment_count; i++)
        names[i] = columns->segments[i].column;
    *out = (struct name_list){names, columns->segment_count};
    return STATUS_OK;
}

static bool is_missing(const struct study *study, const char *text)
{
    for (uint32_t i = 0; i < study->missing_count; i++) {
        if (strcmp(study->missing[i].text, text) == 0)
            return true;
    }
    return false;
}

static enum status category_read(struct study_reading *reading, const struct json_node *node, const struct margin *margin,
                                 struct margin_category *out)
{
    enum status status = json_read_key(reading->ctx, node, &out->value);
    if (status == STATUS_OK)
        status = json_check_kind(reading->ctx, node, KIND_NUMBER);
    if (status == STATUS_OK)
        status = json_read_decimal(reading->ctx, node, &out->target);
    if (status != STATUS_OK)
        return status;
    if (out->target.units <= 0)
        return json_fail(reading->ctx, node, "A share lies above 0; leave out a category that does not exist.");
    if (is_missing(reading->study, out->value))
        return json_fail(reading->ctx, node, "\"%.100s\" means that there is no answer (\"missing\"), so it can have no share.",
                         out->value);
    for (uint32_t i = 0; i < margin->category_count; i++) {
        if (strcmp(margin->categories[i].value, out->value) == 0)
            return json_fail(reading->ctx, node, "This category has a share already.");
    }
    return STATUS_OK;
}

static enum status margin_read(struct study_reading *reading, const struct json_node *node, struct name_list segments,
                               struct margin *margin)
{
    const char *key = NULL, *name = NULL;
    json_t *value = NULL;
    enum status status = json_read_key(reading->ctx, node, &name);
    if (status == STATUS_OK)
        status = json_check_kind(reading->ctx, node, KIND_OBJECT);
    if (status == STATUS_OK)
        status = json_check_count(reading->ctx, node, SEGMENT_VALUES_MAX, "categories");
    if (status != STATUS_OK)
        return status;
    margin->segment = name_list_find(segments, name);
    if (margin->segment == UINT32_MAX)
        return json_fail_unknown(reading->ctx, node, name, "a segment of this study", segments);
    struct margin_category *categories = arena_array(reading->ctx->arena, json_object_size(node->value) + 1, sizeof *categories);
    if (categories == NULL)
        return ctx_no_memory(reading->ctx);
    margin->categories = categories;
    json_object_foreach (node->value, key, value) {
        struct json_node child = {.value = value, .file = node->file, .parent = node, .key = key};
        if (strcmp(key, "note") == 0)
            continue;
        status = category_read(reading, &child, margin, &categories[margin->category_count]);
        if (status != STATUS_OK)
            return status;
        margin->category_count++;
    }
    if (margin->category_count < 2)
        return json_fail(
            reading->ctx, node,
            "A margin names every category of \"%.80s\" with its share, and there are two at least, as in {\"m\": 49, "
            "\"f\": 51}.",
            name);
    return STATUS_OK;
}

/* takes   node  the object of margins */
static enum status margin_list_read(struct study_reading *reading, const struct json_node *node)
{
    struct study *study = reading->study;
    struct name_list segments = {NULL, 0};
    const char *key = NULL;
    json_t *value = NULL;
    struct margin *margins = arena_array(reading->ctx->arena, json_object_size(node->value) + 1, sizeof *margins);
    if (margins == NULL)
        return ctx_no_memory(reading->ctx);
    enum status status = segment_names(reading, &segments);
    study->margins = margins;
    json_object_foreach (node->value, key, value) {
        struct json_node child = {.value = value, .file = node->file, .parent = node, .key = key};
        if (status != STATUS_OK || strcmp(key, "note") == 0)
            continue;
        status = margin_read(reading, &child, segments, &margins[study->margin_count]);
        for (uint32_t i = 0; i < study->margin_count && status == STATUS_OK; i++) {
            if (margins[i].segment == margins[study->margin_count].segment)
                status = json_fail(reading->ctx, &child, "This segment has a margin already.");
        }
        study->margin_count += status == STATUS_OK;
    }
    return status;
}

enum status margins_read(struct study_reading *reading, const struct json_node *root)
{
    struct json_node node;
    bool there = json_member_at(root, "margins", &node);
    enum status status = there ? margin_list_read(reading, &node) : STATUS_OK;
    reading->study->trim_weights = json_truth_member(root, "trim_weights", false);
    if (status == STATUS_OK && reading->study->trim_weights && reading->study->margin_count == 0 &&
        json_member_at(root, "trim_weights", &node))
        return json_fail(reading->ctx, &node, "Only weights that are made from \"margins\" are trimmed, and there are none.");
    return status;
}
