/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/json_schema.h"

#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"

/* A schema, and the file whose "#" it means. */
struct schema {
    const struct schemas *all;
    json_t *root;
    json_t *at;
};

static bool accepts(struct schema schema, json_t *value);

void schemas_add(struct schemas *schemas, const char *path)
{
    assert_in_range(schemas->count, 0, SCHEMAS_MAX - 1);
    schemas->root[schemas->count++] = oracle_read_path(path);
}

void schemas_end(struct schemas *schemas)
{
    while (schemas->count > 0)
        json_decref(schemas->root[--schemas->count]);
}

static json_t *find_root(const struct schemas *schemas, const char *id, size_t length)
{
    for (int i = 0; i < schemas->count; i++) {
        const char *own = json_string_value(json_object_get(schemas->root[i], "$id"));
        if (own != NULL && strlen(own) == length && strncmp(own, id, length) == 0)
            return schemas->root[i];
    }
    fail_msg("no schema \"%.*s\"", (int)length, id);
    return NULL;
}

static struct schema inner(struct schema schema, json_t *at)
{
    return (struct schema){schema.all, schema.root, at};
}

/* "study.schema.json#/$defs/text" or "#/$defs/text" */
static struct schema resolve(struct schema schema, const char *reference)
{
    const char *hash = strchr(reference, '#');
    assert_non_null(hash);
    if (hash > reference)
        schema.root = find_root(schema.all, reference, (size_t)(hash - reference));
    schema.at = schema.root;
    for (const char *part = hash + 1; *part == '/';) {
        size_t length = strcspn(part + 1, "/");
        schema.at = json_object_getn(schema.at, part + 1, length);
        if (schema.at == NULL)
            fail_msg("\"%s\" leads nowhere", reference);
        part += length + 1;
    }
    return schema;
}

static bool is_of_type(json_t *value, const char *type)
{
    static const struct {
        const char *name;
        json_type type;
    } types[] = {{"object", JSON_OBJECT}, {"array", JSON_ARRAY}, {"string", JSON_STRING}, {"null", JSON_NULL}};
    if (strcmp(type, "boolean") == 0)
        return json_is_boolean(value);
    if (strcmp(type, "number") == 0)
        return json_is_number(value);
    if (strcmp(type, "integer") == 0)
        return json_is_integer(value);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(type, types[i].name) == 0)
            return json_typeof(value) == types[i].type;
    }
    fail_msg("type \"%s\" is not known", type);
    return false;
}

static bool check_type(struct schema schema, json_t *value)
{
    if (json_is_string(schema.at))
        return is_of_type(value, json_string_value(schema.at));
    for (size_t i = 0; i < json_array_size(schema.at); i++) {
        if (is_of_type(value, json_string_value(json_array_get(schema.at, i))))
            return true;
    }
    return false;
}

static bool check_const(struct schema schema, json_t *value)
{
    return json_equal(schema.at, value) != 0;
}

static bool check_enum(struct schema schema, json_t *value)
{
    for (size_t i = 0; i < json_array_size(schema.at); i++) {
        if (json_equal(json_array_get(schema.at, i), value))
            return true;
    }
    return false;
}

static size_t letters(json_t *text)
{
    size_t count = 0;
    for (const char *at = json_string_value(text); *at != '\0'; at++)
        count += ((unsigned char)*at & 0xc0) != 0x80;
    return count;
}

static bool check_size(const char *keyword, double limit, json_t *value)
{
    double size = 0;
    if (strstr(keyword, "Length") != NULL && json_is_string(value))
        size = (double)letters(value);
    else if (strstr(keyword, "Items") != NULL && json_is_array(value))
        size = (double)json_array_size(value);
    else if (strstr(keyword, "Properties") != NULL && json_is_object(value))
        size = (double)json_object_size(value);
    else if (strstr(keyword, "imum") != NULL && json_is_number(value))
        size = json_number_value(value);
    else
        return true;
    if (strcmp(keyword, "exclusiveMinimum") == 0)
        return size > limit;
    return strncmp(keyword, "max", 3) == 0 ? size <= limit : size >= limit;
}

static bool check_required(struct schema schema, json_t *value)
{
    for (size_t i = 0; json_is_object(value) && i < json_array_size(schema.at); i++) {
        if (json_object_get(value, json_string_value(json_array_get(schema.at, i))) == NULL)
            return false;
    }
    return true;
}

static bool check_properties(struct schema schema, json_t *value)
{
    const char *key = NULL;
    json_t *property = NULL;
    json_object_foreach (schema.at, key, property) {
        json_t *member = json_object_get(value, key);
        if (member != NULL && !accepts(inner(schema, property), member))
            return false;
    }
    return true;
}

/* takes   named  the "properties" beside it */
static bool check_other_properties(struct schema schema, json_t *named, json_t *value)
{
    const char *key = NULL;
    json_t *member = NULL;
    json_object_foreach (value, key, member) {
        if (json_object_get(named, key) == NULL && !accepts(schema, member))
            return false;
    }
    return true;
}

static bool check_names(struct schema schema, json_t *value)
{
    const char *key = NULL;
    json_t *member = NULL;
    json_object_foreach (value, key, member) {
        json_t *name = json_string(key);
        bool accepted = accepts(schema, name);
        json_decref(name);
        if (!accepted)
            return false;
    }
    return true;
}

static bool check_items(struct schema schema, json_t *value)
{
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!accepts(schema, json_array_get(value, i)))
            return false;
    }
    return true;
}

static bool check_unique(json_t *value)
{
    for (size_t i = 0; i < json_array_size(value); i++) {
        for (size_t j = 0; j < i; j++) {
            if (json_equal(json_array_get(value, i), json_array_get(value, j)))
                return false;
        }
    }
    return true;
}

static bool check_several(struct schema schema, json_t *value, bool all)
{
    for (size_t i = 0; i < json_array_size(schema.at); i++) {
        if (accepts(inner(schema, json_array_get(schema.at, i)), value) != all)
            return !all;
    }
    return all;
}

static bool check_condition(struct schema schema, json_t *value)
{
    bool holds = accepts(inner(schema, json_object_get(schema.at, "if")), value);
    json_t *then = json_object_get(schema.at, holds ? "then" : "else");
    return then == NULL || accepts(inner(schema, then), value);
}

static bool check_pattern(const char *pattern, json_t *value)
{
    regex_t expression;
    if (!json_is_string(value))
        return true;
    assert_int_equal(regcomp(&expression, pattern, REG_EXTENDED | REG_NOSUB), 0);
    bool fits = regexec(&expression, json_string_value(value), 0, NULL, 0) == 0;
    regfree(&expression);
    return fits;
}

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words != NULL && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

/* takes   schema  of the whole object; keyword one of its members */
static bool check_keyword(struct schema schema, const char *keyword, json_t *value)
{
    static const char *const silent[] = {"$schema", "$id", "title", "description", "default", "$defs", "then", "else", NULL};
    static const char *const sizes[] = {"minLength",     "maxLength", "minItems", "maxItems",         "maxProperties",
                                        "minProperties", "minimum",   "maximum",  "exclusiveMinimum", NULL};
    struct schema own = inner(schema, json_object_get(schema.at, keyword));
    if (is_one_of(keyword, silent))
        return true;
    if (is_one_of(keyword, sizes))
        return check_size(keyword, json_number_value(own.at), value);
    if (strcmp(keyword, "$ref") == 0)
        return accepts(resolve(schema, json_string_value(own.at)), value);
    if (strcmp(keyword, "type") == 0)
        return check_type(own, value);
    if (strcmp(keyword, "const") == 0)
        return check_const(own, value);
    if (strcmp(keyword, "enum") == 0)
        return check_enum(own, value);
    if (strcmp(keyword, "required") == 0)
        return check_required(own, value);
    if (strcmp(keyword, "properties") == 0)
        return check_properties(own, value);
    if (strcmp(keyword, "additionalProperties") == 0)
        return check_other_properties(own, json_object_get(schema.at, "properties"), value);
    if (strcmp(keyword, "propertyNames") == 0)
        return check_names(own, value);
    if (strcmp(keyword, "items") == 0)
        return check_items(own, value);
    if (strcmp(keyword, "pattern") == 0)
        return check_pattern(json_string_value(own.at), value);
    if (strcmp(keyword, "uniqueItems") == 0)
        return !json_is_true(own.at) || check_unique(value);
    if (strcmp(keyword, "allOf") == 0 || strcmp(keyword, "anyOf") == 0)
        return check_several(own, value, keyword[1] == 'l');
    if (strcmp(keyword, "not") == 0)
        return !accepts(own, value);
    if (strcmp(keyword, "if") == 0)
        return check_condition(schema, value);
    fail_msg("keyword \"%s\" is not known to this check", keyword);
    return false;
}

static bool accepts(struct schema schema, json_t *value)
{
    const char *keyword = NULL;
    json_t *unused = NULL;
    if (json_is_boolean(schema.at))
        return json_is_true(schema.at);
    json_object_foreach (schema.at, keyword, unused) {
        if (!check_keyword(schema, keyword, value))
            return false;
    }
    return true;
}

bool schemas_accept(const struct schemas *schemas, const char *id, json_t *value)
{
    json_t *root = find_root(schemas, id, strlen(id));
    return accepts((struct schema){schemas, root, root}, value);
}
