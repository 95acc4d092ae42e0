/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/table_grid.h"

#include <string.h>

#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/matrix_grid.h"

#define CELL_BYTES 192u

/* Where a column of the grid comes from. */
struct source {
    enum { SOURCE_CAPTION, SOURCE_BY, SOURCE_COLUMN } kind;
    uint32_t index;
};

/* A grid while it is made. */
struct making {
    struct ctx *ctx;
    const struct document_head *head;
    const struct table *table;
    struct source *sources;
    struct table_grid *grid;
};

bool grid_row_hidden(const struct table *table, const struct row *row)
{
    uint32_t n = table_column(table, "n");
    return table->by_count && n != UINT32_MAX && row->values[n].kind == VALUE_BLANK && row->values[n].reason == REASON_SUPPRESSED;
}

uint32_t grid_rows_shown(const struct table *table)
{
    uint32_t shown = 0;
    for (uint32_t r = 0; r < table->row_count; r++)
        shown += !grid_row_hidden(table, &table->rows[r]);
    return shown;
}

/* No row has a value. */
static bool column_blank(const struct table *table, uint32_t column)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (table->rows[r].values[column].kind != VALUE_BLANK)
            return false;
    }
    return true;
}

bool grid_column_empty(const struct table *table, uint32_t column)
{
    return table->measure->columns[column].kind == COLUMN_KEY && column_blank(table, column);
}

bool grid_column_stands(const struct table *table, uint32_t column)
{
    const char *name = table->measure->columns[column].name;
    return strcmp(name, "verdict") == 0 || (strcmp(name, "gap_reliability") == 0 && !column_blank(table, column));
}

static bool column_wanted(const struct table *table, uint32_t i, bool wide)
{
    const struct column *column = &table->measure->columns[i];
    bool interval_end = i > 0 && shown_is_interval(table, i - 1);
    return !interval_end && (wide || column->compact || grid_column_stands(table, i)) && !grid_column_empty(table, i);
}

static void head_add(struct making *making, struct source source, struct grid_head head)
{
    making->sources[making->grid->column_count] = source;
    making->grid->heads[making->grid->column_count++] = head;
}

static enum status column_add(struct making *making, uint32_t i)
{
    char text[CELL_BYTES];
    const struct column *column = &making->table->measure->columns[i];
    shown_head(making->head, making->table, i, text, sizeof text);
    const char *kept = arena_copy(making->ctx->arena, span_of(text));
    if (!kept)
        return ctx_no_memory(making->ctx);
    bool words = column->kind == COLUMN_KEY || column->kind == COLUMN_WORD;
    head_add(making, (struct source){SOURCE_COLUMN, i},
             (struct grid_head){kept, shown_head_unit(making->head, column), !words, column->kind == COLUMN_KEY});
    return STATUS_OK;
}

/* Does a column say what a row is about? */
static bool has_key(const struct table *table, bool wide)
{
    for (uint32_t i = 0; i < table->column_count; i++) {
        if (table->measure->columns[i].kind == COLUMN_KEY && column_wanted(table, i, wide))
            return true;
    }
    return table->by_count > 0;
}

static enum status heads_make(struct making *making, bool wide)
{
    const struct table *table = making->table;
    size_t most = (size_t)table->by_count + table->column_count + 1;
    making->sources = arena_array(making->ctx->arena, most, sizeof *making->sources);
    making->grid->heads = arena_array(making->ctx->arena, most, sizeof *making->grid->heads);
    if (!making->sources || !making->grid->heads)
        return ctx_no_memory(making->ctx);
    if (!has_key(table, wide))
        head_add(making, (struct source){SOURCE_CAPTION, 0}, (struct grid_head){"", "", false, true});
    for (uint32_t i = 0; i < table->by_count; i++)
        head_add(making, (struct source){SOURCE_BY, i}, (struct grid_head){table->by[i], "", false, true});
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < table->column_count && !status; i++) {
        if (column_wanted(table, i, wide))
            status = column_add(making, i);
    }
    return status;
}

struct grid_cell grid_key_cell(const struct document_head *head, const struct column *column, const struct value *value)
{
    if (value->kind != VALUE_TEXT)
        return (struct grid_cell){.text = shown_reason(head, value->reason), .aside = "", .verdict = "", .blank = true};
    const char *text = shown_key_text(head, column, value->text);
    const char *word = *text ? "" : shown_key_word(head, column, value->text);
    if (*word)
        return (struct grid_cell){.text = word, .aside = "", .verdict = ""};
    bool enough = !*text || span_equal_caseless(span_of(text), span_of(value->text));
    return (struct grid_cell){.text = *text ? text : value->text, .aside = enough ? "" : value->text, .verdict = ""};
}

const char *grid_verdict(const struct table *table, const struct row *row, uint32_t column)
{
    const char *name = table->measure->columns[column].name;
    if (strcmp(name, "verdict") != 0 && strcmp(name, "gap") != 0)
        return "";
    uint32_t verdict = table_column(table, "verdict");
    if (verdict == UINT32_MAX || row->values[verdict].kind != VALUE_TEXT)
        return "";
    const char *said = row->values[verdict].text;
    return strcmp(said, "short") == 0 || strcmp(said, "above") == 0 ? said : "";
}

static enum status value_cell(struct making *making, const struct row *row, uint32_t i, struct grid_cell *cell)
{
    char text[CELL_BYTES];
    const struct column *column = &making->table->measure->columns[i];
    if (column->kind == COLUMN_KEY) {
        *cell = grid_key_cell(making->head, column, &row->values[i]);
        return STATUS_OK;
    }
    bool interval = shown_is_interval(making->table, i);
    if (interval)
        shown_cell_interval(making->head, column, &row->values[i], &row->values[i + 1], text, sizeof text);
    else
        shown_cell(making->head, column, &row->values[i], text, sizeof text);
    bool blank = row->values[i].kind == VALUE_BLANK || (interval && row->values[i + 1].kind == VALUE_BLANK);
    *cell = (struct grid_cell){.text = arena_copy(making->ctx->arena, span_of(text)),
                               .aside = "",
                               .verdict = blank ? "" : grid_verdict(making->table, row, i),
                               .blank = blank};
    return cell->text ? STATUS_OK : ctx_no_memory(making->ctx);
}

static enum status row_make(struct making *making, const struct row *row, struct grid_cell *cells)
{
    enum status status = STATUS_OK;
    for (uint32_t c = 0; c < making->grid->column_count && !status; c++) {
        struct source source = making->sources[c];
        const char *group = source.kind == SOURCE_BY ? row->by[source.index] : making->grid->caption;
        if (source.kind == SOURCE_COLUMN)
            status = value_cell(making, row, source.index, &cells[c]);
        else
            cells[c] = (struct grid_cell){
                .text = group ? group : words_or_english(making->head->language, "group.no_answer"), .aside = "", .verdict = ""};
    }
    return status;
}

enum status table_grid_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block, bool wide,
                            struct table_grid *out)
{
    const struct table *table = released_table_view(block->table);
    *out = (struct table_grid){.caption = block->text ? block->text : shown_table_title(head, table->measure)};
    if (block->kind == DOCUMENT_MATRIX)
        return matrix_grid_make(ctx, head, block, out);
    struct making making = {.ctx = ctx, .head = head, .table = table, .grid = out};
    enum status status = heads_make(&making, wide || block->wide);
    if (status)
        return status;
    out->cells = arena_array(ctx->arena, (size_t)table->row_count * out->column_count + 1, sizeof *out->cells);
    if (!out->cells)
        return ctx_no_memory(ctx);
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        if (!grid_row_hidden(table, &table->rows[r]))
            status = row_make(&making, &table->rows[r], &out->cells[(size_t)out->row_count++ * out->column_count]);
    }
    return status;
}
