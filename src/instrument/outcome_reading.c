/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/limits.h"
#include "instrument/study_reading.h"

enum { DECIMALS_MAX = 9 };

static const struct json_member outcome_members[] = {
    {"column", KIND_TEXT, true},     {"kind", KIND_TEXT, false},
    {"min", KIND_NUMBER, false},     {"max", KIND_NUMBER, false},
    {"step", KIND_NUMBER, false},    {"labels", KIND_OBJECT, false},
    {"decimals", KIND_WHOLE, false}, {"role", KIND_TEXT, false},
    {"easy", KIND_TEXT, false},      {"missing", KIND_OBJECT | KIND_LIST, false},
};

static const char *const role_names[OUTCOME_ROLE_COUNT] = {
    "none", "satisfaction", "recommend", "effort", "loyalty", "disconfirmation", "left", "complained", "captive", "bad_service"};

static enum status real_outcome_read(struct study_reading *reading, const struct json_node *node, struct outcome *outcome)
{
    static const char *const of_scales[] = {"min", "max", "step", "labels", "role", "easy"};
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

/* The ends that a role asks for; false when it takes any scale. */
static bool role_ends(enum outcome_role role, int64_t *least, int64_t *most)
{
    *least = 0;
    *most = role == OUTCOME_ROLE_RECOMMEND ? 10 : 1;
    return role == OUTCOME_ROLE_RECOMMEND || role >= OUTCOME_ROLE_LEFT;
}

static bool scale_is(const struct scale *scale, int64_t least, int64_t most)
{
    return decimal_compare(scale->min, (struct decimal){least, 0}) == 0 &&
           decimal_compare(scale->max, (struct decimal){most, 0}) == 0 &&
           decimal_compare(scale->step, (struct decimal){1, 0}) == 0;
}

/* 0 is "not rated" in many files and "no" in a column of yes and no: as a missing code of the whole study it would drop answers.
 */
static enum status missing_check(struct study_reading *reading, const struct json_node *at, const struct outcome *outcome)
{
    const struct study *study = reading->study;
    for (uint32_t i = 0; i < study->missing_count; i++) {
        const struct missing_code *code = &study->missing[i];
        if (code->is_number && scale_code(&outcome->scale, code->number) != 0)
            return json_fail(
                reading->ctx, at,
                "\"%.40s\" is an answer to \"%s\" and missing in the whole study; list it under \"missing\" of those outcomes "
                "where it means no answer.",
                code->text, outcome->name);
    }
    return STATUS_OK;
}

/* takes   at  the role, or the outcome when its name says it */
static enum status role_check(struct study_reading *reading, const struct json_node *at, const struct outcome *outcome)
{
    const struct scale *scale = &outcome->scale;
    const char *role = outcome_role_name(outcome->role);
    int64_t least, most;
    char found[64];
    for (uint32_t i = 0; i < reading->study->columns.outcome_count; i++) {
        const struct outcome *other = &reading->study->columns.outcomes[i];
        if (outcome->role != OUTCOME_ROLE_NONE && other->role == outcome->role)
            return json_fail(reading->ctx, at,
                             "\"%.80s\" has the role \"%s\" already; one outcome may have it, so write \"role\": \"none\" here "
                             "or there.",
                             other->name, role);
    }
    if (!role_ends(outcome->role, &least, &most))
        return STATUS_OK;
    if (scale_is(scale, least, most))
        return missing_check(reading, at, outcome);
    scale_format(scale, found, sizeof found);
    if (outcome->role == OUTCOME_ROLE_RECOMMEND)
        return json_fail(
            reading->ctx, at,
            "\"recommend\" is asked from 0 to 10 in steps of 1, and this scale is %s; take \"min\": 0, \"max\": 10, or "
            "write \"role\": \"none\" (or \"loyalty\") for an intention on another scale.",
            found);
    return json_fail(reading->ctx, at,
                     "\"%s\" is a yes or no, 1 or 0, and this scale is %s; take \"min\": 0, \"max\": 1, or write \"role\": "
                     "\"none\" for another thing of this name.",
                     role, found);
}

/* The role that is said, or that the outcome's name is. */
static enum status role_read(struct study_reading *reading, const struct json_node *node, struct outcome *outcome)
{
    static const char *const ends[] = {"high", "low"};
    const struct name_list roles = {role_names, OUTCOME_ROLE_COUNT};
    struct json_node child;
    uint32_t role = name_list_find(roles, outcome->name), easy = 0;
    enum status status = STATUS_OK;
    bool said = json_member_at(node, "role", &child);
    if (said)
        status = json_read_word(reading->ctx, &child, "a role of an outcome", roles, &role);
    outcome->role = role == UINT32_MAX ? OUTCOME_ROLE_NONE : (enum outcome_role)role;
    if (status == STATUS_OK)
        status = role_check(reading, said ? &child : node, outcome);
    if (status != STATUS_OK || !json_member_at(node, "easy", &child))
        return status;
    if (outcome->role != OUTCOME_ROLE_EFFORT)
        return json_fail(reading->ctx, &child,
                         "\"easy\" says which end of an effort scale is the easy one; it goes with \"role\": \"effort\".");
    status = json_read_word(reading->ctx, &child, "an end of the scale", (struct name_list){ends, 2}, &easy);
    outcome->easy_low = easy == 1;
    return status;
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
    if (status == STATUS_OK)
        status = outcome_missing_read(reading, node, outcome);
    if (status != STATUS_OK)
        return status;
    outcome->kind = (enum outcome_kind)kind;
    if (kind == OUTCOME_REAL)
        return real_outcome_read(reading, node, outcome);
    status = scale_outcome_read(reading, node, outcome);
    return status == STATUS_OK ? role_read(reading, node, outcome) : status;
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
