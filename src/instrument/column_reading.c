/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/intern.h"
#include "base/limits.h"
#include "instrument/column_pattern.h"
#include "instrument/study_reading.h"

enum { HEADERS = KIND_TEXT | KIND_OBJECT | KIND_NULL, HEADER = KIND_TEXT | KIND_NULL };

static const struct json_member column_members[] = {
    {"layout", KIND_TEXT, false},
    {"respondent", HEADER, false},
    {"encounter", HEADER, false},
    {"expectation", HEADERS, false},
    {"perception", HEADERS, false},
    {"desired", HEADERS, false},
    {"minimum", HEADERS, false},
    {"functional", HEADERS, false},
    {"dysfunctional", HEADERS, false},
    {"importance", HEADERS, false},
    {"outcomes", KIND_OBJECT | KIND_NULL, false},
    {"segments", KIND_LIST | KIND_NULL, false},
    {"channel", HEADER, false},
    {"touchpoint", HEADER, false},
    {"employee", HEADER, false},
    {"wave", HEADER, false},
    {"weight", HEADER, false},
    {"cluster", HEADER, false},
    {"strata", HEADER, false},
    {"arm", HEADER, false},
    {"time", KIND_TEXT | KIND_OBJECT | KIND_NULL, false},
    {"comments", KIND_LIST | KIND_NULL, false},
    {"sources", HEADERS, false},
    {"item", HEADER, false},
    {"standard", HEADER, false},
    {"value", HEADER, false},
    {"standards", KIND_OBJECT | KIND_NULL, false},
    {"order", HEADER, false},
    {"rating", KIND_OBJECT | KIND_NULL, false},
};

static const char *const standard_names[] = {"expectation", "perception", "desired",      "minimum",
                                             "importance",  "functional", "dysfunctional"};

/* Importance has more to it and is read elsewhere. */
static bool read_here(enum standard standard)
{
    return standard != STANDARD_IMPORTANCE;
}

static enum status layout_read(struct study_reading *reading, const struct json_node *node, enum layout *out)
{
    static const char *const layouts[] = {"wide", "long", "journey"};
    static const char *const only_long[] = {"item", "standard", "value", "standards"};
    static const char *const only_journey[] = {"order", "rating"};
    struct json_node child;
    uint32_t layout = LAYOUT_WIDE;
    enum status status = STATUS_OK;
    if (json_member_at(node, "layout", &child))
        status = json_read_word(reading->ctx, &child, "a layout", (struct name_list){layouts, 3}, &layout);
    *out = (enum layout)layout;
    for (size_t i = 0; i < sizeof only_long / sizeof *only_long && status == STATUS_OK; i++) {
        if (layout != LAYOUT_LONG && json_member_at(node, only_long[i], &child))
            status = json_fail(reading->ctx, &child,
                               "\"%s\" belongs to a file with a row per item; add \"layout\": \"long\" beside it.", only_long[i]);
    }
    for (size_t i = 0; i < sizeof only_journey / sizeof *only_journey && status == STATUS_OK; i++) {
        if (layout != LAYOUT_JOURNEY && json_member_at(node, only_journey[i], &child))
            status = json_fail(reading->ctx, &child,
                               "\"%s\" belongs to a file with a row per moment; add \"layout\": \"journey\" beside it.",
                               only_journey[i]);
    }
    return status;
}

/* Columns that hold one thing each. */
static enum status single_columns_read(struct study_reading *reading, const struct json_node *node)
{
    struct columns *columns = &reading->study->columns;
    const struct {
        const char *member;
        const char **header;
    } singles[] = {
        {"respondent", &columns->respondent}, {"encounter", &columns->encounter}, {"channel", &columns->channel},
        {"touchpoint", &columns->touchpoint}, {"employee", &columns->employee},   {"wave", &columns->wave},
        {"weight", &columns->weight},         {"cluster", &columns->cluster},     {"arm", &columns->arm},
        {"strata", &columns->strata},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof singles / sizeof *singles && status == STATUS_OK; i++)
        status = json_read_text_member(reading->ctx, node, singles[i].member, NULL, singles[i].header);
    return status;
}

static const struct json_member time_members[] = {
    {"column", KIND_TEXT, true},
    {"period", KIND_TEXT, false},
    {"format", KIND_TEXT, false},
};

/* The header of dates, or an object that also says into which periods they fall and how they are written. */
static enum status time_read(struct study_reading *reading, const struct json_node *node)
{
    static const char *const periods[TIME_PERIOD_COUNT] = {"day", "week", "month", "quarter", "year"};
    static const char *const formats[DATE_FORMAT_COUNT] = {"iso", "dmy", "mdy"};
    const struct json_members members = {time_members, sizeof time_members / sizeof *time_members};
    struct columns *columns = &reading->study->columns;
    struct json_node time, child;
    uint32_t period = PERIOD_MONTH, format = DATE_ISO;
    columns->time_period = PERIOD_MONTH;
    if (!json_member_at(node, "time", &time))
        return STATUS_OK;
    if (json_is_string(time.value))
        return json_read_text(reading->ctx, &time, &columns->time);
    enum status status = json_check_object(reading->ctx, &time, members);
    if (status == STATUS_OK)
        status = json_read_text_member(reading->ctx, &time, "column", NULL, &columns->time);
    if (status == STATUS_OK && json_member_at(&time, "period", &child))
        status = json_read_word(reading->ctx, &child, "a period", (struct name_list){periods, TIME_PERIOD_COUNT}, &period);
    if (status == STATUS_OK && json_member_at(&time, "format", &child))
        status =
            json_read_word(reading->ctx, &child, "a way to write dates", (struct name_list){formats, DATE_FORMAT_COUNT}, &format);
    columns->time_period = (enum time_period)period;
    columns->time_format = (enum date_format)format;
    return status;
}

/* Adds a segment; false when its column is one already. */
static bool segment_add(struct segment *segments, uint32_t *count, const char *column)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (strcmp(segments[i].column, column) == 0)
            return false;
    }
    segments[(*count)++].column = column;
    return true;
}

/* Channel, touchpoint, employee, wave and time are segments too. */
static enum status segments_read(struct study_reading *reading, const struct json_node *node)
{
    struct columns *columns = &reading->study->columns;
    /* Those of moments differ within a journey. */
    bool whole = columns->layout != LAYOUT_JOURNEY;
    const char *const more[] = {columns->channel, whole ? columns->touchpoint : NULL, columns->employee, columns->wave,
                                whole ? columns->time : NULL};
    struct json_node list;
    bool there = json_member_at(node, "segments", &list);
    size_t count = there ? json_array_size(list.value) : 0;
    struct segment *segments = arena_array(reading->ctx->arena, count + sizeof more / sizeof *more, sizeof *segments);
    if (segments == NULL)
        return ctx_no_memory(reading->ctx);
    columns->segments = segments;
    enum status status = there ? json_check_count(reading->ctx, &list, SEGMENTS_MAX, "segments") : STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct json_node element = json_element_at(&list, i);
        const char *column = NULL;
        status = json_read_text(reading->ctx, &element, &column);
        if (status == STATUS_OK && !segment_add(segments, &columns->segment_count, column))
            status = json_fail(reading->ctx, &element, "\"%.100s\" is named twice; name each segment once.", column);
    }
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        if (more[i] != NULL)
            (void)segment_add(segments, &columns->segment_count, more[i]);
    }
    if (status == STATUS_OK && columns->segment_count > SEGMENTS_MAX)
        return json_fail(reading->ctx, node,
                         "With channel, touchpoint, employee, wave and time there are %u segments; at most %u fit.",
                         columns->segment_count, SEGMENTS_MAX);
    return status;
}

static enum status comments_read(struct study_reading *reading, const struct json_node *node)
{
    struct columns *columns = &reading->study->columns;
    struct json_node list;
    if (!json_member_at(node, "comments", &list))
        return STATUS_OK;
    enum status status = json_check_count(reading->ctx, &list, COMMENTS_MAX, "columns of comments");
    if (status != STATUS_OK)
        return status;
    size_t count = json_array_size(list.value);
    const char **comments = arena_array(reading->ctx->arena, count + 1, sizeof *comments);
    if (comments == NULL)
        return ctx_no_memory(reading->ctx);
    columns->comments = comments;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct json_node element = json_element_at(&list, i);
        status = json_read_text(reading->ctx, &element, &comments[i]);
        columns->comment_count++;
    }
    return status;
}

static enum status wide_standards_read(struct study_reading *reading, const struct json_node *node)
{
    struct columns *columns = &reading->study->columns;
    struct json_node child;
    enum status status = STATUS_OK;
    for (enum standard standard = 0; standard < STANDARD_COUNT && status == STATUS_OK; standard++) {
        if (read_here(standard) && json_member_at(node, standard_names[standard], &child))
            status = column_headers_read(reading->ctx, &child, reading->set.item_names, "an item of this study",
                                         &columns->of_item[standard]);
    }
    return status;
}

/* "standards": {"E": "expectation", …}: what the cells of the standard column mean. */
static enum status standards_map_read(struct study_reading *reading, const struct json_node *node)
{
    struct long_columns *rows = &reading->study->columns.in_rows;
    const struct name_list names = {standard_names, STANDARD_COUNT};
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach (node->value, key, value) {
        struct json_node child = {.value = value, .file = node->file, .parent = node, .key = key};
        uint32_t standard = 0;
        if (strcmp(key, "note") == 0)
            continue;
        enum status status = json_read_word(reading->ctx, &child, "a standard", names, &standard);
        if (status != STATUS_OK)
            return status;
        if (rows->standard_text[standard] != NULL)
            return json_fail(reading->ctx, &child, "\"%.60s\" means %s already; one cell text per standard is accepted.",
                             rows->standard_text[standard], standard_names[standard]);
        status = json_read_key(reading->ctx, &child, &rows->standard_text[standard]);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* A row per encounter, item and standard. */
static enum status standard_rows_read(struct study_reading *reading, const struct json_node *node)
{
    struct long_columns *rows = &reading->study->columns.in_rows;
    struct json_node child;
    enum status status = json_read_text_member(reading->ctx, node, "value", NULL, &rows->value);
    for (enum standard standard = 0; standard < STANDARD_COUNT && status == STATUS_OK; standard++) {
        if (read_here(standard) && json_member_at(node, standard_names[standard], &child))
            return json_fail(reading->ctx, &child,
                             "\"standard\" says which standard a row holds, so no column is named for it here; "
                             "\"standards\" says what its cells mean.");
    }
    if (status == STATUS_OK && rows->value == NULL)
        return json_fail(reading->ctx, node, "\"value\" is missing: the header of the column that holds the answers.");
    if (status == STATUS_OK && !json_member_at(node, "standards", &child))
        return json_fail(reading->ctx, node,
                         "\"standards\" is missing: what the cells of the standard column mean, as in "
                         "{\"E\": \"expectation\", \"P\": \"perception\"}.");
    return status != STATUS_OK ? status : standards_map_read(reading, &child);
}

/* A row per encounter and item, with one column per standard. */
static enum status standard_columns_read(struct study_reading *reading, const struct json_node *node)
{
    struct long_columns *rows = &reading->study->columns.in_rows;
    struct json_node child;
    enum status status = STATUS_OK;
    if (json_member_at(node, "value", &child) || json_member_at(node, "standards", &child))
        return json_fail(reading->ctx, &child, "This goes with \"standard\", the column that says which standard a row holds.");
    for (enum standard standard = 0; standard < STANDARD_COUNT && status == STATUS_OK; standard++) {
        if (!read_here(standard) || !json_member_at(node, standard_names[standard], &child))
            continue;
        status = json_check_kind(reading->ctx, &child, KIND_TEXT);
        if (status == STATUS_OK)
            status = json_read_text(reading->ctx, &child, &rows->standard_column[standard]);
    }
    return status;
}

static enum status long_standards_read(struct study_reading *reading, const struct json_node *node)
{
    struct columns *columns = &reading->study->columns;
    enum status status = json_read_text_member(reading->ctx, node, "item", NULL, &columns->in_rows.item);
    if (status == STATUS_OK)
        status = json_read_text_member(reading->ctx, node, "standard", NULL, &columns->in_rows.standard);
    if (status != STATUS_OK)
        return status;
    if (columns->respondent == NULL)
        return json_fail(reading->ctx, node,
                         "\"respondent\" is missing: with a row per item it says which rows belong together.");
    if (columns->in_rows.item == NULL)
        return json_fail(reading->ctx, node, "\"item\" is missing: the header of the column that names the item of a row.");
    return columns->in_rows.standard != NULL ? standard_rows_read(reading, node) : standard_columns_read(reading, node);
}

/* The same where each standard has one column for all items. */
static enum status check_long_columns_differ(struct study_reading *reading, const struct json_node *node)
{
    const char *const *headers = reading->study->columns.in_rows.standard_column;
    for (enum standard later = 0; later < STANDARD_COUNT; later++) {
        for (enum standard earlier = 0; earlier < later && headers[later] != NULL; earlier++) {
            struct json_node child;
            if (headers[earlier] == NULL || strcmp(headers[earlier], headers[later]) != 0)
                continue;
            return json_fail(reading->ctx, json_member_at(node, standard_names[later], &child) ? &child : node,
                             "Column \"%.80s\" is to hold both %s and %s; each needs its own.", headers[later],
                             standard_names[earlier], standard_names[later]);
        }
    }
    return STATUS_OK;
}

/* No column may be read as two different answers. */
static enum status check_columns_differ(struct study_reading *reading, const struct json_node *node)
{
    const struct columns *columns = &reading->study->columns;
    const uint32_t items = reading->study->item_count;
    struct intern *headers = NULL;
    uint32_t *slots = arena_array(reading->ctx->arena, (size_t)items * STANDARD_COUNT + 1, sizeof *slots);
    enum status status = intern_create(reading->ctx, items * STANDARD_COUNT + 1, &headers);
    if (status != STATUS_OK || slots == NULL)
        return ctx_no_memory(reading->ctx);
    for (uint32_t slot = 0; slot < items * STANDARD_COUNT; slot++) {
        const char *const *of_item = columns->of_item[slot / items];
        const char *header = of_item == NULL ? NULL : of_item[slot % items];
        uint32_t number = 0;
        bool fresh = true;
        if (header != NULL && intern_add(headers, span_of(header), &number, &fresh) != STATUS_OK)
            return ctx_no_memory(reading->ctx);
        if (header != NULL && fresh)
            slots[number] = slot;
        if (fresh)
            continue;
        uint32_t before = slots[number];
        struct json_node child;
        const struct json_node *at = json_member_at(node, standard_names[slot / items], &child) ? &child : node;
        return json_fail(reading->ctx, at,
                         "Column \"%.80s\" is to be both the %s of \"%.60s\" and the %s of \"%.60s\"; each needs its own.",
                         header, standard_names[before / items], reading->set.item_names.at[before % items],
                         standard_names[slot / items], reading->set.item_names.at[slot % items]);
    }
    return STATUS_OK;
}

/* The one question says nothing without the other. */
static enum status check_kano_both(struct study_reading *reading, const struct json_node *node)
{
    const struct study *study = reading->study;
    for (uint32_t item = 0; item < study->item_count; item++) {
        bool functional = study_asks(study, STANDARD_FUNCTIONAL, item);
        if (functional == study_asks(study, STANDARD_DYSFUNCTIONAL, item))
            continue;
        const char *there = standard_names[functional ? STANDARD_FUNCTIONAL : STANDARD_DYSFUNCTIONAL];
        const char *missing = standard_names[functional ? STANDARD_DYSFUNCTIONAL : STANDARD_FUNCTIONAL];
        struct json_node child;
        return json_fail(reading->ctx, json_member_at(node, there, &child) ? &child : node,
                         "\"%.60s\" has an answer column for \"%s\" but none for \"%s\"; the two questions of Kano go together.",
                         study->items[item].id, there, missing);
    }
    return STATUS_OK;
}

static enum status check_something_asked(struct study_reading *reading, const struct json_node *node)
{
    const struct study *study = reading->study;
    if (study->columns.layout == LAYOUT_JOURNEY)
        return STATUS_OK;
    for (enum standard standard = 0; standard < STANDARD_COUNT; standard++) {
        if (read_here(standard) && study_asks_any(study, standard))
            return STATUS_OK;
    }
    if (study->item_count > 0)
        return json_fail(reading->ctx, node,
                         "No column holds answers; name at least one of expectation, perception, desired, minimum, or "
                         "functional with dysfunctional.");
    if (study->columns.outcome_count == 0)
        return json_fail(reading->ctx, node, "The study has neither items nor outcomes, so there is nothing to read.");
    return STATUS_OK;
}

enum status columns_read(struct study_reading *reading, const struct json_node *node)
{
    struct json_members members = {column_members, sizeof column_members / sizeof *column_members};
    struct columns *columns = &reading->study->columns;
    struct json_node child;
    enum status status = json_check_object(reading->ctx, node, members);
    if (status == STATUS_OK)
        status = layout_read(reading, node, &columns->layout);
    if (status == STATUS_OK)
        status = single_columns_read(reading, node);
    if (status == STATUS_OK)
        status = time_read(reading, node);
    if (status == STATUS_OK)
        status = segments_read(reading, node);
    if (status == STATUS_OK)
        status = comments_read(reading, node);
    if (status == STATUS_OK && json_member_at(node, "sources", &child))
        status = sources_read(reading, &child);
    if (status == STATUS_OK)
        status = columns->layout == LAYOUT_LONG      ? long_standards_read(reading, node)
                 : columns->layout == LAYOUT_JOURNEY ? journey_read(reading, node)
                                                     : wide_standards_read(reading, node);
    if (status == STATUS_OK)
        status = importance_read(reading, node);
    if (status == STATUS_OK && json_member_at(node, "outcomes", &child))
        status = outcomes_read(reading, &child);
    if (status == STATUS_OK)
        status = check_columns_differ(reading, node);
    if (status == STATUS_OK)
        status = check_long_columns_differ(reading, node);
    if (status == STATUS_OK)
        status = check_kano_both(reading, node);
    return status != STATUS_OK ? status : check_something_asked(reading, node);
}
