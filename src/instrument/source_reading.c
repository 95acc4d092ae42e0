/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "instrument/column_pattern.h"
#include "instrument/study_reading.h"

/* A list of all that somebody named, with what its cells call each of them. */
static const struct json_member list_members[] = {
    {"column", KIND_TEXT, true},
    {"codes", KIND_OBJECT, false},
};

static void source_names(const char *names[SOURCE_COUNT])
{
    for (enum expectation_source i = 0; i < SOURCE_COUNT; i++)
        names[i] = expectation_source_name(i);
}

/* No two sources may be called the same, and none may hold what stands between them. */
static enum status codes_check(struct study_reading *reading, const struct json_node *node, const struct source_columns *sources)
{
    for (enum expectation_source i = 0; i < SOURCE_COUNT; i++) {
        const char *code = sources->codes[i] != NULL ? sources->codes[i] : expectation_source_name(i);
        if (strpbrk(code, ";,|") != NULL)
            return json_fail(reading->ctx, node, "\"%.60s\" cannot be a code, because ; , and | stand between sources.", code);
        for (enum expectation_source before = 0; before < i; before++) {
            const char *other = sources->codes[before] != NULL ? sources->codes[before] : expectation_source_name(before);
            if (strcmp(code, other) == 0)
                return json_fail(reading->ctx, node, "\"%.60s\" is to mean both %s and %s; each needs its own code.", code,
                                 expectation_source_name(before), expectation_source_name(i));
        }
    }
    return STATUS_OK;
}

static enum status codes_read(struct study_reading *reading, const struct json_node *node, struct source_columns *sources)
{
    const char *names[SOURCE_COUNT];
    const char *key = NULL;
    json_t *value = NULL;
    source_names(names);
    json_object_foreach (node->value, key, value) {
        struct json_node child = {.value = value, .file = node->file, .parent = node, .key = key};
        uint32_t source = name_list_find((struct name_list){names, SOURCE_COUNT}, key);
        if (strcmp(key, "note") == 0)
            continue;
        if (source == UINT32_MAX)
            return json_fail_unknown(reading->ctx, &child, key, "a source of expectations",
                                     (struct name_list){names, SOURCE_COUNT});
        enum status status = json_read_name(reading->ctx, &child, &sources->codes[source]);
        if (status != STATUS_OK)
            return status;
    }
    return codes_check(reading, node, sources);
}

/* A column for each source, by a pattern or by name; those without one were not asked. */
static enum status columns_of_sources_read(struct study_reading *reading, const struct json_node *node,
                                           struct source_columns *sources)
{
    const char *names[SOURCE_COUNT];
    const char *const *headers = NULL;
    source_names(names);
    enum status status =
        column_headers_read(reading->ctx, node, (struct name_list){names, SOURCE_COUNT}, "a source of expectations", &headers);
    for (enum expectation_source i = 0; i < SOURCE_COUNT && status == STATUS_OK; i++) {
        sources->columns[i] = headers[i];
        for (enum expectation_source before = 0; before < i && headers[i] != NULL; before++) {
            if (headers[before] != NULL && strcmp(headers[before], headers[i]) == 0)
                return json_fail(reading->ctx, node, "Column \"%.80s\" is to be both %s and %s; each needs its own.", headers[i],
                                 names[before], names[i]);
        }
    }
    return status;
}

enum status sources_read(struct study_reading *reading, const struct json_node *node)
{
    const struct json_members members = {list_members, sizeof list_members / sizeof *list_members};
    struct source_columns *sources = &reading->study->columns.sources;
    struct json_node child;
    if (json_is_string(node->value) && strchr(json_string_value(node->value), '{') == NULL)
        return json_read_text(reading->ctx, node, &sources->list);
    if (json_is_string(node->value) || !json_member_at(node, "column", &child))
        return columns_of_sources_read(reading, node, sources);
    enum status status = json_check_object(reading->ctx, node, members);
    if (status == STATUS_OK)
        status = json_read_text(reading->ctx, &child, &sources->list);
    if (status == STATUS_OK && json_member_at(node, "codes", &child))
        status = codes_read(reading, &child, sources);
    return status;
}
