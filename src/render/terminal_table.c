/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/terminal_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"

#define BAR_HALF         6u
#define TEXT_COLUMNS_MIN 12u
#define TEXT_COLUMNS_MAX 44u
#define DEFAULT_COLUMNS  100u
#define HEAD_BYTES       160u

/* One printed column. */
struct printed {
    enum { PRINTED_BY, PRINTED_VALUE, PRINTED_INTERVAL, PRINTED_TEXT, PRINTED_BAR } kind;
    uint32_t column; /* of the table, or which by */
    const char *head;
    size_t width;
    bool left; /* text stands left, numbers right */
};

struct grid {
    const struct document_head *head;
    const struct table *table;
    const struct rendering *rendering;
    struct printed *columns;
    uint32_t count;
    double largest_gap;
};

static enum status printed_add(struct ctx *ctx, struct grid *grid, struct printed printed, const char *head)
{
    printed.head = arena_copy(ctx->arena, span_of(head));
    if (!printed.head)
        return ctx_no_memory(ctx);
    printed.width = text_width(span_of(head));
    grid->columns[grid->count++] = printed;
    return STATUS_OK;
}

static bool key_has_text(const struct grid *grid, uint32_t column)
{
    for (uint32_t r = 0; r < grid->table->row_count; r++) {
        const struct value *value = &grid->table->rows[r].values[column];
        const char *text =
            value->kind == VALUE_TEXT ? shown_key_text(grid->head, &grid->table->measure->columns[column], value->text) : "";
        if (*text && strcmp(text, value->text) != 0)
            return true;
    }
    return false;
}

static enum status value_columns_add(struct ctx *ctx, struct grid *grid, uint32_t i)
{
    const struct column *column = &grid->table->measure->columns[i];
    bool interval = shown_is_interval(grid->table, i);
    char title[HEAD_BYTES], head[HEAD_BYTES + 32];
    const char *unit = shown_unit(column);
    bool said = !*unit || strcmp(unit, "points") == 0; /* the caption and the scale say so */
    shown_head(grid->head, grid->table, i, title, sizeof title);
    (void)snprintf(head, sizeof head, "%s%s%s", title, said ? "" : ", ", said ? "" : unit);
    bool left = column->kind == COLUMN_KEY || column->kind == COLUMN_WORD;
    struct printed printed = {.kind = interval ? PRINTED_INTERVAL : PRINTED_VALUE, .column = i, .left = left};
    enum status status = printed_add(ctx, grid, printed, head);
    if (!status && column->kind == COLUMN_KEY && strcmp(column->name, "item") == 0 && key_has_text(grid, i))
        status = printed_add(ctx, grid, (struct printed){.kind = PRINTED_TEXT, .column = i, .left = true}, "");
    if (!status && strcmp(column->name, "gap") == 0 && grid->rendering->utf8)
        status = printed_add(ctx, grid, (struct printed){.kind = PRINTED_BAR, .column = i, .left = true}, "");
    return status;
}

static enum status by_column_add(struct ctx *ctx, struct grid *grid, uint32_t i)
{
    char head[HEAD_BYTES];
    text_printable(span_of(grid->table->by[i]), head, sizeof head);
    return printed_add(ctx, grid, (struct printed){.kind = PRINTED_BY, .column = i, .left = true}, head);
}

/* A key that no row has (the item of a table of dimensions) is not shown. */
static bool column_empty(const struct table *table, uint32_t i)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (table->rows[r].values[i].kind != VALUE_BLANK)
            return false;
    }
    return table->measure->columns[i].kind == COLUMN_KEY;
}

static enum status grid_columns(struct ctx *ctx, struct grid *grid, bool wide)
{
    const struct table *table = grid->table;
    grid->columns = arena_array(ctx->arena, table->by_count + 3u * table->column_count + 1u, sizeof *grid->columns);
    if (!grid->columns)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < table->by_count && !status; i++)
        status = by_column_add(ctx, grid, i);
    for (uint32_t i = 0; i < table->column_count && !status; i++) {
        const struct column *column = &table->measure->columns[i];
        bool interval_end = i > 0 && shown_is_interval(table, i - 1);
        if (!interval_end && (wide || column->compact) && !column_empty(table, i))
            status = value_columns_add(ctx, grid, i);
    }
    return status;
}

static void largest_gap_find(struct grid *grid)
{
    uint32_t column = table_column(grid->table, "gap");
    for (uint32_t r = 0; column != UINT32_MAX && r < grid->table->row_count; r++) {
        const struct value *value = &grid->table->rows[r].values[column];
        if (value->kind == VALUE_NUMBER && fabs(value->number) > grid->largest_gap)
            grid->largest_gap = fabs(value->number);
    }
}

/* ▐███│     : to the left of the middle when short, to the right when above; half columns. */
static void bar_format(const struct grid *grid, const struct value *value, char *into, size_t size)
{
    into[0] = '\0';
    if (value->kind != VALUE_NUMBER || grid->largest_gap <= 0)
        return;
    unsigned halves = (unsigned)lround(fabs(value->number) / grid->largest_gap * 2 * BAR_HALF);
    unsigned full = halves / 2, half = halves % 2;
    size_t used = 0;
    bool negative = value->number < 0;
    for (unsigned i = 0; i < BAR_HALF; i++) {
        unsigned from_middle = BAR_HALF - 1 - i;
        const char *glyph = !negative || from_middle > full || (from_middle == full && !half) ? " "
                            : from_middle == full                                             ? "▐"
                                                                                              : "█";
        used += (size_t)snprintf(into + used, size - used, "%s", glyph);
    }
    used += (size_t)snprintf(into + used, size - used, "│");
    for (unsigned i = 0; !negative && i < full + half; i++)
        used += (size_t)snprintf(into + used, size - used, "%s", i < full ? "█" : "▌");
}

static void cell_format(const struct grid *grid, const struct printed *printed, const struct row *row, char *into, size_t size)
{
    const struct column *column = &grid->table->measure->columns[printed->column];
    const struct value *value = &row->values[printed->column];
    bool utf8 = grid->rendering->utf8;
    if (printed->kind == PRINTED_BY)
        text_printable(span_of(row->by[printed->column] ? row->by[printed->column]
                                                        : words_or_english(grid->head->language, "group.no_answer")),
                       into, size);
    else if (printed->kind == PRINTED_INTERVAL)
        shown_interval(column, value, value + 1, utf8, into, size);
    else if (printed->kind == PRINTED_BAR)
        bar_format(grid, value, into, size);
    else if (printed->kind == PRINTED_TEXT)
        text_printable(span_of(value->kind == VALUE_TEXT ? shown_key_text(grid->head, column, value->text) : ""), into, size);
    else if (value->kind == VALUE_TEXT && column->kind == COLUMN_KEY)
        text_printable(span_of(value->text), into, size);
    else
        shown_value(column, value, utf8, into, size);
}

#define CELL_BYTES 512u

/* A row of a hidden group says so once, behind its name. */
static bool row_hidden(const struct table *table, const struct row *row)
{
    uint32_t n = table_column(table, "n");
    return table->by_count && n != UINT32_MAX && row->values[n].kind == VALUE_BLANK && row->values[n].reason == REASON_SUPPRESSED;
}

/* Does the column say what a row is about? */
static bool names_row(const struct grid *grid, const struct printed *printed)
{
    return printed->kind == PRINTED_BY || printed->kind == PRINTED_TEXT ||
           grid->table->measure->columns[printed->column].kind == COLUMN_KEY;
}

/* Where the numbers fill the terminal there is no room for a picture.
 * gives   the columns that become free */
static size_t bar_drop(struct grid *grid, bool narrow)
{
    for (uint32_t i = 0; narrow && i < grid->count; i++) {
        if (grid->columns[i].kind != PRINTED_BAR)
            continue;
        size_t width = grid->columns[i].width + 2;
        memmove(&grid->columns[i], &grid->columns[i + 1], (grid->count - i - 1) * sizeof *grid->columns);
        grid->count--;
        return width;
    }
    return 0;
}

static void grid_measure(struct grid *grid)
{
    char text[CELL_BYTES];
    size_t total = 0;
    for (uint32_t i = 0; i < grid->count; i++) {
        struct printed *printed = &grid->columns[i];
        for (uint32_t r = 0; r < grid->table->row_count; r++) {
            if (row_hidden(grid->table, &grid->table->rows[r]) && !names_row(grid, printed))
                continue;
            cell_format(grid, printed, &grid->table->rows[r], text, sizeof text);
            size_t width = text_width(span_of(text));
            printed->width = width > printed->width ? width : printed->width;
        }
        if (printed->kind != PRINTED_TEXT)
            total += printed->width + 2;
    }
    size_t room = grid->rendering->columns ? grid->rendering->columns : DEFAULT_COLUMNS;
    total -= bar_drop(grid, total + TEXT_COLUMNS_MIN + 2 > room);
    size_t left = room > total + 2 ? room - total - 2 : 0;
    size_t most = left < TEXT_COLUMNS_MIN ? TEXT_COLUMNS_MIN : left > TEXT_COLUMNS_MAX ? TEXT_COLUMNS_MAX : left;
    for (uint32_t i = 0; i < grid->count; i++) {
        if (grid->columns[i].kind == PRINTED_TEXT && grid->columns[i].width > most)
            grid->columns[i].width = most;
    }
}

static void spaces(struct out *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out_char(out, ' ');
}

static void cell_write(struct out *out, const struct grid *grid, const struct printed *printed, const char *text, bool last)
{
    bool cut = false;
    size_t kept = text_fit(span_of(text), printed->width, &cut);
    struct span shown = {.at = text, .length = kept};
    const char *ellipsis = cut ? (grid->rendering->utf8 ? "…" : ".") : "";
    size_t width = text_width(shown) + (cut ? 1 : 0);
    size_t padding = printed->width > width ? printed->width - width : 0;
    spaces(out, printed->left ? 0 : padding);
    out_span(out, shown);
    out_text(out, ellipsis);
    if (printed->left && !last)
        spaces(out, padding);
    if (!last)
        out_text(out, "  ");
}

static const char *verdict_colour(const struct grid *grid, const struct row *row)
{
    uint32_t column = table_column(grid->table, "verdict");
    if (!grid->rendering->colour || column == UINT32_MAX || row->values[column].kind != VALUE_TEXT)
        return "";
    const char *verdict = row->values[column].text;
    if (strcmp(verdict, "short") == 0)
        return "\033[38;5;166m";
    if (strcmp(verdict, "above") == 0)
        return "\033[38;5;32m";
    return "\033[38;5;244m";
}

static void row_write(struct out *out, const struct grid *grid, const struct row *row)
{
    char text[CELL_BYTES];
    spaces(out, 2);
    for (uint32_t i = 0; i < grid->count; i++) {
        const struct printed *printed = &grid->columns[i];
        if (row_hidden(grid->table, row) && !names_row(grid, printed)) {
            out_text(out, reason_words(REASON_SUPPRESSED));
            break;
        }
        bool gap = printed->kind == PRINTED_BAR || strcmp(grid->table->measure->columns[printed->column].name, "gap") == 0;
        const char *colour = gap ? verdict_colour(grid, row) : "";
        cell_format(grid, printed, row, text, sizeof text);
        out_text(out, colour);
        cell_write(out, grid, printed, text, i + 1 == grid->count);
        out_text(out, *colour ? "\033[0m" : "");
    }
    out_char(out, '\n');
}

static void rule_write(struct out *out, const struct grid *grid)
{
    size_t width = 0;
    for (uint32_t i = 0; i < grid->count; i++)
        width += grid->columns[i].width + (i + 1 < grid->count ? 2 : 0);
    spaces(out, 2);
    for (size_t i = 0; i < width; i++)
        out_text(out, grid->rendering->utf8 ? "─" : "-");
    out_char(out, '\n');
}

enum status terminal_table_write(struct ctx *ctx, struct out *out, const struct document_head *head, const struct table *table,
                                 const struct rendering *rendering, bool wide)
{
    struct grid grid = {.head = head, .table = table, .rendering = rendering};
    enum status status = grid_columns(ctx, &grid, wide);
    if (status)
        return status;
    largest_gap_find(&grid);
    grid_measure(&grid);
    spaces(out, 2);
    for (uint32_t i = 0; i < grid.count; i++)
        cell_write(out, &grid, &grid.columns[i], grid.columns[i].head, i + 1 == grid.count);
    out_char(out, '\n');
    rule_write(out, &grid);
    for (uint32_t r = 0; r < table->row_count; r++)
        row_write(out, &grid, &table->rows[r]);
    rule_write(out, &grid);
    const char *const *notes = NULL;
    status = notes_say(ctx, head->language, table->notes, table->note_count, &notes);
    for (uint32_t i = 0; i < table->note_count && !status; i++)
        terminal_wrap(out, "  ", 2, notes[i], rendering);
    return status;
}

void terminal_wrap(struct out *out, const char *mark, unsigned indent, const char *text, const struct rendering *rendering)
{
    size_t room = rendering->columns ? rendering->columns : DEFAULT_COLUMNS;
    room = room > 100 ? 100 : room;
    size_t at = indent;
    out_text(out, mark);
    bool first = true;
    while (*text) {
        size_t length = strcspn(text, " \n");
        struct span word = {.at = text, .length = length};
        size_t width = text_width(word);
        if (!first && at + 1 + width > room) {
            out_char(out, '\n');
            spaces(out, indent);
            at = indent;
            first = true;
        }
        if (!first)
            out_char(out, ' ');
        at += width + (first ? 0 : 1);
        out_span(out, word);
        first = false;
        text += length + strspn(text + length, " \n");
    }
    out_char(out, '\n');
}
