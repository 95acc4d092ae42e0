/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/shown.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/out.h"
#include "model/measure.h"
#include "model/words.h"

#define MINUS "\xe2\x88\x92"

static void text_set(const char *text, char *into, size_t size)
{
    text_join((const char *const[]){text, NULL}, into, size);
}

void shown_number(double number, unsigned digits, bool utf8, char *into, size_t size)
{
    char ascii[48];
    number_format_fixed(number, digits, ascii, sizeof ascii);
    bool negative = ascii[0] == '-';
    text_join((const char *const[]){negative ? (utf8 ? MINUS : "-") : "", ascii + (negative ? 1 : 0), NULL}, into, size);
}

void shown_percent(double confidence, char *into, size_t size)
{
    number_format_shortest(round(confidence * 1e6) / 1e4, into, size);
}

/* A text of ours in the document's language, found by what it is and its English words ("column.Gap"); the English words where the
 * language lacks it. */
static const char *ours(const struct document_head *head, const char *kind, const char *english)
{
    char key[512];
    text_join((const char *const[]){kind, ".", english, NULL}, key, sizeof key);
    const char *text = strlen(kind) + 1 + strlen(english) < sizeof key ? words_text(head->language, key) : NULL;
    return text ? text : english;
}

static bool column_is_p(const struct column *column)
{
    return strcmp(column->unit, "probability") == 0;
}

static bool column_is_share(const struct column *column)
{
    return strcmp(column->unit, "share") == 0;
}

struct shown_form shown_form(const struct column *column)
{
    struct shown_form form = {.digits = column->digits,
                              .percent = column_is_share(column),
                              .sign = strcmp(column->name, "gap") == 0,
                              .floored = column_is_p(column)};
    if (form.percent)
        form.digits = form.digits > 2 ? form.digits - 2 : 0;
    return form;
}

static void number_show(const struct column *column, double number, bool utf8, char *into, size_t size)
{
    char ascii[48];
    struct shown_form form = shown_form(column);
    double least = form.floored ? pow(10, -(double)form.digits) : 0;
    if (form.floored && number < least) {
        number_format_fixed(least, form.digits, ascii, sizeof ascii);
        text_join((const char *const[]){"<", ascii, NULL}, into, size);
        return;
    }
    number *= form.percent ? 100 : 1;
    if (form.sign)
        shown_signed(number, form.digits, utf8, into, size);
    else
        shown_number(number, form.digits, utf8, into, size);
}

static void count_show(int64_t count, char *into, size_t size)
{
    char ascii[24];
    decimal_format((struct decimal){.units = count}, ascii, sizeof ascii);
    text_set(ascii, into, size);
}

/* A word of ours is read as words: at_least_minimum is "at least minimum"; keys are the user's and stay as they are. */
static void text_show(const struct column *column, const char *text, char *into, size_t size)
{
    text_set(text, into, size);
    for (char *at = into; column->kind == COLUMN_WORD && *at; at++)
        *at = *at == '_' ? ' ' : *at;
}

void shown_value(const struct column *column, const struct value *value, bool utf8, char *into, size_t size)
{
    switch (value->kind) {
    case VALUE_NUMBER:
        number_show(column, value->number, utf8, into, size);
        break;
    case VALUE_COUNT:
        count_show(value->count, into, size);
        break;
    case VALUE_TEXT:
        text_show(column, value->text, into, size);
        break;
    case VALUE_BLANK:
    default:
        text_set(utf8 || value->reason != REASON_NOT_APPLICABLE ? reason_words(value->reason) : "-", into, size);
        break;
    }
}

void shown_cell(const struct document_head *head, const struct column *column, const struct value *value, char *into, size_t size)
{
    bool word = value->kind == VALUE_TEXT && column->kind == COLUMN_WORD && strcmp(column->name, "other") != 0;
    const char *said = word ? shown_word(head, value->text) : value->text;
    if (value->kind == VALUE_BLANK)
        text_set(shown_reason(head, value->reason), into, size);
    else if (word && said != value->text)
        text_set(said, into, size);
    else
        shown_value(column, value, true, into, size);
}

const char *shown_word(const struct document_head *head, const char *word)
{
    return ours(head, "word", word);
}

const char *shown_reason(const struct document_head *head, enum reason reason)
{
    return reason == REASON_NOT_APPLICABLE ? reason_words(reason) : ours(head, "reason", reason_words(reason));
}

void shown_signed(double number, unsigned digits, bool utf8, char *into, size_t size)
{
    char plain[64];
    shown_number(number, digits, utf8, plain, sizeof plain);
    bool rounds_to_zero = plain[strspn(plain, "0.")] == '\0';
    text_join((const char *const[]){number > 0 && !rounds_to_zero ? "+" : "", plain, NULL}, into, size);
}

void shown_interval(const struct column *column, const struct value *low, const struct value *high, bool utf8, char *into,
                    size_t size)
{
    char first[64], second[64];
    shown_value(column, low, utf8, first, sizeof first);
    shown_value(column, high, utf8, second, sizeof second);
    if (low->kind == VALUE_BLANK || high->kind == VALUE_BLANK)
        text_set(low->kind == VALUE_BLANK ? first : second, into, size);
    else
        text_join((const char *const[]){"[", first, ", ", second, "]", NULL}, into, size);
}

void shown_cell_interval(const struct document_head *head, const struct column *column, const struct value *low,
                         const struct value *high, char *into, size_t size)
{
    if (low->kind == VALUE_BLANK || high->kind == VALUE_BLANK)
        shown_cell(head, column, low->kind == VALUE_BLANK ? low : high, into, size);
    else
        shown_interval(column, low, high, true, into, size);
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

/* "Share " of "Share low": what an interval is of, without the word for its end. */
static int interval_title_length(const char *title)
{
    const char *space = strrchr(title, ' ');
    bool end = space && (strcmp(space, " low") == 0 || strcmp(space, " Low") == 0);
    return end ? (int)(space - title) : 0;
}

/* "{title}, {level} % interval" with both filled in. */
static void head_fill(const char *text, const char *level, const char *title, char *into, size_t size)
{
    size_t at = 0;
    *into = '\0';
    for (; *text && at + 1 < size; text++) {
        bool names_level = strncmp(text, "{level}", 7) == 0, names_title = strncmp(text, "{title}", 7) == 0;
        int length = names_level || names_title ? snprintf(into + at, size - at, "%s", names_level ? level : title)
                                                : snprintf(into + at, size - at, "%c", *text);
        at += length > 0 ? (size_t)length : 0;
        text += names_level || names_title ? 6 : 0;
    }
}

void shown_head(const struct document_head *head, const struct table *table, uint32_t i, char *into, size_t size)
{
    const struct column *column = &table->measure->columns[i];
    char level[64], title[64];
    (void)snprintf(title, sizeof title, "%.*s", interval_title_length(column->title), column->title);
    shown_percent(head->confidence, level, sizeof level);
    if (!shown_is_interval(table, i))
        text_set(ours(head, "column", column->title), into, size);
    else if (strncmp(column->name, "limit", 5) == 0 || strncmp(column->name, "funnel", 6) == 0)
        text_set(words_or_english(head->language, "interval.limits"), into, size);
    else if (strstr(column->name, "simultaneous"))
        head_fill(words_or_english(head->language, "interval.all_rows"), level, "", into, size);
    else if (*title)
        head_fill(words_or_english(head->language, "interval.of"), level, ours(head, "column", title), into, size);
    else
        head_fill(words_or_english(head->language, "interval.plain"), level, "", into, size);
}

const char *shown_head_unit(const struct document_head *head, const struct column *column)
{
    const char *unit = shown_unit(column);
    return *unit && strcmp(unit, "%") != 0 ? ours(head, "unit", unit) : unit;
}

const char *shown_meaning(const struct document_head *head, const struct column *column)
{
    return ours(head, "meaning", column->meaning);
}

const char *shown_unit_name(const struct document_head *head, const struct column *column)
{
    return *column->unit ? ours(head, "unit", column->unit) : "";
}

const char *shown_table_title(const struct document_head *head, const struct measure *measure)
{
    const char *title = ours(head, "table", measure->name);
    return title == measure->name ? measure->title : title;
}

const char *shown_unit(const struct column *column)
{
    static const struct {
        const char *unit, *shown;
    } units[] = {{"scale points", "points"},  {"share", "%"},
                 {"hours", "hours"},          {"percent of the zone", "% of the zone"},
                 {"points of 100", "of 100"}, {"points of the importance scale", "points"}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(column->unit, units[i].unit) == 0)
            return units[i].shown;
    }
    return "";
}

static bool column_is_one_of(const struct column *column, const char *const *names)
{
    for (; *names; names++) {
        if (strcmp(column->name, *names) == 0)
            return true;
    }
    return false;
}

const char *shown_key_text(const struct document_head *head, const struct column *column, const char *id)
{
    static const char *const of_dimensions[] = {"dimension", "driver", "subject", NULL};
    static const char *const of_items[] = {"item", "other", "driver", "subject", NULL};
    if (!id)
        return "";
    uint32_t dimensions = column_is_one_of(column, of_dimensions) ? head->study->dimension_count : 0;
    uint32_t items = column_is_one_of(column, of_items) ? head->study->item_count : 0;
    for (uint32_t i = 0; i < dimensions; i++) {
        if (strcmp(head->study->dimensions[i].id, id) == 0)
            return head->study->dimensions[i].title;
    }
    for (uint32_t i = 0; i < items; i++) {
        if (strcmp(head->study->items[i].id, id) == 0)
            return head->study->items[i].text;
    }
    return "";
}

/* A source of expectations as forms call it. */
static const char *source_word(const struct document_head *head, const char *id)
{
    char key[160];
    int length = snprintf(key, sizeof key, "form.source.%s", id);
    const char *text = length > 0 && (size_t)length < sizeof key ? words_text(head->language, key) : NULL;
    return text ? text : "";
}

const char *shown_key_word(const struct document_head *head, const struct column *column, const char *id)
{
    static const char *const all_ours[] = {"scope",     "standard",  "predictors", "summary", "model", "figure",
                                           "statistic", "customers", "raters",     "point",   NULL};
    static const char *const overall_is_ours[] = {"item", "dimension", "driver", "subject", NULL};
    static const char *const drawn[] = {"table", "statistic", NULL}; /* of bootstrap */
    const char *word = "";
    if (!id || *shown_key_text(head, column, id))
        return "";
    if (column_is_one_of(column, all_ours) || (column_is_one_of(column, overall_is_ours) && strcmp(id, "overall") == 0))
        word = ours(head, "word", id);
    else if (strcmp(column->name, "outcome") == 0)
        word = ours(head, "outcome", id);
    else if (column_is_one_of(column, drawn))
        word = ours(head, "drawn", id);
    else if (strcmp(column->name, "source") == 0)
        word = source_word(head, id);
    return word == id ? "" : word;
}

enum status shown_group(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                        const char **out)
{
    struct out *text = NULL;
    enum status status = out_open_memory(ctx, &text);
    if (status)
        return status;
    for (uint32_t i = 0; i < table->by_count; i++) {
        out_text(text, i ? ", " : "");
        out_text(text, row->by[i] ? row->by[i] : words_or_english(head->language, "group.no_answer"));
    }
    return out_copy(ctx, text, out);
}
