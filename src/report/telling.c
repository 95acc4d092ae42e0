/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/telling.h"

#include <stdio.h>
#include <string.h>

#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"
#include "report/headline.h"

#define CELL_BYTES 512u
#define NAMES_MOST 3u /* items named in a sentence */

enum status telling_begin(struct ctx *ctx, struct document *document, uint32_t most, struct telling *out)
{
    *out = (struct telling){.ctx = ctx, .document = document, .most = most};
    out->texts = arena_array(ctx->arena, most + 1u, sizeof *out->texts);
    return out->texts ? STATUS_OK : ctx_no_memory(ctx);
}

enum status telling_add(struct telling *telling, const char *text)
{
    if (telling->count < telling->most)
        telling->texts[telling->count++] = text;
    return STATUS_OK;
}

enum status telling_say(struct telling *telling, const char *key, const struct phrase_word *words)
{
    const char *text = NULL;
    enum status status = say(telling->ctx, &telling->document->head, key, words, &text);
    return status ? status : telling_add(telling, text);
}

enum status telling_row(struct telling *telling, const char *key, const struct table *table, const struct row *row,
                        const struct phrase_word *words)
{
    const char *text = NULL;
    enum status status = row_say(telling, key, table, row, words, &text);
    return status ? status : telling_add(telling, text);
}

/* The outcome that a row is about; "" when the table has none. */
static const char *outcome_of(const struct table *table, const struct row *row)
{
    return row_has(table, row, "outcome") ? table_value(table, row, "outcome")->text : "";
}

const char *told_name(const struct document_head *head, const struct table *table, const struct row *row)
{
    if (row_has(table, row, "item") || !row_has(table, row, "dimension"))
        return row_item_name(head, table, row);
    return told_dimension(head, table_value(table, row, "dimension")->text);
}

static bool row_meant(const struct table *table, const struct row *row, const struct told_class *told)
{
    return row_is(table, row, told->column, told->word) &&
           (!told->and_column || row_is(table, row, told->and_column, told->and_word));
}

enum status telling_class(struct telling *telling, const struct table *table, const struct told_class *told)
{
    struct ctx *ctx = telling->ctx;
    const struct document_head *head = &telling->document->head;
    const char **names = arena_array(ctx->arena, table->row_count + 1u, sizeof *names), *items = NULL, *number = NULL;
    const char *outcome = table->row_count ? outcome_of(table, &table->rows[0]) : "";
    const char *outcome_said = table->row_count ? told_outcome(head, table, &table->rows[0]) : "";
    uint32_t count = 0;
    if (!names)
        return ctx_no_memory(ctx);
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (row_meant(table, row, told) && strcmp(outcome_of(table, row), outcome) == 0)
            names[count++] = told_name(head, table, row);
    }
    if (!count)
        return STATUS_OK;
    enum status status = say_list(ctx, head, names, count, NAMES_MOST, &items);
    if (!status)
        status = say_count(ctx, count, &number);
    const struct phrase_word words[] = {{"items", items}, {"count", number}, {"outcome", outcome_said}, {NULL, NULL}};
    return status ? status : telling_say(telling, told->key, words);
}

enum status telling_end(struct telling *telling)
{
    struct document_block *block = NULL;
    if (!telling->count)
        return STATUS_OK;
    enum status status = document_add(telling->ctx, telling->document, DOCUMENT_LIST, &block);
    if (status)
        return status;
    block->texts = telling->texts;
    block->text_count = telling->count;
    return STATUS_OK;
}

/* A cell as a word of a sentence. */
static enum status cell_word(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                             uint32_t i, const char **out)
{
    char text[CELL_BYTES];
    const struct column *column = &table->measure->columns[i];
    const struct value *value = &row->values[i];
    const char *words = value->kind == VALUE_TEXT && column->kind == COLUMN_KEY ? shown_key_text(head, column, value->text) : "";
    if (value->kind == VALUE_TEXT && strcmp(column->name, "outcome") == 0)
        words = told_outcome(head, table, row);
    if (*words)
        *out = words;
    else if (value->kind == VALUE_TEXT && column->kind == COLUMN_KEY) {
        const char *word = shown_key_word(head, column, value->text);
        *out = *word ? word : value->text;
    } else {
        shown_cell(head, column, value, text, sizeof text);
        *out = arena_copy(ctx->arena, span_of(text));
    }
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

/* "ci_interval" of "ci_low": what the interval of two columns is called in phrases. */
static const char *interval_name(struct ctx *ctx, const struct column *low)
{
    size_t length = strlen(low->name) - strlen("low");
    return arena_format(ctx->arena, "%.*sinterval", (int)length, low->name);
}

/* Does a phrase speak of this column, {name} or {Name}, or of its interval? Cells that it does not speak of need no words. */
static bool phrase_names(const char *phrase, const char *name)
{
    size_t length = strlen(name);
    length -= length > 3 && strcmp(name + length - 3, "low") == 0 ? 3 : 0;
    for (const char *at = strchr(phrase, '{'); at; at = strchr(at + 1, '{')) {
        if ((at[1] | ' ') == (name[0] | ' ') && strncmp(at + 2, name + 1, length - 1) == 0)
            return true;
    }
    return false;
}

static enum status row_words(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                             const char *phrase, struct phrase_word *words)
{
    char text[CELL_BYTES];
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < table->column_count && !status; i++) {
        const struct column *column = &table->measure->columns[i];
        if (!phrase_names(phrase, column->name))
            continue;
        words->name = column->name;
        status = cell_word(ctx, head, table, row, i, &words->text);
        words++;
        if (status || !shown_is_interval(table, i))
            continue;
        shown_cell_interval(head, column, &row->values[i], &row->values[i + 1], text, sizeof text);
        words->name = interval_name(ctx, column);
        words->text = arena_copy(ctx->arena, span_of(text));
        if (!words->name || !words->text)
            return ctx_no_memory(ctx);
        words++;
    }
    return status;
}

enum status row_say(const struct telling *telling, const char *key, const struct table *table, const struct row *row,
                    const struct phrase_word *words, const char **out)
{
    struct ctx *ctx = telling->ctx;
    const struct document_head *head = &telling->document->head;
    size_t beside = 0;
    while (words && words[beside].name)
        beside++;
    struct phrase_word *all = arena_array(ctx->arena, beside + (size_t)2 * table->column_count + 1, sizeof *all);
    if (!all)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < beside; i++)
        all[i] = words[i];
    enum status status = row_words(ctx, head, table, row, words_or_english(head->language, key), all + beside);
    return status ? status : say(ctx, head, key, all, out);
}

bool row_has(const struct table *table, const struct row *row, const char *column)
{
    uint32_t i = table_column(table, column);
    return i != UINT32_MAX && row->values[i].kind != VALUE_BLANK;
}

const struct table *table_told(const struct report_tables *tables, const char *measure)
{
    const struct released_table *released = report_table(tables, measure);
    const struct table *table = released ? released_table_view(released) : NULL;
    return table && table->row_count ? table : NULL;
}

const char *told_dimension(const struct document_head *head, const char *id)
{
    for (uint32_t i = 0; i < head->study->dimension_count; i++) {
        if (strcmp(head->study->dimensions[i].id, id) == 0)
            return head->study->dimensions[i].title;
    }
    return strcmp(id, "overall") == 0 ? words_or_english(head->language, "trust.overall") : id;
}

const char *told_outcome(const struct document_head *head, const struct table *table, const struct row *row)
{
    static const struct {
        const char *name, *key;
    } known[] = {{"satisfaction", "outcome.satisfaction"},
                 {"recommend", "outcome.recommend"},
                 {"effort", "outcome.effort"},
                 {"loyalty", "outcome.loyalty"},
                 {"disconfirmation", "outcome.disconfirmation"},
                 {"left", "outcome.left"},
                 {"complained", "outcome.complained"},
                 {"captive", "outcome.captive"},
                 {"bad_service", "outcome.bad_service"}};
    const char *name = outcome_of(table, row);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, name) == 0)
            return words_or_english(head->language, known[i].key);
    }
    return name;
}

const char *told_driver(const struct document_head *head, const char *id)
{
    for (uint32_t i = 0; i < head->study->item_count && head->study->dimension_count < 2; i++) {
        if (strcmp(head->study->items[i].id, id) == 0)
            return *head->study->items[i].text ? head->study->items[i].text : id;
    }
    return told_dimension(head, id);
}
