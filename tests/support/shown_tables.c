/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/shown_tables.h"

#include <ctype.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/reason.h"
#include "model/words.h"

enum { CELL_ROOM = 1024, WORD_ROOM = 256 };

/* One table being read: where the reading stands, and what it must say there. */
struct reading {
    json_t *columns, *by;
    json_t *row;
    const char *where;
    const char *at; /* what is left of the line or cell */
};

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static void reading_fail(const struct reading *reading, const char *column, const char *what)
{
    fail_msg("%s: %s should read %s, and here it says: %.80s", reading->where, column, what, reading->at);
}

/* Gaps between cells, and the bars that stand beside gaps. */
static void blanks_skip(struct reading *reading)
{
    static const char *const skipped[] = {" ", "█", "▌", "▐", "│"};
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++) {
        size_t length = strlen(skipped[i]);
        if (strncmp(reading->at, skipped[i], length) == 0) {
            reading->at += length;
            i = (size_t)-1;
        }
    }
}

static bool text_take(struct reading *reading, const char *text)
{
    size_t length = strlen(text);
    if (strncmp(reading->at, text, length) != 0)
        return false;
    reading->at += length;
    return true;
}

static void text_assert(struct reading *reading, const char *column, const char *text)
{
    blanks_skip(reading);
    if (!text_take(reading, text))
        reading_fail(reading, column, text);
}

static const char *words_of_reason(const char *name)
{
    for (enum reason reason = REASON_NONE; reason < REASON_COUNT; reason++) {
        if (strcmp(reason_name(reason), name) == 0)
            return reason_words(reason);
    }
    fail_msg("no reason is called %s", name);
    return "";
}

static bool cell_blank(const struct reading *reading, const json_t *column)
{
    return json_is_null(json_object_get(reading->row, text_of(column, "name")));
}

static void blank_assert(struct reading *reading, const json_t *column)
{
    const char *name = text_of(column, "name");
    text_assert(reading, name, words_of_reason(text_of(json_object_get(reading->row, "blank"), name)));
}

/* The number that stands here, in percent where it is a share; "<0.001" for a p that is smaller than its last digit. */
static void number_assert(struct reading *reading, const json_t *column)
{
    const char *name = text_of(column, "name");
    double wanted = json_number_value(json_object_get(reading->row, name));
    int digits = (int)json_integer_value(json_object_get(column, "digits"));
    bool share = strcmp(text_of(column, "unit"), "share") == 0, below = text_take(reading, "<");
    digits = share && digits > 1 ? digits - 2 : digits;
    bool negative = text_take(reading, "−");
    (void)text_take(reading, "+");
    char *end = NULL;
    if (!isdigit((unsigned char)*reading->at))
        reading_fail(reading, name, "a number");
    double shown = strtod(reading->at, &end) * (negative ? -1 : 1);
    if (negative && shown >= 0)
        reading_fail(reading, name, "a zero without a sign");
    wanted *= share ? 100 : 1;
    double unit = pow(10, -digits);
    if (below ? wanted >= shown : fabs(shown - wanted) > unit * 0.5000001 + fabs(wanted) * 1e-12)
        fail_msg("%s: %s is %.17g and shown as %.20s", reading->where, name, wanted, reading->at);
    reading->at = end;
}

static void word_assert(struct reading *reading, const json_t *column)
{
    char word[WORD_ROOM];
    const char *id = text_of(reading->row, text_of(column, "name"));
    (void)snprintf(word, sizeof word, "%s", id);
    for (char *at = word; *at && strcmp(text_of(column, "kind"), "word") == 0; at++)
        *at = *at == '_' ? ' ' : *at;
    text_assert(reading, text_of(column, "name"), word);
}

static void value_assert(struct reading *reading, const json_t *column)
{
    blanks_skip(reading);
    if (cell_blank(reading, column))
        blank_assert(reading, column);
    else if (json_is_string(json_object_get(reading->row, text_of(column, "name"))))
        word_assert(reading, column);
    else
        number_assert(reading, column);
}

static bool is_interval(const struct reading *reading, size_t c)
{
    const char *low = text_of(json_array_get(reading->columns, c), "name");
    const char *high = text_of(json_array_get(reading->columns, c + 1), "name");
    size_t length = strlen(low);
    return length > 2 && strcmp(low + length - 3, "low") == 0 && strlen(high) == length + 1 &&
           strncmp(low, high, length - 3) == 0 && strcmp(high + length - 3, "high") == 0;
}

/* "[−0.62, −0.26]", or why there is none. */
static void interval_assert(struct reading *reading, size_t c)
{
    json_t *low = json_array_get(reading->columns, c), *high = json_array_get(reading->columns, c + 1);
    if (cell_blank(reading, low) || cell_blank(reading, high)) {
        value_assert(reading, cell_blank(reading, low) ? low : high);
        return;
    }
    text_assert(reading, text_of(low, "name"), "[");
    number_assert(reading, low);
    text_assert(reading, text_of(low, "name"), ", ");
    number_assert(reading, high);
    text_assert(reading, text_of(high, "name"), "]");
}

/* A key that no row has is not shown. */
static bool column_shown(const json_t *table, const struct reading *reading, size_t c)
{
    const json_t *column = json_array_get(reading->columns, c), *row = NULL;
    size_t r = 0;
    if (c > 0 && is_interval(reading, c - 1))
        return false;
    if (strcmp(text_of(column, "kind"), "key") != 0)
        return true;
    json_array_foreach (json_object_get(table, "rows"), r, row) {
        if (json_is_string(json_object_get(row, text_of(column, "name"))))
            return true;
    }
    return false;
}

static const json_t *group_value(const struct reading *reading, size_t i)
{
    char name[WORD_ROOM];
    const char *segment = json_string_value(json_array_get(reading->by, i));
    (void)snprintf(name, sizeof name, "by.%s", segment);
    const json_t *value = json_object_get(reading->row, name);
    return value ? value : json_object_get(reading->row, segment);
}

static const char *group_text(const struct reading *reading, size_t i)
{
    const char *text = json_string_value(group_value(reading, i));
    return text ? text : "(no answer)";
}

static bool row_hidden(const struct reading *reading)
{
    return json_array_size(reading->by) && strcmp(text_of(json_object_get(reading->row, "blank"), "n"), "suppressed") == 0;
}

/* One line of a terminal: every cell in order and nothing else. */
static void line_assert(const json_t *table, struct reading *reading)
{
    for (size_t i = 0; i < json_array_size(reading->by); i++)
        text_assert(reading, "the group", group_text(reading, i));
    bool hidden = row_hidden(reading);
    for (size_t c = 0; c < json_array_size(reading->columns); c++) {
        const json_t *column = json_array_get(reading->columns, c);
        if (!column_shown(table, reading, c) || (hidden && strcmp(text_of(column, "kind"), "key") != 0))
            continue;
        if (is_interval(reading, c))
            interval_assert(reading, c);
        else
            value_assert(reading, column);
    }
    if (hidden)
        text_assert(reading, "a hidden group", words_of_reason("suppressed"));
    blanks_skip(reading);
    if (*reading->at != '\n')
        reading_fail(reading, "the end", "nothing more");
}

void terminal_table_assert(json_t *table, const char *text, const char *where)
{
    struct reading reading = {
        .columns = json_object_get(table, "columns"), .by = json_object_get(table, "by"), .where = where, .at = text};
    size_t r = 0;
    json_t *rows = json_object_get(table, "rows");
    if (!json_array_size(rows)) {
        if (!strstr(text, "no rows"))
            fail_msg("%s: an empty table does not say so", where);
        return;
    }
    reading.at = strstr(text, "─\n");
    if (!reading.at)
        fail_msg("%s: there is no table", where);
    reading.at += strlen("─\n");
    json_array_foreach (rows, r, reading.row) {
        line_assert(table, &reading);
        reading.at++;
    }
}

/* The text of the next cell of a page: without tags, and with the characters that its entities mean. */
static const char *cell_read(const char *at, char *into, size_t size)
{
    static const char *const entities[][2] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}, {"&#39;", "'"}};
    size_t used = 0;
    at += strcspn(at, ">") + 1;
    while (strncmp(at, "</t", 3) != 0) {
        if (*at == '<') {
            at += strcspn(at, ">") + 1;
            continue;
        }
        size_t i = 0;
        while (*at == '&' && i < sizeof entities / sizeof *entities && strncmp(at, entities[i][0], strlen(entities[i][0])) != 0)
            i++;
        bool entity = *at == '&' && i < sizeof entities / sizeof *entities;
        assert_true(used + 2 < size);
        into[used++] = entity ? *entities[i][1] : *at;
        at += entity ? strlen(entities[i][0]) : 1;
    }
    into[used] = '\0';
    return at;
}

/* Where the next tag with this beginning stands before another one; NULL when the other one comes first. */
static const char *tag_find(const char *at, const char *tag, const char *other, const char *end)
{
    for (; *at; at++) {
        if (*at != '<')
            continue;
        if (strncmp(at, tag, strlen(tag)) == 0 || strncmp(at, other, strlen(other)) == 0)
            return at;
        if (strncmp(at, end, strlen(end)) == 0)
            return NULL;
    }
    return NULL;
}

/* Where the next cell of this row begins; NULL when the row ends. */
static const char *cell_next(const char *at)
{
    return tag_find(at, "<th", "<td", "</tr>");
}

/* A key's cell shows its id, or the words for one of ours. */
static bool key_shown(const char *cell, const char *id)
{
    static const char *const kinds[] = {"word", "outcome", "drawn", "form.source"};
    bool shown = strcasestr(cell, id) != NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char key[WORD_ROOM + 16];
        (void)snprintf(key, sizeof key, "%s.%s", kinds[i], id);
        const char *text = words_text("en", key);
        shown = shown || (text && strcasestr(cell, text) != NULL);
    }
    return shown;
}

/* One cell of a page holds just this column's value; a key may have its words before it. */
static void page_cell_assert(struct reading *reading, size_t c, const char *cell)
{
    const json_t *column = json_array_get(reading->columns, c);
    reading->at = cell;
    if (strcmp(text_of(column, "kind"), "key") == 0 && !cell_blank(reading, column)) {
        const char *id = text_of(reading->row, text_of(column, "name"));
        if (!key_shown(cell, id))
            reading_fail(reading, text_of(column, "name"), id);
        return;
    }
    if (is_interval(reading, c))
        interval_assert(reading, c);
    else
        value_assert(reading, column);
    if (*reading->at)
        reading_fail(reading, text_of(column, "name"), "nothing more");
}

static const char *page_row_assert(const json_t *table, struct reading *reading, const char *at)
{
    char cell[CELL_ROOM];
    size_t groups = json_array_size(reading->by);
    bool any_key = groups > 0;
    for (size_t c = 0; c < json_array_size(reading->columns); c++)
        any_key = any_key ||
                  (strcmp(text_of(json_array_get(reading->columns, c), "kind"), "key") == 0 && column_shown(table, reading, c));
    at = any_key ? at : cell_read(cell_next(at), cell, sizeof cell);
    for (size_t i = 0; i < groups; i++) {
        at = cell_read(cell_next(at), cell, sizeof cell);
        assert_string_equal(cell, group_text(reading, i));
    }
    for (size_t c = 0; c < json_array_size(reading->columns); c++) {
        if (!column_shown(table, reading, c))
            continue;
        at = cell_next(at);
        if (!at)
            fail_msg("%s: a row of the page ends before %s", reading->where,
                     text_of(json_array_get(reading->columns, c), "name"));
        at = cell_read(at, cell, sizeof cell);
        page_cell_assert(reading, c, cell);
    }
    if (cell_next(at))
        fail_msg("%s: a row of the page has a cell too many", reading->where);
    return tag_find(at, "</tr>", "</tr>", "</table>") + strlen("</tr>");
}

void html_table_assert(json_t *table, const char *page, const char *where)
{
    struct reading reading = {.columns = json_object_get(table, "columns"), .by = json_object_get(table, "by"), .where = where};
    size_t r = 0, shown = 0;
    json_array_foreach (json_object_get(table, "rows"), r, reading.row)
        shown += !row_hidden(&reading);
    const char *at = strstr(page, "<tbody>");
    if (!shown && !at)
        return;
    if (!shown || !at)
        fail_msg("%s: the page has %s", where, at ? "a table of nothing" : "no table");
    at += strlen("<tbody>");
    json_array_foreach (json_object_get(table, "rows"), r, reading.row) {
        if (!row_hidden(&reading))
            at = page_row_assert(table, &reading, at);
    }
    if (strncmp(at + strspn(at, " \n"), "</tbody>", strlen("</tbody>")) != 0)
        fail_msg("%s: the page has a row too many: %.80s", where, at);
}

/* The next field of CSV, which ends at a comma or the end of the line. */
static const char *field_read(const char *at, char *into, size_t size)
{
    size_t used = 0;
    bool quoted = *at == '"';
    at += quoted;
    while (*at && (quoted ? *at != '"' || at[1] == '"' : *at != ',' && *at != '\r')) {
        at += quoted && *at == '"';
        assert_true(used + 1 < size);
        into[used++] = *at++;
    }
    at += quoted;
    into[used] = '\0';
    return at + (*at == ',');
}

static void csv_value_assert(const struct reading *reading, const json_t *column, const char *field)
{
    const char *name = text_of(column, "name");
    const json_t *value = json_object_get(reading->row, name);
    char *end = NULL;
    if (json_is_null(value) && *field)
        fail_msg("%s: %s is blank and the CSV says %s", reading->where, name, field);
    if (json_is_string(value))
        assert_string_equal(field, json_string_value(value));
    if (!json_is_number(value))
        return;
    double number = strtod(field, &end);
    if (end == field || *end || number < json_number_value(value) || number > json_number_value(value))
        fail_msg("%s: %s is %.17g and the CSV says %s", reading->where, name, json_number_value(value), field);
}

/* "t=no_variance p=no_variance": every reason of the row in the order of its columns. */
static void csv_reasons_assert(const struct reading *reading, const char *field)
{
    char wanted[8 * CELL_ROOM] = "";
    size_t used = 0, c = 0;
    const json_t *column = NULL;
    json_array_foreach (reading->columns, c, column) {
        const char *name = text_of(column, "name"), *reason = text_of(json_object_get(reading->row, "blank"), name);
        if (*reason)
            used += (size_t)snprintf(wanted + used, sizeof wanted - used, "%s%s=%s", used ? " " : "", name, reason);
    }
    assert_string_equal(field, wanted);
}

void csv_table_assert(json_t *table, const char *csv, const char *where)
{
    struct reading reading = {.columns = json_object_get(table, "columns"), .by = json_object_get(table, "by"), .where = where};
    char field[8 * CELL_ROOM];
    const char *at = strstr(csv, "\r\n");
    size_t r = 0, c = 0;
    const json_t *column = NULL;
    assert_non_null(at);
    json_array_foreach (json_object_get(table, "rows"), r, reading.row) {
        at += strlen("\r\n");
        for (size_t i = 0; i < json_array_size(reading.by); i++) {
            at = field_read(at, field, sizeof field);
            const char *group = json_string_value(group_value(&reading, i));
            assert_string_equal(field, group ? group : "");
        }
        json_array_foreach (reading.columns, c, column) {
            at = field_read(at, field, sizeof field);
            csv_value_assert(&reading, column, field);
        }
        at = field_read(at, field, sizeof field);
        csv_reasons_assert(&reading, field);
        if (strncmp(at, "\r\n", 2) != 0)
            fail_msg("%s: the CSV has a field too many: %.40s", where, at);
    }
    if (at[2])
        fail_msg("%s: the CSV has a row too many", where);
}
