/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html_table.h"

#include <string.h>

#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"

/* What the cells of one table share. */
struct page_table {
    struct markup *m;
    const struct document_head *head;
    const struct table *table;
    bool wide;
};

static bool column_shown(const struct page_table *page, uint32_t i)
{
    bool interval_end = i > 0 && shown_is_interval(page->table, i - 1);
    return !interval_end && (page->wide || page->table->measure->columns[i].compact);
}

static bool column_is_text(const struct column *column)
{
    return column->kind == COLUMN_KEY || column->kind == COLUMN_WORD;
}

static void head_cell(struct markup *m, const char *text, const char *class, const char *meaning)
{
    markup_open(m, "th");
    markup_attribute(m, "scope", "col");
    markup_attribute(m, "class", class);
    if (meaning)
        markup_attribute(m, "title", meaning);
    markup_text(m, text);
    markup_close(m, "th");
}

static void head_write(const struct page_table *page)
{
    char text[128];
    markup_open(page->m, "thead");
    markup_open(page->m, "tr");
    for (uint32_t i = 0; i < page->table->by_count; i++)
        head_cell(page->m, page->table->by[i], "text", NULL);
    for (uint32_t i = 0; i < page->table->column_count; i++) {
        const struct column *column = &page->table->measure->columns[i];
        if (!column_shown(page, i))
            continue;
        shown_head(page->head, page->table, i, text, sizeof text);
        head_cell(page->m, text, column_is_text(column) ? "text" : "number", column->meaning);
    }
    markup_close(page->m, "tr");
    markup_close(page->m, "thead");
    markup_newline(page->m);
}

/* A key reads as the item's text, with its id small behind it. */
static void key_write(const struct page_table *page, const struct column *column, const struct value *value)
{
    struct markup *m = page->m;
    const char *text = value->kind == VALUE_TEXT ? shown_key_text(page->head, column, value->text) : "";
    markup_open(m, "th");
    markup_attribute(m, "scope", "row");
    markup_attribute(m, "class", "text");
    if (value->kind == VALUE_TEXT && *text && strcmp(text, value->text) != 0) {
        markup_text(m, text);
        markup_text(m, " ");
        markup_element(m, "small", value->text);
    } else if (value->kind == VALUE_TEXT) {
        markup_text(m, value->text);
    } else {
        markup_text(m, reason_words(value->reason));
    }
    markup_close(m, "th");
}

static const char *cell_class(const struct page_table *page, const struct row *row, uint32_t i)
{
    const struct column *column = &page->table->measure->columns[i];
    uint32_t verdict = table_column(page->table, "verdict");
    if (row->values[i].kind == VALUE_BLANK)
        return "number blank";
    if (column->kind == COLUMN_WORD)
        return "text";
    bool gap = strcmp(column->name, "gap") == 0 && verdict != UINT32_MAX && row->values[verdict].kind == VALUE_TEXT;
    if (gap && strcmp(row->values[verdict].text, "short") == 0)
        return "number short";
    if (gap && strcmp(row->values[verdict].text, "above") == 0)
        return "number above";
    return "number";
}

static void cell_write(const struct page_table *page, const struct row *row, uint32_t i)
{
    char text[160];
    const struct column *column = &page->table->measure->columns[i];
    if (column->kind == COLUMN_KEY) {
        key_write(page, column, &row->values[i]);
        return;
    }
    if (shown_is_interval(page->table, i))
        shown_interval(column, &row->values[i], &row->values[i + 1], true, text, sizeof text);
    else
        shown_value(column, &row->values[i], true, text, sizeof text);
    markup_open(page->m, "td");
    markup_attribute(page->m, "class", cell_class(page, row, i));
    markup_text(page->m, text);
    markup_close(page->m, "td");
}

static void row_write(const struct page_table *page, const struct row *row)
{
    markup_open(page->m, "tr");
    for (uint32_t i = 0; i < page->table->by_count; i++) {
        markup_open(page->m, "th");
        markup_attribute(page->m, "scope", "row");
        markup_attribute(page->m, "class", "text");
        markup_text(page->m, row->by[i] ? row->by[i] : words_or_english(page->head->language, "group.no_answer"));
        markup_close(page->m, "th");
    }
    for (uint32_t i = 0; i < page->table->column_count; i++) {
        if (column_shown(page, i))
            cell_write(page, row, i);
    }
    markup_close(page->m, "tr");
    markup_newline(page->m);
}

void html_table_write(struct markup *m, const struct document_head *head, const struct released_table *released,
                      const char *caption, bool wide)
{
    const struct page_table page = {m, head, released_table_view(released), wide};
    markup_open(m, "div");
    markup_attribute(m, "class", "scroll");
    markup_attribute(m, "tabindex", "0");
    markup_attribute(m, "role", "region");
    markup_attribute(m, "aria-label", caption);
    markup_open(m, "table");
    markup_element(m, "caption", caption);
    head_write(&page);
    markup_open(m, "tbody");
    for (uint32_t r = 0; r < page.table->row_count; r++)
        row_write(&page, &page.table->rows[r]);
    markup_close(m, "tbody");
    markup_close(m, "table");
    markup_close(m, "div");
    markup_newline(m);
    for (uint32_t i = 0; i < page.table->note_count; i++) {
        markup_open(m, "p");
        markup_attribute(m, "class", "note");
        markup_text(m, page.table->notes[i]);
        markup_close(m, "p");
        markup_newline(m);
    }
}
