/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html_table.h"

#include <assert.h>
#include <string.h>

#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/matrix_grid.h"

#define TABLE_COLUMNS_MOST 128u

/* What the cells of one table share. */
struct page_table {
    struct markup *m;
    const struct document_head *head;
    const struct table *table;
    const char *caption;
    bool wide, has_key; /* has_key: a column says what a row is about */
    /* [column] found once, since they are asked for each cell: is it shown, with the next one as an interval? */
    bool shown[TABLE_COLUMNS_MOST], interval[TABLE_COLUMNS_MOST];
};

static bool column_wanted(const struct page_table *page, uint32_t i)
{
    const struct column *column = &page->table->measure->columns[i];
    bool interval_end = i > 0 && page->interval[i - 1];
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
    if (column) {
        markup_open(m, "abbr");
        markup_attribute(m, "title", shown_meaning(page->head, column));
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

/* The head of a row: an item's text with its id small behind it, a dimension's title, or why there is none. */
static void key_write(const struct page_table *page, const struct column *column, const struct value *value)
{
    struct markup *m = page->m;
    const struct grid_cell cell = grid_key_cell(page->head, column, value);
    markup_open(m, "th");
    markup_attribute(m, "scope", "row");
    markup_attribute(m, "class", "text");
    markup_text(m, cell.text);
    if (*cell.aside) {
        markup_text(m, " ");
        markup_element(m, "small", cell.aside);
    }
    markup_close(m, "th");
}

const char *html_cell_class(bool word, const char *look)
{
    static const char *const classes[][2] = {
        {"number", "text"}, {"number blank", "text blank"}, {"number short", "text short"}, {"number above", "text above"}};
    size_t which = strcmp(look, "blank") == 0 ? 1 : strcmp(look, "short") == 0 ? 2 : strcmp(look, "above") == 0 ? 3 : 0;
    return classes[which][word];
}

static void cell_write(const struct page_table *page, const struct row *row, uint32_t i)
{
    char text[160];
    const struct column *column = &page->table->measure->columns[i];
    if (column->kind == COLUMN_KEY) {
        key_write(page, column, &row->values[i]);
        return;
    }
    if (page->interval[i])
        shown_cell_interval(page->head, column, &row->values[i], &row->values[i + 1], text, sizeof text);
    else
        shown_cell(page->head, column, &row->values[i], text, sizeof text);
    markup_open(page->m, "td");
    const char *look = row->values[i].kind == VALUE_BLANK ? "blank" : grid_verdict(page->table, row, i);
    markup_attribute(page->m, "class", html_cell_class(column->kind == COLUMN_WORD, look));
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

void html_table_write(struct markup *m, const struct document_head *head, const struct released_table *released,
                      const char *caption, bool wide, const char *anchor)
{
    struct page_table page = {.m = m, .head = head, .table = released_table_view(released), .caption = caption, .wide = wide};
    assert(page.table->column_count <= TABLE_COLUMNS_MOST);
    for (uint32_t i = 0; i < page.table->column_count; i++) {
        page.interval[i] = shown_is_interval(page.table, i);
        page.shown[i] = column_wanted(&page, i);
    }
    page.has_key = key_shown(&page);
    html_table_open(m, caption, page.has_key, anchor);
    head_write(&page);
    markup_open(m, "tbody");
    for (uint32_t r = 0; r < page.table->row_count; r++) {
        if (!grid_row_hidden(page.table, &page.table->rows[r]))
            row_write(&page, &page.table->rows[r]);
    }
    html_table_close(m);
}
