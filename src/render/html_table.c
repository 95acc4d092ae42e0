/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html_table.h"

#include <assert.h>
#include <string.h>

#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/table_grid.h"

#define TABLE_COLUMNS_MOST 128u

/* What the cells of one table share. */
struct page_table {
    struct markup *m;
    const struct document_head *head;
    const struct table *table;
    const char *caption;
    bool wide, has_key;             /* has_key: a column says what a row is about */
    bool shown[TABLE_COLUMNS_MOST]; /* [column] found once, since it is asked for each cell */
};

static bool column_wanted(const struct page_table *page, uint32_t i)
{
    const struct column *column = &page->table->measure->columns[i];
    bool interval_end = i > 0 && shown_is_interval(page->table, i - 1);
    bool wanted = page->wide || column->compact || grid_column_stands(page->table, i);
    return !interval_end && wanted && !grid_column_empty(page->table, i);
}

static bool key_shown(const struct page_table *page)
{
    for (uint32_t i = 0; i < page->table->column_count; i++) {
        if (page->table->measure->columns[i].kind == COLUMN_KEY && page->shown[i])
            return true;
    }
    return page->table->by_count > 0;
}

static bool column_is_text(const struct column *column)
{
    return column->kind == COLUMN_KEY || column->kind == COLUMN_WORD;
}

static void head_cell(const struct page_table *page, const char *text, const char *class, const struct column *column)
{
    struct markup *m = page->m;
    const char *unit = column ? shown_head_unit(page->head, column) : "";
    markup_open(m, "th");
    markup_attribute(m, "scope", "col");
    markup_attribute(m, "class", class);
    const char *meaning = column ? shown_meaning(page->head, column) : "";
    if (*meaning) {
        markup_open(m, "abbr");
        markup_attribute(m, "title", meaning);
        markup_text(m, text);
        markup_close(m, "abbr");
    } else
        markup_text(m, text);
    if (*unit) {
        markup_text(m, " ");
        markup_element(m, "small", unit);
    }
    markup_close(m, "th");
}

static void head_write(const struct page_table *page)
{
    char text[128];
    markup_open(page->m, "thead");
    markup_open(page->m, "tr");
    if (!page->has_key) {
        markup_open(page->m, "td");
        markup_close(page->m, "td");
    }
    for (uint32_t i = 0; i < page->table->by_count; i++)
        head_cell(page, page->table->by[i], "text", NULL);
    for (uint32_t i = 0; i < page->table->column_count; i++) {
        const struct column *column = &page->table->measure->columns[i];
        if (!page->shown[i])
            continue;
        shown_head(page->head, page->table, i, text, sizeof text);
        head_cell(page, text, column_is_text(column) ? "text" : "number", column);
    }
    markup_close(page->m, "tr");
    markup_close(page->m, "thead");
    markup_newline(page->m);
}

void html_key_write(struct markup *m, const struct document_head *head, const struct column *column, const struct value *value)
{
    const char *text = value->kind == VALUE_TEXT ? shown_key_text(head, column, value->text) : "";
    const char *word = value->kind == VALUE_TEXT ? shown_key_word(head, column, value->text) : "";
    markup_open(m, "th");
    markup_attribute(m, "scope", "row");
    markup_attribute(m, "class", "text");
    if (*word) {
        markup_text(m, word);
    } else if (value->kind == VALUE_TEXT && span_equal_caseless(span_of(text), span_of(value->text))) {
        markup_text(m, text);
    } else if (value->kind == VALUE_TEXT && *text) {
        markup_text(m, text);
        markup_text(m, " ");
        markup_element(m, "small", value->text);
    } else if (value->kind == VALUE_TEXT) {
        markup_text(m, value->text);
    } else {
        markup_text(m, shown_reason(head, value->reason));
    }
    markup_close(m, "th");
}

const char *html_cell_class(const struct table *table, const struct row *row, uint32_t i)
{
    const struct column *column = &table->measure->columns[i];
    uint32_t verdict = table_column(table, "verdict");
    if (row->values[i].kind == VALUE_BLANK)
        return column->kind == COLUMN_WORD ? "text blank" : "number blank";
    bool judged = (strcmp(column->name, "gap") == 0 || i == verdict) && verdict != UINT32_MAX;
    bool falls_short = judged && row->values[verdict].kind == VALUE_TEXT && strcmp(row->values[verdict].text, "short") == 0;
    bool exceeds = judged && row->values[verdict].kind == VALUE_TEXT && strcmp(row->values[verdict].text, "above") == 0;
    if (column->kind == COLUMN_WORD)
        return falls_short ? "text short" : exceeds ? "text above" : "text";
    return falls_short ? "number short" : exceeds ? "number above" : "number";
}

static void cell_write(const struct page_table *page, const struct row *row, uint32_t i)
{
    char text[160];
    const struct column *column = &page->table->measure->columns[i];
    if (column->kind == COLUMN_KEY) {
        html_key_write(page->m, page->head, column, &row->values[i]);
        return;
    }
    if (shown_is_interval(page->table, i))
        shown_cell_interval(page->head, column, &row->values[i], &row->values[i + 1], text, sizeof text);
    else
        shown_cell(page->head, column, &row->values[i], text, sizeof text);
    markup_open(page->m, "td");
    markup_attribute(page->m, "class", html_cell_class(page->table, row, i));
    markup_text(page->m, text);
    markup_close(page->m, "td");
}

static void row_head(struct markup *m, const char *text)
{
    markup_open(m, "th");
    markup_attribute(m, "scope", "row");
    markup_attribute(m, "class", "text");
    markup_text(m, text);
    markup_close(m, "th");
}

static void row_write(const struct page_table *page, const struct row *row)
{
    const char *no_answer = words_or_english(page->head->language, "group.no_answer");
    markup_open(page->m, "tr");
    if (!page->has_key)
        row_head(page->m, page->caption);
    for (uint32_t i = 0; i < page->table->by_count; i++)
        row_head(page->m, row->by[i] ? row->by[i] : no_answer);
    for (uint32_t i = 0; i < page->table->column_count; i++) {
        if (page->shown[i])
            cell_write(page, row, i);
    }
    markup_close(page->m, "tr");
    markup_newline(page->m);
}

void html_table_open(struct markup *m, const char *caption, bool shown, const char *anchor)
{
    markup_open(m, "div");
    markup_attribute(m, "class", "scroll");
    if (anchor)
        markup_attribute(m, "id", anchor);
    markup_attribute(m, "tabindex", "0");
    markup_attribute(m, "role", "group");
    markup_attribute(m, "aria-label", caption);
    markup_open(m, "table");
    markup_open(m, "caption");
    if (!shown)
        markup_attribute(m, "class", "unseen");
    markup_text(m, caption);
    markup_close(m, "caption");
}

void html_table_close(struct markup *m)
{
    markup_close(m, "tbody");
    markup_close(m, "table");
    markup_close(m, "div");
    markup_newline(m);
}

/* Rows of hidden groups are left out: a sentence says how many there are. */
static bool row_hidden(const struct table *table, const struct row *row)
{
    uint32_t n = table_column(table, "n");
    return table->by_count && n != UINT32_MAX && row->values[n].kind == VALUE_BLANK && row->values[n].reason == REASON_SUPPRESSED;
}

void html_table_write(struct markup *m, const struct document_head *head, const struct released_table *released,
                      const char *caption, bool wide, const char *anchor)
{
    struct page_table page = {.m = m, .head = head, .table = released_table_view(released), .caption = caption, .wide = wide};
    assert(page.table->column_count <= TABLE_COLUMNS_MOST);
    for (uint32_t i = 0; i < page.table->column_count; i++)
        page.shown[i] = column_wanted(&page, i);
    page.has_key = key_shown(&page);
    html_table_open(m, caption, page.has_key, anchor);
    head_write(&page);
    markup_open(m, "tbody");
    for (uint32_t r = 0; r < page.table->row_count; r++) {
        if (!row_hidden(page.table, &page.table->rows[r]))
            row_write(&page, &page.table->rows[r]);
    }
    html_table_close(m);
}
