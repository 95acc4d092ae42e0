/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/shown.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "model/measure.h"

#define MINUS "\xe2\x88\x92"

/* Replaces the ASCII minus at the beginning. */
static void minus_write(const char *ascii, bool utf8, char *into, size_t size)
{
    bool negative = ascii[0] == '-';
    (void)snprintf(into, size, "%s%s", negative ? (utf8 ? MINUS : "-") : "", ascii + (negative ? 1 : 0));
}

static bool column_is_p(const struct column *column)
{
    return strcmp(column->unit, "p") == 0;
}

static bool column_is_share(const struct column *column)
{
    return strcmp(column->unit, "share") == 0;
}

static void number_show(const struct column *column, double number, bool utf8, char *into, size_t size)
{
    char ascii[48];
    double least = pow(10, -(double)column->digits);
    if (column_is_p(column) && number < least) {
        number_format_fixed(least, column->digits, ascii, sizeof ascii);
        (void)snprintf(into, size, "<%s", ascii);
        return;
    }
    unsigned digits = column->digits;
    if (column_is_share(column)) {
        number *= 100;
        digits = digits > 2 ? digits - 2 : 0;
    }
    number_format_fixed(number, digits, ascii, sizeof ascii);
    minus_write(ascii, utf8, into, size);
}

void shown_value(const struct column *column, const struct value *value, bool utf8, char *into, size_t size)
{
    switch (value->kind) {
    case VALUE_NUMBER:
        number_show(column, value->number, utf8, into, size);
        break;
    case VALUE_COUNT:
        (void)snprintf(into, size, "%lld", (long long)value->count);
        break;
    case VALUE_TEXT:
        (void)snprintf(into, size, "%s", value->text);
        break;
    case VALUE_BLANK:
    default:
        (void)snprintf(into, size, "%s", utf8 || value->reason != REASON_NOT_APPLICABLE ? reason_words(value->reason) : "-");
        break;
    }
}

void shown_signed(double number, unsigned digits, bool utf8, char *into, size_t size)
{
    char ascii[48];
    number_format_fixed(number, digits, ascii, sizeof ascii);
    if (ascii[0] == '-')
        minus_write(ascii, utf8, into, size);
    else
        (void)snprintf(into, size, "%s%s", number > 0 ? "+" : "", ascii);
}

void shown_interval(const struct column *column, const struct value *low, const struct value *high, bool utf8, char *into,
                    size_t size)
{
    char first[64], second[64];
    shown_value(column, low, utf8, first, sizeof first);
    shown_value(column, high, utf8, second, sizeof second);
    if (low->kind == VALUE_BLANK || high->kind == VALUE_BLANK)
        (void)snprintf(into, size, "%s", low->kind == VALUE_BLANK ? first : second);
    else
        (void)snprintf(into, size, "[%s, %s]", first, second);
}

bool shown_is_interval(const struct table *table, uint32_t i)
{
    if (i + 1 >= table->column_count)
        return false;
    const char *low = table->measure->columns[i].name, *high = table->measure->columns[i + 1].name;
    size_t length = strlen(low);
    if (length < 3 || strcmp(low + length - 3, "low") != 0 || strlen(high) != length + 1)
        return false;
    return strncmp(low, high, length - 3) == 0 && strcmp(high + length - 3, "high") == 0;
}

static void confidence_format(double confidence, char *into, size_t size)
{
    char percent[48];
    number_format_shortest(round(confidence * 1e6) / 1e4, percent, sizeof percent);
    (void)snprintf(into, size, "%s %%", percent);
}

void shown_head(const struct document_head *head, const struct table *table, uint32_t i, char *into, size_t size)
{
    const struct column *column = &table->measure->columns[i];
    char level[64];
    confidence_format(head->confidence, level, sizeof level);
    if (shown_is_interval(table, i) && strcmp(column->name, "ci_low") == 0)
        (void)snprintf(into, size, "%s interval", level);
    else if (column_is_share(column))
        (void)snprintf(into, size, "%s, %%", column->title);
    else
        (void)snprintf(into, size, "%s", column->title);
}

const char *shown_key_text(const struct document_head *head, const struct column *column, const char *id)
{
    if (!id)
        return "";
    if (strcmp(column->name, "dimension") == 0) {
        for (uint32_t i = 0; i < head->study->dimension_count; i++) {
            if (strcmp(head->study->dimensions[i].id, id) == 0)
                return head->study->dimensions[i].title;
        }
    }
    if (strcmp(column->name, "item") == 0 || strcmp(column->name, "other") == 0) {
        for (uint32_t i = 0; i < head->study->item_count; i++) {
            if (strcmp(head->study->items[i].id, id) == 0)
                return head->study->items[i].text;
        }
    }
    return "";
}
