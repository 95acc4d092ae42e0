/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/answer_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void cell_print(FILE *out, const json_t *value, bool *first)
{
    if (!*first)
        (void)fputc(',', out);
    *first = false;
    if (json_is_string(value))
        (void)fputs(json_string_value(value), out);
    else if (json_is_number(value))
        (void)fprintf(out, "%.17g", json_number_value(value));
    else
        assert_true(json_is_null(value));
}

/* "e%zu" becomes e1, e2, …; a header without it stays as it is. */
static void header_print(FILE *out, const char *pattern, size_t position, bool *first)
{
    if (!*first)
        (void)fputc(',', out);
    *first = false;
    const char *mark = strstr(pattern, "%zu");
    if (mark == NULL)
        (void)fputs(pattern, out);
    else
        (void)fprintf(out, "%.*s%zu", (int)(mark - pattern), pattern, position);
}

static void headers_print(FILE *out, const struct answer_columns *columns)
{
    bool first = true;
    for (; columns->header != NULL; columns++) {
        if (columns->values == NULL)
            continue;
        const json_t *person = json_array_get(columns->values, 0);
        size_t width = json_is_array(person) ? json_array_size(person) : 1;
        for (size_t i = 0; i < width; i++)
            header_print(out, columns->header, i + 1, &first);
    }
    (void)fputc('\n', out);
}

static void person_print(FILE *out, const struct answer_columns *columns, size_t person)
{
    bool first = true;
    for (; columns->header != NULL; columns++) {
        if (columns->values == NULL)
            continue;
        const json_t *value = json_array_get(columns->values, person);
        if (!json_is_array(value)) {
            cell_print(out, value, &first);
            continue;
        }
        for (size_t i = 0; i < json_array_size(value); i++)
            cell_print(out, json_array_get(value, i), &first);
    }
    (void)fputc('\n', out);
}

const char *answer_file_write(struct scratch *scratch, const char *name, const struct answer_columns *columns)
{
    size_t people = 0;
    for (const struct answer_columns *at = columns; at->header != NULL; at++) {
        if (at->values == NULL)
            continue;
        assert_true(json_is_array(at->values));
        assert_true(people == 0 || people == json_array_size(at->values));
        people = json_array_size(at->values);
    }
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    headers_print(out, columns);
    for (size_t i = 0; i < people; i++)
        person_print(out, columns, i);
    assert_int_equal(fclose(out), 0);
    const char *path = scratch_write_bytes(scratch, name, text, length);
    free(text);
    return path;
}
