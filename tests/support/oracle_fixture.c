/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/oracle_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { PATH_ROOM = 4096, KEY_ROOM = 256 };

json_t *oracle_read_path(const char *path)
{
    json_error_t error;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        fail_msg("%s:%d:%d: %s", path, error.line, error.column, error.text);
    return root;
}

json_t *oracle_read(const char *name)
{
    char path[PATH_ROOM];
    int length = snprintf(path, sizeof path, "%s/tests/oracle/%s.json", GAPMETER_SOURCE_DIR, name);
    assert_in_range(length, 1, sizeof path - 1);
    return oracle_read_path(path);
}

json_t *oracle_at(json_t *root, const char *path)
{
    json_t *value = root;
    for (const char *at = path; *at != '\0' && value != NULL;) {
        char key[KEY_ROOM];
        size_t length = strcspn(at, ".");
        assert_in_range(length, 1, sizeof key - 1);
        memcpy(key, at, length);
        key[length] = '\0';
        value = json_is_array(value) ? json_array_get(value, strtoul(key, NULL, 10)) : json_object_get(value, key);
        at += length + (at[length] == '.');
    }
    if (value == NULL)
        fail_msg("there is nothing at %s", path);
    return value;
}

double oracle_number(json_t *root, const char *path)
{
    json_t *value = oracle_at(root, path);
    if (!json_is_number(value))
        fail_msg("what stands at %s is not a number", path);
    return json_number_value(value);
}

const char *real_answers_path(const char *name, char *path, size_t size)
{
    const char *named = getenv("GAPMETER_REAL_DATA");
    const char *folder = named != NULL ? named : GAPMETER_SOURCE_DIR "/../shared/data";
    struct stat state;
    if (stat(folder, &state) != 0) {
        print_message("skipped: no real answers at %s; GAPMETER_REAL_DATA names the folder that holds %s\n", folder, name);
        skip();
    }
    int length = snprintf(path, size, "%s/%s", folder, name);
    assert_true(length > 0 && (size_t)length < size);
    if (stat(path, &state) != 0)
        fail_msg("%s is missing, although its folder is there", path);
    return path;
}
