/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/json_checking.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text_fault.h"

enum { NAMES_ROOM = 512, MEMBERS_MAX = 32 };

static unsigned kind_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return KIND_TEXT;
    case JSON_INTEGER:
        return KIND_WHOLE | KIND_NUMBER;
    case JSON_REAL:
        return KIND_NUMBER;
    case JSON_TRUE:
    case JSON_FALSE:
        return KIND_TRUTH;
    case JSON_OBJECT:
        return KIND_OBJECT;
    case JSON_ARRAY:
        return KIND_LIST;
    case JSON_NULL:
        break;
    }
    return KIND_NULL;
}

/* "text, a list or null" */
static void kinds_format(unsigned kinds, char *into, size_t size)
{
    static const char *const words[] = {"text", "a whole number", "a number", "true or false", "an object", "a list", "null"};
    size_t length = 0;
    into[0] = '\0';
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        unsigned later = kinds & ~((2u << i) - 1);
        if ((kinds & 1u << i) == 0 || length >= size)
            continue;
        const char *before = length == 0 ? "" : later == 0 ? " or " : ", ";
        length += (size_t)snprintf(into + length, size - length, "%s%s", before, words[i]);
    }
}

enum status json_check_kind(struct ctx *ctx, const struct json_node *node, unsigned kinds)
{
    if ((kind_of(node->value) & kinds) != 0)
        return STATUS_OK;
    char value[64], accepted[96];
    json_value_format(node, value, sizeof value);
    kinds_format(kinds, accepted, sizeof accepted);
    return json_fail(ctx, node, "%s stands where %s belongs.", value, accepted);
}

static const struct json_member *find_member(struct json_members members, const char *name)
{
    for (size_t i = 0; i < members.count; i++) {
        if (strcmp(members.at[i].name, name) == 0)
            return members.at + i;
    }
    return NULL;
}

static enum status fail_unknown_member(struct ctx *ctx, const struct json_node *node, struct json_members members)
{
    const char *names[MEMBERS_MAX];
    struct name_list list = {names, 0};
    while (list.count < members.count && list.count < MEMBERS_MAX) {
        names[list.count] = members.at[list.count].name;
        list.count++;
    }
    return json_fail_unknown(ctx, node, node->key, "a member that is known here", list);
}

enum status json_check_object(struct ctx *ctx, const struct json_node *node, struct json_members members)
{
    enum status status = json_check_kind(ctx, node, KIND_OBJECT);
    const char *key = NULL;
    json_t *value = NULL;
    if (status != STATUS_OK)
        return status;
    json_object_foreach (node->value, key, value) {
        struct json_node child = {.value = value, .file = node->file, .parent = node, .key = key};
        const struct json_member *member = find_member(members, key);
        if (strcmp(key, "note") == 0)
            continue;
        status = member == NULL ? fail_unknown_member(ctx, &child, members) : json_check_kind(ctx, &child, member->kinds);
        if (status != STATUS_OK)
            return status;
    }
    for (size_t i = 0; i < members.count; i++) {
        if (!members.at[i].required || json_object_get(node->value, members.at[i].name) != NULL)
            continue;
        char accepted[96];
        kinds_format(members.at[i].kinds, accepted, sizeof accepted);
        return json_fail(ctx, node, "\"%s\" is missing; it is %s.", members.at[i].name, accepted);
    }
    return STATUS_OK;
}

static enum status copy_text(struct ctx *ctx, const struct json_node *node, struct span text, bool one_line, const char **out)
{
    size_t limit = one_line ? NAME_BYTES_MAX : TITLE_BYTES_MAX, at = 0;
    text = span_trim(text);
    switch (text_fault_find(text, limit, one_line, &at)) {
    case TEXT_EMPTY:
        return json_fail(ctx, node, "An empty text stands where words belong.");
    case TEXT_TOO_LONG:
        return json_fail(ctx, node, "A text of %zu bytes stands here; at most %zu are accepted.", text.length, limit);
    case TEXT_CONTROL:
        return json_fail(ctx, node, "A control character stands in the text (byte %zu, code %d); only %s accepted.", at + 1,
                         text.at[at], one_line ? "letters, digits and signs are" : "letters, signs, line breaks and tabs are");
    case TEXT_SOUND:
    default:
        break;
    }
    char *copy = arena_copy(ctx->arena, text);
    if (copy == NULL)
        return ctx_no_memory(ctx);
    *out = copy;
    return STATUS_OK;
}

static struct span text_of(const struct json_node *node)
{
    return (struct span){json_string_value(node->value), json_string_length(node->value)};
}

enum status json_read_text(struct ctx *ctx, const struct json_node *node, const char **out)
{
    enum status status = json_check_kind(ctx, node, KIND_TEXT);
    return status != STATUS_OK ? status : copy_text(ctx, node, text_of(node), false, out);
}

enum status json_read_text_member(struct ctx *ctx, const struct json_node *object, const char *key, const char *otherwise,
                                  const char **out)
{
    struct json_node node;
    *out = otherwise;
    return json_member_at(object, key, &node) ? json_read_text(ctx, &node, out) : STATUS_OK;
}

enum status json_read_name(struct ctx *ctx, const struct json_node *node, const char **out)
{
    enum status status = json_check_kind(ctx, node, KIND_TEXT);
    return status != STATUS_OK ? status : copy_text(ctx, node, text_of(node), true, out);
}

enum status json_read_key(struct ctx *ctx, const struct json_node *node, const char **out)
{
    return copy_text(ctx, node, span_of(node->key), true, out);
}

enum status json_read_word(struct ctx *ctx, const struct json_node *node, const char *what, struct name_list words, uint32_t *out)
{
    enum status status = json_check_kind(ctx, node, KIND_TEXT);
    if (status != STATUS_OK)
        return status;
    const char *word = json_string_value(node->value);
    *out = name_list_find(words, word);
    return *out != UINT32_MAX ? STATUS_OK : json_fail_unknown(ctx, node, word, what, words);
}

bool json_truth_member(const struct json_node *object, const char *key, bool otherwise)
{
    const json_t *value = json_object_get(object->value, key);
    return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

enum status json_read_decimal(struct ctx *ctx, const struct json_node *node, struct decimal *out)
{
    enum status status = json_check_kind(ctx, node, KIND_NUMBER);
    if (status != STATUS_OK)
        return status;
    char text[48];
    if (json_is_integer(node->value))
        (void)snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(node->value));
    else
        number_format_shortest(json_real_value(node->value), text, sizeof text);
    /* 0.00001 comes back as 1e-05; as a fraction it may be exact all the same. */
    char fraction[48];
    double real = json_number_value(node->value);
    if (strchr(text, 'e') != NULL && real < 1 && real > -1) {
        number_format_fixed(real, 12, fraction, sizeof fraction);
        if (decimal_parse(span_of(fraction), '.', out) && decimal_to_double(*out) == real)
            (void)snprintf(text, sizeof text, "%s", fraction);
    }
    const int64_t limit = 1000000000000000; /* 10^15: more digits do not survive a double */
    if (!decimal_parse(span_of(text), '.', out) || out->units >= limit || out->units <= -limit)
        return json_fail(ctx, node, "%s is not a number of at most 15 digits without an exponent.", text);
    return STATUS_OK;
}

enum status json_check_count(struct ctx *ctx, const struct json_node *node, size_t limit, const char *what)
{
    size_t count = json_is_array(node->value) ? json_array_size(node->value) : json_object_size(node->value);
    if (count <= limit)
        return STATUS_OK;
    return json_fail(ctx, node, "%zu %s stand here; there is room for %zu.", count, what, limit);
}

enum status json_fail_unknown(struct ctx *ctx, const struct json_node *node, const char *wrong, const char *what,
                              struct name_list names)
{
    char list[NAMES_ROOM], shown[100];
    text_printable(span_of(wrong), shown, sizeof shown);
    name_list_format(names, wrong, list, sizeof list);
    return json_fail(ctx, node, "\"%s\" is not %s; there are: %s", shown, what, list);
}
