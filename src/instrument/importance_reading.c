/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/limits.h"
#include "instrument/column_pattern.h"
#include "instrument/study_reading.h"

/* Every other member is the id of a dimension or item, with its header. */
static const struct json_member importance_members[] = {
    {"kind", KIND_TEXT, true},
    {"of", KIND_TEXT, false},
    {"scale", KIND_TEXT | KIND_OBJECT, false},
    {"columns", KIND_TEXT | KIND_OBJECT, false},
};

static const struct json_members known_members = {importance_members, sizeof importance_members / sizeof *importance_members};

/* A scale that is given in place becomes one more scale of the study. */
static enum status own_scale_read(struct study_reading *reading, const struct json_node *node, uint32_t *out)
{
    struct question_set *set = &reading->set;
    if (name_list_find(set->scale_names, "importance") != UINT32_MAX)
        return json_fail(reading->ctx, node,
                         "The study has a scale \"importance\" already; write \"scale\": \"importance\" to take it.");
    *out = set->scale_count;
    enum status status = scale_read(reading->ctx, node, "importance", &set->scales[set->scale_count]);
    if (status == STATUS_OK)
        set->scale_count++;
    return status;
}

/* takes   node  the object of importance, or NULL when it is given in short */
static enum status importance_scale_read(struct study_reading *reading, const struct json_node *columns,
                                         const struct json_node *node, uint32_t *out)
{
    const struct question_set *set = &reading->set;
    struct json_node child;
    if (node != NULL && json_member_at(node, "scale", &child)) {
        if (json_is_object(child.value))
            return own_scale_read(reading, &child, out);
        const char *id = json_string_value(child.value);
        *out = name_list_find(set->scale_names, id);
        if (*out != UINT32_MAX)
            return STATUS_OK;
        return json_fail_unknown(reading->ctx, &child, id, "a scale of this study", set->scale_names);
    }
    *out = reading->importance_scale != UINT32_MAX ? reading->importance_scale : 0;
    if (reading->importance_scale != UINT32_MAX || set->scale_count == 1)
        return STATUS_OK;
    char list[400];
    name_list_format(set->scale_names, NULL, list, sizeof list);
    return json_fail(reading->ctx, node != NULL ? node : columns, "Importance needs a \"scale\"; there are: %s", list);
}

/* Headers from "columns", or from members that are ids. */
static enum status headers_read(struct study_reading *reading, const struct json_node *node, struct name_list names,
                                const char *what, const char *const **out)
{
    struct json_node child;
    enum status status = column_members_read(reading->ctx, node, known_members, names, what, out);
    if (status != STATUS_OK || !json_member_at(node, "columns", &child))
        return status;
    for (uint32_t i = 0; i < names.count; i++) {
        if ((*out)[i] != NULL)
            return json_fail(reading->ctx, &child, "\"columns\" names all headers; \"%.60s\" cannot have one beside it.",
                             names.at[i]);
    }
    return column_headers_read(reading->ctx, &child, names, what, out);
}

static enum status points_read(struct study_reading *reading, const struct json_node *node)
{
    const struct name_list *names = &reading->set.dimension_names;
    struct json_node child;
    if (json_member_at(node, "scale", &child))
        return json_fail(reading->ctx, &child,
                         "Points are shares of 100 and have no scale; leave it out, or take \"kind\": \"rating\".");
    const char *const *headers = NULL;
    enum status status = headers_read(reading, node, *names, "a dimension of this study", &headers);
    if (status != STATUS_OK)
        return status;
    for (uint32_t i = 0; i < names->count; i++) {
        if (headers[i] == NULL)
            return json_fail(reading->ctx, node, "\"%.60s\" has no column of points; 100 points are shared among all dimensions.",
                             names->at[i]);
        for (uint32_t j = 0; j < i; j++) {
            if (strcmp(headers[i], headers[j]) == 0)
                return json_fail(reading->ctx, node, "Column \"%.80s\" is to hold the points of both \"%.60s\" and \"%.60s\".",
                                 headers[i], names->at[j], names->at[i]);
        }
    }
    if (names->count == 0)
        return json_fail(reading->ctx, node, "Points are given to dimensions, and this study has none.");
    reading->study->columns.importance = IMPORTANCE_POINTS;
    reading->study->columns.points_of_dimension = headers;
    return STATUS_OK;
}

/* In long layout the ratings stand in a column of their own, or are rows of the standard column.
 * takes   node  the object or text of importance; NULL when only the standards name it */
static enum status long_rating_read(struct study_reading *reading, const struct json_node *columns, const struct json_node *node)
{
    struct long_columns *rows = &reading->study->columns.in_rows;
    bool in_rows = rows->standard != NULL;
    struct json_node child;
    const struct json_node *header = node;
    if (node != NULL && json_is_object(node->value))
        header = json_member_at(node, "columns", &child) ? &child : NULL;
    if (in_rows && header != NULL)
        return json_fail(reading->ctx, header,
                         "\"standard\" says which rows hold importance, so no column is named for it here.");
    if (in_rows && rows->standard_text[STANDARD_IMPORTANCE] == NULL)
        return json_fail(reading->ctx, node == NULL ? columns : node, "No cell of \"standards\" means importance; add one.");
    if (in_rows)
        return STATUS_OK;
    if (header == NULL || json_is_object(header->value))
        return json_fail(reading->ctx, node == NULL ? columns : node,
                         "With a row per item, \"columns\" is the one header of importance.");
    return json_read_text(reading->ctx, header, &rows->standard_column[STANDARD_IMPORTANCE]);
}

static enum status rating_read(struct study_reading *reading, const struct json_node *columns, const struct json_node *node)
{
    struct columns *into = &reading->study->columns;
    const struct json_node *object = node != NULL && json_is_object(node->value) ? node : NULL;
    const char *const **headers = &into->of_item[STANDARD_IMPORTANCE];
    enum status status = importance_scale_read(reading, columns, object, &into->importance_scale);
    if (status != STATUS_OK)
        return status;
    into->importance = IMPORTANCE_RATING;
    if (into->layout == LAYOUT_LONG)
        return long_rating_read(reading, columns, node);
    if (object == NULL)
        return column_headers_read(reading->ctx, node, reading->set.item_names, "an item of this study", headers);
    return headers_read(reading, object, reading->set.item_names, "an item of this study", headers);
}

enum status importance_read(struct study_reading *reading, const struct json_node *columns)
{
    static const char *const kinds[] = {"points", "rating"};
    static const char *const of[] = {"dimension", "item"};
    const bool in_rows = reading->study->columns.in_rows.standard_text[STANDARD_IMPORTANCE] != NULL;
    struct json_node node, child;
    uint32_t kind = 0, whose = 0;
    if (!json_member_at(columns, "importance", &node))
        return in_rows ? rating_read(reading, columns, NULL) : STATUS_OK;
    if (json_is_string(node.value))
        return rating_read(reading, columns, &node);
    for (size_t i = 0; i < known_members.count; i++) {
        bool there = json_member_at(&node, known_members.at[i].name, &child);
        enum status status = there ? json_check_kind(reading->ctx, &child, known_members.at[i].kinds) : STATUS_OK;
        if (!there && known_members.at[i].required)
            return json_fail(reading->ctx, &node, "\"kind\" is missing; it is \"points\" or \"rating\".");
        if (status != STATUS_OK)
            return status;
    }
    (void)json_member_at(&node, "kind", &child);
    enum status status = json_read_word(reading->ctx, &child, "a kind of importance", (struct name_list){kinds, 2}, &kind);
    if (status == STATUS_OK && json_member_at(&node, "of", &child)) {
        status = json_read_word(reading->ctx, &child, "what importance is asked of", (struct name_list){of, 2}, &whose);
        if (status == STATUS_OK && whose != kind)
            return json_fail(reading->ctx, &child, "Importance by %s is asked of each %s; write \"of\": \"%s\".", kinds[kind],
                             of[kind], of[kind]);
    }
    if (status != STATUS_OK)
        return status;
    return kind == 0 ? points_read(reading, &node) : rating_read(reading, columns, &node);
}
