/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/limits.h"
#include "instrument/study_reading.h"

enum { DECIMALS_MAX = 9 };

static const struct json_member outcome_members[] = {
    {"column", KIND_TEXT, true},  {"kind", KIND_TEXT, false},     {"min", KIND_NUMBER, false},     {"max", KIND_NUMBER, false},
    {"step", KIND_NUMBER, false}, {"labels", KIND_OBJECT, false}, {"decimals", KIND_WHOLE, false},
};

static enum status real_outcome_read(struct study_reading *reading, const struct json_node *node, struct outcome *outcome)
{
    static const char *const of_scales[] = {"min", "max", "step", "labels"};
    struct json_node child;
    for (size_t i = 0; i < sizeof of_scales / sizeof *of_scales; i++) {
        if (json_member_at(node, of_scales[i], &child))
            return json_fail(reading->ctx, &child,
                             "An outcome of kind \"real\" has no scale; leave \"%s\" out, or take \"kind\": \"scale\".",
                             of_scales[i]);
    }
    if (!json_member_at(node, "decimals", &child))
        return json_fail(reading->ctx, node, "\"decimals\" is missing: to how many decimals the values are kept (0 to %d).",
                         DECIMALS_MAX);
    json_int_t decimals = json_integer_value(child.value);
    if (decimals < 0 || decimals > DECIMALS_MAX)
        return json_fail(reading->ctx, &child, "%lld decimals cannot be kept; 0 to %d are accepted.", (long long)decimals,
                         DECIMALS_MAX);
    outcome->decimals = (unsigned)decimals;
    return STATUS_OK;
}

static enum status scale_outcome_read(struct study_reading *reading, const struct json_node *node, struct outcome *outcome)
{
    struct json_node child;
    if (json_member_at(node, "decimals", &child))
        return json_fail(reading->ctx, &child, "\"decimals\" goes with \"kind\": \"real\"; a scale has min, max and step.");
    for (size_t i = 0; i < 2; i++) {
        const char *member = i == 0 ? "min" : "max";
        if (!json_member_at(node, member, &child))
            return json_fail(reading->ctx, node,
                             "\"%s\" is missing: the outcome is a scale with min and max, or \"kind\": \"real\".", member);
    }
    return scale_points_read(reading->ctx, node, outcome->name, &outcome->scale);
}

static enum status outcome_read(struct study_reading *reading, const struct json_node *node, struct outcome *outcome)
{
    static const char *const kinds[] = {"scale", "real"};
    struct json_members members = {outcome_members, sizeof outcome_members / sizeof *outcome_members};
    struct json_node child;
    uint32_t kind = OUTCOME_SCALE;
    enum status status = json_check_object(reading->ctx, node, members);
    if (status == STATUS_OK)
        status = json_read_key(reading->ctx, node, &outcome->name);
    if (status == STATUS_OK)
        status = json_read_text_member(reading->ctx, node, "column", NULL, &outcome->column);
    if (status == STATUS_OK && json_member_at(node, "kind", &child))
        status = json_read_word(reading->ctx, &child, "a kind of outcome", (struct name_list){kinds, 2}, &kind);
    if (status != STATUS_OK)
        return status;
    outcome->kind = (enum outcome_kind)kind;
    return kind == OUTCOME_REAL ? real_outcome_read(reading, node, outcome) : scale_outcome_read(reading, node, outcome);
}

enum status outcomes_read(struct study_reading *reading, const struct json_node *node)
{
    struct columns *columns = &reading->study->columns;
    const char *key = NULL;
    json_t *value = NULL;
    enum status status = json_check_count(reading->ctx, node, OUTCOMES_MAX, "outcomes");
    if (status != STATUS_OK)
        return status;
    struct outcome *outcomes = arena_array(reading->ctx->arena, json_object_size(node->value) + 1, sizeof *outcomes);
    if (outcomes == NULL)
        return ctx_no_memory(reading->ctx);
    columns->outcomes = outcomes;
    json_object_foreach (node->value, key, value) {
        struct json_node child = {.value = value, .file = node->file, .parent = node, .key = key};
        if (strcmp(key, "note") == 0)
            continue;
        status = outcome_read(reading, &child, &outcomes[columns->outcome_count]);
        if (status != STATUS_OK)
            return status;
        columns->outcome_count++;
    }
    return STATUS_OK;
}
