/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/embedded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* "NULL when there is none" */
static void missing_is_null(void **state)
{
    (void)state;
    assert_null(embedded_find("instruments/no-such.json"));
}

/* Where the build finds what it embeds, by the first part of the name. */
static FILE *original_open(const char *name)
{
    static const char *const folders[] = {"data", "src/render", "src/serve", "src/store"};
    FILE *original = NULL;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && original == NULL; i++) {
        char path[1024];
        int length = snprintf(path, sizeof path, "%s/%s/%s", GAPMETER_SOURCE_DIR, folders[i], name);
        assert_in_range(length, 1, sizeof path - 1);
        original = fopen(path, "rb");
    }
    return original;
}

/* "the bytes of the file, and one NUL after them that length does not count" */
static void bytes_are_those_of_the_file(void **state)
{
    (void)state;
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        FILE *original = original_open(file->name);
        assert_non_null(original);
        char *bytes = malloc(file->length + 1);
        assert_non_null(bytes);
        assert_int_equal(fread(bytes, 1, file->length + 1, original), file->length);
        assert_memory_equal(bytes, file->at, file->length);
        assert_int_equal(file->at[file->length], 0);
        assert_ptr_equal(embedded_find(file->name), file);
        free(bytes);
        assert_int_equal(fclose(original), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_is_null),
        cmocka_unit_test(bytes_are_those_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
