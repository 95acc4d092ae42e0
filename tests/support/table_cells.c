/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/table_cells.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/measure.h"
#include "support/digits.h"

static double least = 17;

static bool keys_match(const struct table *table, const struct row *row, const char *const *keys)
{
    for (uint32_t c = 0; c < table->column_count && *keys; c++) {
        if (table->measure->columns[c].kind != COLUMN_KEY)
            continue;
        const struct value *value = &row->values[c];
        if (strcmp(value->kind == VALUE_TEXT ? value->text : "", *keys++) != 0)
            return false;
    }
    return *keys == NULL;
}

const struct row *row_find(const struct table *table, const char *segment, const char *const *keys)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        bool here = !segment || (table->by_count == 1 && row->by[0] && strcmp(row->by[0], segment) == 0);
        if (here && keys_match(table, row, keys))
            return row;
    }
    fail_msg("%s has no row %s %s", table->measure->name, segment ? segment : "", keys[0] ? keys[0] : "");
    return NULL;
}

static const char *value_words(const struct value *value)
{
    static char text[128];
    int length = 0;
    if (value->kind == VALUE_BLANK)
        length = snprintf(text, sizeof text, "blank: %s", reason_name(value->reason));
    else if (value->kind == VALUE_NUMBER)
        length = snprintf(text, sizeof text, "%.17g", value->number);
    else if (value->kind == VALUE_COUNT)
        length = snprintf(text, sizeof text, "%lld", (long long)value->count);
    else
        length = snprintf(text, sizeof text, "\"%s\"", value->text);
    assert_true(length > 0);
    return text;
}

/* Fails the test with the name of the cell, what it holds and what was expected. */
static void cell_fails(const struct table *table, const struct row *row, const char *column, const char *expected)
{
    const char *key =
        table->measure->columns[0].kind == COLUMN_KEY && row->values[0].kind == VALUE_TEXT ? row->values[0].text : "";
    fail_msg("%s, row %s, %s: %s, expected %s", table->measure->name, key, column, value_words(table_value(table, row, column)),
             expected);
}

double cell_number(const struct table *table, const struct row *row, const char *column)
{
    const struct value *value = table_value(table, row, column);
    if (value->kind == VALUE_COUNT)
        return (double)value->count;
    if (value->kind != VALUE_NUMBER)
        cell_fails(table, row, column, "a number");
    return value->number;
}

void assert_cell_digits(const struct table *table, const struct row *row, const char *column, double expected, double digits)
{
    double agree = digits_agreeing(cell_number(table, row, column), expected);
    char text[64];
    assert_true(snprintf(text, sizeof text, "%.17g to %g digits", expected, digits) > 0);
    if (agree < digits)
        cell_fails(table, row, column, text);
    least = agree < least ? agree : least;
}

void assert_cell_count(const struct table *table, const struct row *row, const char *column, uint64_t expected)
{
    const struct value *value = table_value(table, row, column);
    char text[64];
    assert_true(snprintf(text, sizeof text, "%llu", (unsigned long long)expected) > 0);
    if (value->kind != VALUE_COUNT || (uint64_t)value->count != expected)
        cell_fails(table, row, column, text);
}

void assert_cell_text(const struct table *table, const struct row *row, const char *column, const char *expected)
{
    const struct value *value = table_value(table, row, column);
    if (value->kind != VALUE_TEXT || strcmp(value->text, expected) != 0)
        cell_fails(table, row, column, expected);
}

void assert_cell_blank(const struct table *table, const struct row *row, const char *column, const char *reason)
{
    const struct value *value = table_value(table, row, column);
    if (value->kind != VALUE_BLANK || strcmp(reason_name(value->reason), reason) != 0)
        cell_fails(table, row, column, reason);
}

void assert_cell_json(const struct table *table, const struct row *row, const char *column, const json_t *expected, double digits)
{
    assert_non_null(expected);
    if (json_is_string(expected)) {
        assert_cell_text(table, row, column, json_string_value(expected));
    } else if (json_is_null(expected)) {
        if (table_value(table, row, column)->kind != VALUE_BLANK)
            cell_fails(table, row, column, "nothing");
    } else {
        assert_cell_digits(table, row, column, json_number_value(expected), digits);
    }
}

bool table_has_note(const struct table *table, const char *text)
{
    for (uint32_t i = 0; i < table->note_count; i++) {
        if (strstr(table->notes[i].english, text))
            return true;
    }
    return false;
}

double digits_least(void)
{
    double seen = least;
    least = 17;
    return seen;
}
