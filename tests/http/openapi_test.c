/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "OpenAPI 3.1 generated from the route table." (issue 4, 4) Every route is there, every $ref leads somewhere, every example is of
 * the type that its schema says, and no operation is left without a door. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/operation.h"
#include "serve/api_description.h"
#include "serve/route.h"
#include "support/job_fixture.h"

struct description {
    struct job job;
    json_t *root;
    unsigned references, examples;
};

static int description_set_up(void **state)
{
    static struct description description;
    job_begin(&description.job);
    assert_ok(&description.job, api_description_make(&description.job.ctx, "https://ask.example.org", &description.root));
    *state = &description;
    return 0;
}

static int description_tear_down(void **state)
{
    struct description *description = *state;
    json_decref(description->root);
    job_end(&description->job);
    return 0;
}

/* "#/components/schemas/Problem" */
static const json_t *reference_follow(const json_t *root, const char *reference)
{
    char name[80];
    assert_true(strncmp(reference, "#/", 2) == 0);
    const json_t *at = root;
    for (const char *from = reference + 2; at && *from; from += strspn(from, "/")) {
        size_t length = strcspn(from, "/");
        assert_true(length < sizeof name);
        memcpy(name, from, length);
        name[length] = '\0';
        at = json_object_get(at, name);
        from += length;
    }
    return at;
}

static bool type_fits(const char *type, const json_t *value)
{
    return (strcmp(type, "string") == 0 && json_is_string(value)) || (strcmp(type, "integer") == 0 && json_is_integer(value)) ||
           (strcmp(type, "boolean") == 0 && json_is_boolean(value)) || (strcmp(type, "object") == 0 && json_is_object(value)) ||
           (strcmp(type, "array") == 0 && json_is_array(value)) || (strcmp(type, "number") == 0 && json_is_number(value)) ||
           (strcmp(type, "null") == 0 && json_is_null(value));
}

static void examples_check(struct description *description, const json_t *schema)
{
    const json_t *type = json_object_get(schema, "type"), *examples = json_object_get(schema, "examples");
    for (size_t i = 0; i < json_array_size(examples); i++) {
        const json_t *example = json_array_get(examples, i);
        bool fits = json_is_string(type) && type_fits(json_string_value(type), example);
        for (size_t t = 0; t < json_array_size(type); t++)
            fits = fits || type_fits(json_string_value(json_array_get(type, t)), example);
        assert_true(fits);
        description->examples++;
    }
}

/* Walks the whole value; the stack holds what is still to be seen. */
static void walk(struct description *description)
{
    static const json_t *stack[20000];
    size_t depth = 0;
    stack[depth++] = description->root;
    while (depth > 0) {
        json_t *at = (json_t *)(uintptr_t)stack[--depth], *value = NULL;
        const char *key = NULL;
        size_t index = 0;
        const char *reference = json_string_value(json_object_get(at, "$ref"));
        if (reference) {
            assert_non_null(reference_follow(description->root, reference));
            description->references++;
        }
        if (json_is_object(at))
            examples_check(description, at);
        assert_true(depth + json_object_size(at) + json_array_size(at) < sizeof stack / sizeof *stack);
        json_object_foreach (at, key, value)
            stack[depth++] = value;
        json_array_foreach (at, index, value)
            stack[depth++] = value;
    }
}

static void holds_together(void **state)
{
    struct description *description = *state;
    walk(description);
    print_message("%u references, %u examples\n", description->references, description->examples);
    assert_true(description->references > 50);
    assert_true(description->examples > 50);
    assert_string_equal(json_string_value(json_object_get(description->root, "openapi")), "3.1.0");
    const json_t *key = reference_follow(description->root, "#/components/securitySchemes/key");
    assert_string_equal(json_string_value(json_object_get(key, "scheme")), "bearer");
}

static const char *method_member(enum method method)
{
    static const char *const members[] = {"get", "post", "put", "delete"};
    return members[method];
}

/* Each {…} of a path is a parameter that is required, and nothing else is in a path. */
static void parameters_check(const struct route *route, const json_t *operation)
{
    const json_t *list = json_object_get(operation, "parameters");
    size_t braces = 0, in_path = 0;
    for (const char *at = strchr(route->path, '{'); at; at = strchr(at + 1, '{'))
        braces++;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *parameter = json_array_get(list, i);
        bool path = strcmp(json_string_value(json_object_get(parameter, "in")), "path") == 0;
        in_path += path;
        assert_true(!path || json_is_true(json_object_get(parameter, "required")));
        assert_non_null(json_object_get(parameter, "schema"));
    }
    assert_int_equal(braces, in_path);
    size_t words = 0;
    while (route->query && route->query[words].name)
        words++;
    assert_true(json_array_size(list) - in_path >= words);
}

static void every_route_is_there(void **state)
{
    struct description *description = *state;
    const json_t *paths = json_object_get(description->root, "paths");
    size_t routes = 0, described = 0;
    const char *path = NULL;
    json_t *value = NULL;
    for (size_t i = 0; i < route_register_count; i++) {
        const struct route *route = route_register[i];
        const json_t *operation = json_object_get(json_object_get(paths, route->path), method_member(route->method));
        bool keyed = route->who == WHO_KEY || route->who == WHO_KEY_WRITE;
        if (strncmp(route->path, "/api/", 5) != 0 && !keyed) {
            assert_null(operation);
            continue;
        }
        routes++;
        assert_non_null(operation);
        assert_string_equal(json_string_value(json_object_get(operation, "operationId")), route->name);
        assert_int_equal(json_array_size(json_object_get(operation, "security")), route->who == WHO_ANYONE ? 0 : 1);
        assert_int_equal(json_object_get(operation, "requestBody") != NULL, route->body_bytes_max > 0);
        parameters_check(route, operation);
    }
    json_object_foreach ((json_t *)(uintptr_t)paths, path, value)
        described += json_object_size(value);
    assert_int_equal(described, routes);
}

/* A key can do what an operator can, but for what is the operator's alone. */
static void every_operation_has_a_door(void **state)
{
    (void)state;
    for (size_t i = 0; i < operation_register_count; i++) {
        const struct operation *operation = operation_register[i];
        bool found = operation->operator_only;
        for (size_t r = 0; r < route_register_count && !found; r++)
            found = route_register[r]->operation && strcmp(route_register[r]->operation, operation->name) == 0;
        if (!found)
            print_error("%s has no route\n", operation->name);
        assert_true(found);
    }
    for (size_t r = 0; r < route_register_count; r++) {
        const struct route *route = route_register[r];
        const struct operation *operation = route->operation ? operation_find(span_of(route->operation)) : NULL;
        assert_true(!route->operation || operation);
        /* What writes runs where writing is done, by who may. */
        assert_true(!operation || operation->writes == (route->run == RUN_WRITING));
        assert_true(!operation || operation->writes == (route->who == WHO_KEY_WRITE));
        assert_true(!operation || !operation->operator_only);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_together),
        cmocka_unit_test(every_route_is_there),
        cmocka_unit_test(every_operation_has_a_door),
    };
    return cmocka_run_group_tests(tests, description_set_up, description_tear_down);
}
