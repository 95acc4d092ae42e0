/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xlsx_sheet.h"

#include <math.h>
#include <string.h>

#include "model/measure.h"
#include "model/phrase.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/matrix_grid.h"
#include "render/xlsx_number.h"
#include "render/xlsx_text.h"

#define CELL_BYTES      192u
#define HEAD_WIDTH_MOST 12u
#define HEAD_LINES_MOST 5.0
#define LINE_POINTS     15.0
#define WIDTH_LEAST     8.0
#define WIDTH_MOST      60.0
#define WIDTH_PADDING   3.0 /* the filter's button stands in the head */
#define MEANING_WIDTH   90.0

/* Where a column of a sheet comes from. */
struct sheet_column {
    enum { COLUMN_OF_GROUP, COLUMN_OF_VALUE, COLUMN_OF_KEY_TEXT } kind;
    uint32_t index; /* of the table, or which by */
    const char *head;
    bool number;
    size_t width; /* letters */
    size_t head_width;
};

/* A sheet while it is filled. */
struct filling_sheet {
    struct xlsx_book *book;
    const struct xlsx_sheet *sheet;
    const struct document_head *head;
    const struct table *table;
    struct sheet_column *columns;
    lxw_col_t count, key_count; /* keys stand in front and stay */
};

const char *xlsx_column_head(struct ctx *ctx, const struct document_head *head, const struct table *table, uint32_t column)
{
    char text[CELL_BYTES];
    bool low = shown_is_interval(table, column), high = column > 0 && shown_is_interval(table, column - 1);
    uint32_t of = high ? column - 1 : column;
    shown_head(head, table, of, text, sizeof text);
    const struct phrase_word words[] = {{"interval", text}, {NULL, NULL}};
    const char *named = arena_copy(ctx->arena, span_of(text));
    if (low || high) {
        enum status status = phrase_make(ctx, head->language, low ? "workbook.from" : "workbook.to", words, &named);
        named = status ? NULL : xlsx_bare_text(ctx, named);
    }
    struct shown_form form = shown_form(&table->measure->columns[of]);
    const char *unit = form.percent ? "" : shown_head_unit(head, &table->measure->columns[of]); /* the cells say % themselves */
    return named && *unit ? arena_format(ctx->arena, "%s, %s", named, unit) : named;
}

/* What a key says in words: an item's text, a dimension's title, a word of ours; "" when the key says enough. */
static const char *key_text(const struct document_head *head, const struct column *column, const struct value *value)
{
    if (value->kind != VALUE_TEXT)
        return "";
    const char *text = shown_key_text(head, column, value->text);
    text = *text ? text : shown_key_word(head, column, value->text);
    return span_equal_caseless(span_of(text), span_of(value->text)) ? "" : text;
}

/* Does any row have words for its key that are not the key itself? */
static bool key_has_text(const struct filling_sheet *filling, uint32_t column)
{
    for (uint32_t r = 0; r < filling->table->row_count; r++) {
        if (*key_text(filling->head, &filling->table->measure->columns[column], &filling->table->rows[r].values[column]))
            return true;
    }
    return false;
}

static void column_add(struct filling_sheet *filling, struct sheet_column column)
{
    filling->book->no_memory = filling->book->no_memory || !column.head;
    size_t head_width = column.head ? text_width(span_of(column.head)) : 0;
    column.width = head_width < HEAD_WIDTH_MOST ? head_width : HEAD_WIDTH_MOST; /* a longer one is broken into lines */
    column.head_width = head_width;
    filling->columns[filling->count++] = column;
}

static void value_column_add(struct filling_sheet *filling, uint32_t i)
{
    struct ctx *ctx = filling->book->ctx;
    const struct column *column = &filling->table->measure->columns[i];
    bool key = column->kind == COLUMN_KEY;
    const char *head = xlsx_column_head(ctx, filling->head, filling->table, i);
    column_add(filling, (struct sheet_column){COLUMN_OF_VALUE, i, head, !key && column->kind != COLUMN_WORD, 0, 0});
    const struct phrase_word words[] = {{"key", head ? head : ""}, {NULL, NULL}};
    const char *text_head = NULL;
    if (key && key_has_text(filling, i)) {
        enum status status = phrase_make(ctx, filling->head->language, "workbook.in_words", words, &text_head);
        text_head = status ? NULL : xlsx_bare_text(ctx, text_head);
        column_add(filling, (struct sheet_column){COLUMN_OF_KEY_TEXT, i, text_head, false, 0, 0});
    }
    if (key && filling->key_count + 2 >= filling->count)
        filling->key_count = filling->count;
}

static enum status columns_make(struct filling_sheet *filling)
{
    const struct table *table = filling->table;
    filling->columns =
        arena_array(filling->book->ctx->arena, table->by_count + 2u * table->column_count + 1u, sizeof *filling->columns);
    if (!filling->columns)
        return ctx_no_memory(filling->book->ctx);
    for (uint32_t i = 0; i < table->by_count; i++)
        column_add(filling, (struct sheet_column){COLUMN_OF_GROUP, i, table->by[i], false, 0, 0});
    filling->key_count = filling->count;
    for (uint32_t i = 0; i < table->column_count; i++) {
        if (!grid_column_empty(table, i))
            value_column_add(filling, i);
    }
    return filling->book->no_memory ? ctx_no_memory(filling->book->ctx) : STATUS_OK;
}

/* Texts of cells and how they look; numbers are written by themselves. */
static const char *cell_text(const struct filling_sheet *filling, const struct sheet_column *column, const struct row *row,
                             char *room, enum xlsx_look *look)
{
    *look = LOOK_PLAIN;
    if (column->kind == COLUMN_OF_GROUP)
        return row->by[column->index] ? row->by[column->index] : words_or_english(filling->head->language, "group.no_answer");
    const struct column *of = &filling->table->measure->columns[column->index];
    const struct value *value = &row->values[column->index];
    if (column->kind == COLUMN_OF_KEY_TEXT)
        return key_text(filling->head, of, value);
    if (value->kind == VALUE_BLANK)
        *look = column->number ? LOOK_BLANK : LOOK_BLANK_TEXT;
    if (of->kind == COLUMN_KEY && value->kind == VALUE_TEXT)
        return value->text;
    const char *verdict = grid_verdict(filling->table, row, column->index);
    if (value->kind == VALUE_TEXT && *verdict)
        *look = strcmp(verdict, "short") == 0 ? LOOK_SHORT : LOOK_ABOVE;
    shown_cell(filling->head, of, value, room, CELL_BYTES);
    return room;
}

static void cell_write(struct filling_sheet *filling, lxw_row_t at, lxw_col_t c, const struct row *row)
{
    char room[CELL_BYTES];
    enum xlsx_look look = LOOK_PLAIN;
    struct sheet_column *column = &filling->columns[c];
    const char *text = cell_text(filling, column, row, room, &look);
    size_t width = text_width(span_of(text));
    column->width = width > column->width ? width : column->width;
    const struct value *value = column->kind == COLUMN_OF_VALUE ? &row->values[column->index] : NULL;
    if (!value || value->kind == VALUE_TEXT || value->kind == VALUE_BLANK) {
        xlsx_write_text(filling->book, filling->sheet->sheet, at, c, text, look);
        return;
    }
    const struct column *of = &filling->table->measure->columns[column->index];
    const char *verdict = grid_verdict(filling->table, row, column->index);
    look = !*verdict ? LOOK_PLAIN : strcmp(verdict, "short") == 0 ? LOOK_SHORT : LOOK_ABOVE;
    double number = value->kind == VALUE_COUNT ? (double)value->count : xlsx_number(of, value->number);
    xlsx_write_number(filling->book, filling->sheet->sheet, at, c, number, xlsx_number_look(filling->book, of, look));
}

/* How many groups are hidden, in the words of the reports. */
static enum status hidden_write(const struct filling_sheet *filling, lxw_row_t *at)
{
    struct ctx *ctx = filling->book->ctx;
    const struct released_table *released = filling->sheet->table;
    uint32_t hidden = released_table_hidden_groups(released);
    if (!hidden || !filling->table->by_count)
        return STATUS_OK;
    const struct phrase_word words[] = {{"hidden", arena_format(ctx->arena, "%u", hidden)},
                                        {"groups", arena_format(ctx->arena, "%u", released_table_groups(released))},
                                        {"floor", arena_format(ctx->arena, "%u", released_table_floor(released))},
                                        {"segment", filling->table->by[0]},
                                        {NULL, NULL}};
    if (!words[0].text || !words[1].text || !words[2].text)
        return ctx_no_memory(ctx);
    const char *note = NULL;
    enum status status =
        phrase_make(ctx, filling->head->language, hidden == 1 ? "facts.hidden.one" : "facts.hidden", words, &note);
    if (!status)
        xlsx_write_text(filling->book, filling->sheet->sheet, (*at)++, 0, note, LOOK_NOTE);
    return status;
}

static enum status notes_write(const struct filling_sheet *filling, lxw_row_t at)
{
    const struct table *table = filling->table;
    const char *const *notes = NULL;
    enum status status = notes_say(filling->book->ctx, filling->head->language, table->notes, table->note_count, &notes);
    for (uint32_t i = 0; i < table->note_count && !status; i++)
        xlsx_write_text(filling->book, filling->sheet->sheet, at++, 0, notes[i], LOOK_NOTE);
    if (!status)
        status = hidden_write(filling, &at);
    xlsx_write_link(filling->book, filling->sheet->sheet, at, 0, filling->book->report_name, filling->book->report_name);
    return status;
}

/* The widths of the columns, and the height of the head that its lines need. */
static void widths_set(const struct filling_sheet *filling)
{
    double all = 0, lines = 1;
    for (lxw_col_t c = 0; c < filling->count; c++) {
        double width = (double)filling->columns[c].width + WIDTH_PADDING;
        width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
        xlsx_note_error(filling->book, worksheet_set_column(filling->sheet->sheet, c, c, width, NULL));
        all += width;
        /* A line ends at a space, so that some of its width stays free. */
        lines = fmax(lines, ceil(1.3 * (double)filling->columns[c].head_width / width));
    }
    lines = fmin(lines, HEAD_LINES_MOST);
    xlsx_note_error(filling->book, worksheet_set_row(filling->sheet->sheet, 0, lines * LINE_POINTS, NULL));
    xlsx_print_setup(filling->book, filling->sheet->sheet, all, filling->key_count);
}

enum status xlsx_sheet_fill(struct xlsx_book *book, const struct xlsx_sheet *sheet)
{
    struct filling_sheet filling = {
        .book = book, .sheet = sheet, .head = &book->document->head, .table = released_table_view(sheet->table)};
    enum status status = columns_make(&filling);
    if (status)
        return status;
    lxw_row_t at = 1;
    for (uint32_t r = 0; r < filling.table->row_count; r++) {
        if (grid_row_hidden(filling.table, &filling.table->rows[r]))
            continue;
        for (lxw_col_t c = 0; c < filling.count; c++)
            cell_write(&filling, at, c, &filling.table->rows[r]);
        at++;
    }
    for (lxw_col_t c = 0; c < filling.count; c++)
        xlsx_write_text(book, sheet->sheet, 0, c, filling.columns[c].head,
                        filling.columns[c].number ? LOOK_HEAD_NUMBER : LOOK_HEAD);
    worksheet_freeze_panes(sheet->sheet, 1, filling.key_count);
    worksheet_repeat_rows(sheet->sheet, 0, 0);
    xlsx_note_error(book, worksheet_autofilter(sheet->sheet, 0, 0, at - 1, (lxw_col_t)(filling.count - 1)));
    widths_set(&filling);
    return notes_write(&filling, at + 1);
}

static void column_explain(struct xlsx_book *book, const struct xlsx_sheet *sheet, uint32_t i, lxw_row_t at)
{
    const struct table *table = released_table_view(sheet->table);
    const struct column *column = &table->measure->columns[i];
    const char *head = xlsx_column_head(book->ctx, &book->document->head, table, i);
    if (!head) {
        book->no_memory = true;
        return;
    }
    xlsx_write_link(book, book->columns, at, 0, sheet->name, sheet->name);
    xlsx_write_text(book, book->columns, at, 1, head, LOOK_PLAIN);
    xlsx_write_text(book, book->columns, at, 2, column->name, LOOK_PLAIN);
    xlsx_write_text(book, book->columns, at, 3, shown_unit_name(&book->document->head, column), LOOK_PLAIN);
    xlsx_write_text(book, book->columns, at, 4, shown_meaning(&book->document->head, column), LOOK_PLAIN);
}

void xlsx_columns_fill(struct xlsx_book *book)
{
    static const char *const heads[] = {"workbook.sheet", "workbook.column", "workbook.name", "workbook.unit",
                                        "workbook.meaning"};
    static const double widths[] = {32, 40, 26, 24, MEANING_WIDTH};
    lxw_row_t at = 1;
    for (lxw_col_t c = 0; c < 5; c++) {
        xlsx_write_text(book, book->columns, 0, c, words_or_english(book->document->head.language, heads[c]), LOOK_HEAD);
        xlsx_note_error(book, worksheet_set_column(book->columns, c, c, widths[c], NULL));
    }
    for (uint32_t s = 0; s < book->sheet_count; s++) {
        const struct table *table = released_table_view(book->sheets[s].table);
        for (uint32_t i = 0; i < table->column_count; i++) {
            if (!grid_column_empty(table, i))
                column_explain(book, &book->sheets[s], i, at++);
        }
    }
    worksheet_freeze_panes(book->columns, 1, 0);
    worksheet_repeat_rows(book->columns, 0, 0);
    xlsx_print_setup(book, book->columns, 212, 0);
    xlsx_note_error(book, worksheet_autofilter(book->columns, 0, 0, at - 1, 4));
}
