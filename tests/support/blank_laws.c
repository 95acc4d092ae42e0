/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/blank_laws.h"

#include <ctype.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/reason.h"

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

/* What a table is called in messages: "one item: item_gap by branch". */
static const char *table_name(const json_t *table, const char *where)
{
    static char name[160];
    json_t *by = json_object_get(table, "by");
    (void)snprintf(name, sizeof name, "%s: %s%s%s", where, text_of(table, "measure"), json_array_size(by) ? " by " : "",
                   json_array_size(by) ? json_string_value(json_array_get(by, 0)) : "");
    return name;
}

static bool reason_known(const char *name)
{
    for (enum reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++) {
        if (strcmp(reason_name(reason), name) == 0)
            return true;
    }
    return false;
}

/* The least that a share can be: below 0 when it is of a difference, more less fewer, of the room that a gap in one direction
 * leaves, or of losses, which bad service may seem to have averted. */
static double share_least(const char *name, const char *where)
{
    static const char *const parts[] = {"net", "difference", "change", "room_used", "worse"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(name, parts[i]))
            return -1;
    }
    return strstr(where, "attributable_loss") ? -HUGE_VAL : 0;
}

static void number_assert(const json_t *column, double number, const char *where)
{
    const char *name = text_of(column, "name"), *unit = text_of(column, "unit"), *kind = text_of(column, "kind");
    bool bounded = strcmp(unit, "probability") == 0 || strcmp(unit, "share") == 0;
    double least = strcmp(unit, "share") == 0 ? share_least(name, where) : 0;
    if (!isfinite(number) || (number == 0 && signbit(number)))
        fail_msg("%s: %s is %g", where, name, number);
    if (bounded && (number < least || number > 1))
        fail_msg("%s: %s is %.17g, a %s", where, name, number, unit);
    if (strcmp(kind, "count") == 0 && (number < 0 || floor(number) < number))
        fail_msg("%s: %s is %g, a count", where, name, number);
}

static void cell_assert(const json_t *column, const json_t *row, const char *where, struct blank_count *count)
{
    const char *name = text_of(column, "name"), *kind = text_of(column, "kind");
    const json_t *value = json_object_get(row, name), *reason = json_object_get(json_object_get(row, "blank"), name);
    bool number = strcmp(kind, "number") == 0 || strcmp(kind, "count") == 0;
    count->cells++;
    if (!value)
        fail_msg("%s has no %s", where, name);
    if (json_is_null(value)) {
        count->blanks++;
        if (!json_is_string(reason) || !reason_known(json_string_value(reason)))
            fail_msg("%s: %s is null without a reason", where, name);
        return;
    }
    if (reason)
        fail_msg("%s: %s has a value and a reason", where, name);
    if (json_is_number(value) != number || json_is_string(value) == number)
        fail_msg("%s: %s is not a %s", where, name, kind);
    if (number)
        number_assert(column, json_number_value(value), where);
}

/* "ci_low" and "ci_high": the same beginning, and the one below the other. */
static void interval_assert(const char *low, const char *high, const json_t *row, const char *where)
{
    size_t length = strlen(low);
    if (length < 3 || strcmp(low + length - 3, "low") != 0 || strlen(high) != length + 1 || strncmp(low, high, length - 3) != 0 ||
        strcmp(high + length - 3, "high") != 0)
        return;
    const json_t *first = json_object_get(row, low), *second = json_object_get(row, high);
    if (json_is_number(first) && json_is_number(second) && json_number_value(first) > json_number_value(second))
        fail_msg("%s: %s %.17g lies above %s %.17g", where, low, json_number_value(first), high, json_number_value(second));
}

static void counts_assert(const json_t *row, const char *where)
{
    const json_t *less = json_object_get(row, "n_negative"), *same = json_object_get(row, "n_zero"),
                 *more = json_object_get(row, "n_positive"), *all = json_object_get(row, "n");
    if (!json_is_integer(less) || !json_is_integer(same) || !json_is_integer(more) || !json_is_integer(all))
        return;
    if (json_integer_value(less) + json_integer_value(same) + json_integer_value(more) != json_integer_value(all))
        fail_msg("%s: n_negative, n_zero and n_positive do not add up to n", where);
}

static void row_assert(const json_t *columns, const json_t *row, const char *where, struct blank_count *count)
{
    unsigned before = count->blanks;
    for (size_t c = 0; c < json_array_size(columns); c++) {
        const json_t *column = json_array_get(columns, c);
        cell_assert(column, row, where, count);
        if (c)
            interval_assert(text_of(json_array_get(columns, c - 1), "name"), text_of(column, "name"), row, where);
    }
    if (json_object_size(json_object_get(row, "blank")) != count->blanks - before)
        fail_msg("%s: a reason stands for no cell", where);
    counts_assert(row, where);
}

void blank_laws_assert(json_t *root, const char *where, struct blank_count *count)
{
    size_t t = 0, r = 0;
    json_t *table = NULL, *row = NULL;
    json_array_foreach (json_object_get(root, "tables"), t, table) {
        const json_t *columns = json_object_get(table, "columns");
        count->tables++;
        json_array_foreach (json_object_get(table, "rows"), r, row)
            row_assert(columns, row, table_name(table, where), count);
    }
}

/* Have two rows the same words in all key columns? */
static bool keys_equal(const json_t *columns, const json_t *a, const json_t *b)
{
    size_t c = 0;
    const json_t *column = NULL;
    json_array_foreach (columns, c, column) {
        const char *name = text_of(column, "name");
        if (strcmp(text_of(column, "kind"), "key") == 0 && !json_equal(json_object_get(a, name), json_object_get(b, name)))
            return false;
    }
    return true;
}

static void sum_assert(const json_t *whole, const json_t *row, const json_t *parts, const char *where)
{
    const json_t *columns = json_object_get(whole, "columns"), *part = NULL;
    json_int_t sum = 0;
    size_t r = 0;
    bool any = false;
    json_array_foreach (json_object_get(parts, "rows"), r, part) {
        const json_t *n = json_object_get(part, "n");
        if (!keys_equal(columns, row, part))
            continue;
        if (!json_is_integer(n))
            return;
        sum += json_integer_value(n);
        any = true;
    }
    const json_t *all = json_object_get(row, "n");
    if (any && json_is_integer(all) && json_integer_value(all) != sum)
        fail_msg("%s: n of the groups is %lld, of everyone %lld", table_name(whole, where), (long long)sum,
                 (long long)json_integer_value(all));
}

void blank_sums_assert(json_t *root, const char *where)
{
    json_t *tables = json_object_get(root, "tables"), *whole = NULL, *parts = NULL, *row = NULL;
    size_t i = 0, j = 0, r = 0;
    json_array_foreach (tables, i, whole) {
        json_array_foreach (tables, j, parts) {
            if (json_array_size(json_object_get(whole, "by")) || !json_array_size(json_object_get(parts, "by")) ||
                strcmp(text_of(whole, "measure"), text_of(parts, "measure")) != 0)
                continue;
            json_array_foreach (json_object_get(whole, "rows"), r, row)
                sum_assert(whole, row, parts, where);
        }
    }
}

/* Does one of the words stand here, in any case, and alone? */
static bool word_stands(const char *text, const char *at)
{
    static const char *const words[] = {"nan", "inf", "infinity", "null"};
    if (at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '_'))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (strncasecmp(at, words[i], length) == 0 && !isalnum((unsigned char)at[length]) && at[length] != '_')
            return true;
    }
    return false;
}

/* "-0", "-0.00" or "−0.00": a sign before nothing but zeros. */
static bool negative_zero_stands(const char *text, const char *at)
{
    const char *digits = *at == '-' ? at + 1 : strncmp(at, "\xe2\x88\x92", 3) == 0 ? at + 3 : "";
    bool alone = at == text || (!isalnum((unsigned char)at[-1]) && at[-1] != '-' && at[-1] != '.');
    size_t zeros = 0;
    while (digits[zeros] == '0' || (zeros && digits[zeros] == '.'))
        zeros++;
    return alone && zeros && !isalnum((unsigned char)digits[zeros]);
}

void blank_words_assert(const char *text, const char *where)
{
    /* Byte by byte: searches that measure the whole text each time would take most of the test's time. */
    for (const char *at = text; *at; at++) {
        bool sign = *at == '-' || *at == '\xe2', letter = *at == 'n' || *at == 'N' || *at == 'i' || *at == 'I';
        if ((sign && negative_zero_stands(text, at)) || (letter && word_stands(text, at)))
            fail_msg("%s says: %.60s", where, at - text > 30 ? at - 30 : text);
    }
}
