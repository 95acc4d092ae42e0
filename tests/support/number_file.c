/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/number_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"

enum { PATH_ROOM = 4096, LINE_ROOM = 65536, FIELDS_ROOM = 64 };

/* The end of a field: the comma after it, or NULL. A comma between quotes is text. */
static char *field_end(char *at)
{
    bool quoted = false;
    for (; *at; at++) {
        if (*at == '"')
            quoted = !quoted;
        else if (*at == ',' && !quoted)
            return at;
    }
    return NULL;
}

/* Reads a record; a line end between quotes is text.
 * gives   false at the end of the file */
static bool record_read(FILE *file, char *line, size_t size)
{
    size_t length = 0;
    for (bool quoted = false; length + 1 < size;) {
        if (!fgets(line + length, (int)(size - length), file))
            return length > 0;
        for (; line[length]; length++)
            quoted ^= line[length] == '"';
        if (!quoted)
            return true;
    }
    fail_msg("a record of more than %zu bytes", size);
    return false;
}

/* Cuts a line at its commas and takes quotes off. */
static size_t line_cut(char *line, char **fields)
{
    size_t count = 0;
    for (size_t end = strlen(line); end && strchr("\r\n", line[end - 1]); end--)
        line[end - 1] = '\0';
    for (char *at = line; at; count++) {
        assert_true(count < FIELDS_ROOM);
        char *end = field_end(at);
        if (end)
            *end = '\0';
        if (*at == '"') {
            at++;
            at[strcspn(at, "\"")] = '\0';
        }
        fields[count] = at;
        at = end ? end + 1 : NULL;
    }
    return count;
}

/* The position of a header. */
static size_t field_find(char *const *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i], name) == 0)
            return i;
    }
    fail_msg("no column %s", name);
    return 0;
}

/* Reads the wanted fields of a line; false when one is no number. */
static bool line_numbers(char *const *fields, size_t count, const size_t *wanted, size_t columns, double *numbers)
{
    for (size_t j = 0; j < columns; j++) {
        char *end = NULL;
        if (wanted[j] >= count || !*fields[wanted[j]])
            return false;
        numbers[j] = strtod(fields[wanted[j]], &end);
        if (*end)
            return false;
    }
    return true;
}

size_t number_file_read(const char *name, const char *const *columns, size_t rows_max, double *into)
{
    char path[PATH_ROOM];
    static char line[LINE_ROOM];
    char *fields[FIELDS_ROOM];
    size_t wanted[FIELDS_ROOM], count = 0, rows = 0;
    double numbers[FIELDS_ROOM];
    FILE *file = fopen(real_answers_path(name, path, sizeof path), "r");
    assert_non_null(file);
    assert_true(record_read(file, line, sizeof line));
    size_t field_count = line_cut(line, fields);
    for (; columns[count]; count++)
        wanted[count] = field_find(fields, field_count, columns[count]);
    while (record_read(file, line, sizeof line)) {
        field_count = line_cut(line, fields);
        if (!line_numbers(fields, field_count, wanted, count, numbers))
            continue;
        assert_true(rows < rows_max);
        for (size_t j = 0; j < count; j++)
            into[j * rows_max + rows] = numbers[j];
        rows++;
    }
    fclose(file);
    return rows;
}
