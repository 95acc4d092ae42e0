/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html_matrix.h"

#include "model/measure.h"
#include "model/shown.h"
#include "render/html_table.h"

/* A table seen as a grid: the first row of each line and of each group that is shown. */
struct matrix {
    struct markup *m;
    const struct document_head *head;
    const struct table *table;
    const struct row **lines, **groups;
    uint32_t line_count, group_count;
};

static bool row_hidden(const struct matrix *matrix, const struct row *row)
{
    const struct value *n = table_value(matrix->table, row, "n");
    return n->kind == VALUE_BLANK && n->reason == REASON_SUPPRESSED;
}

static bool line_known(const struct matrix *matrix, const struct row *row)
{
    for (uint32_t i = 0; i < matrix->line_count; i++) {
        if (matrix->lines[i]->line == row->line)
            return true;
    }
    return false;
}

/* Rows of a group stand together, so only the last one can be the same. */
static bool group_known(const struct matrix *matrix, const struct row *row)
{
    return matrix->group_count && matrix->groups[matrix->group_count - 1]->group == row->group;
}

static enum status matrix_make(struct ctx *ctx, struct matrix *matrix)
{
    uint32_t rows = matrix->table->row_count;
    matrix->lines = arena_array(ctx->arena, rows + 1u, sizeof *matrix->lines);
    matrix->groups = arena_array(ctx->arena, rows + 1u, sizeof *matrix->groups);
    if (!matrix->lines || !matrix->groups)
        return ctx_no_memory(ctx);
    for (uint32_t r = 0; r < rows; r++) {
        const struct row *row = &matrix->table->rows[r];
        if (row_hidden(matrix, row))
            continue;
        if (!group_known(matrix, row))
            matrix->groups[matrix->group_count++] = row;
        if (!line_known(matrix, row))
            matrix->lines[matrix->line_count++] = row;
    }
    return STATUS_OK;
}

static const struct row *matrix_row(const struct matrix *matrix, const struct row *line, const struct row *group)
{
    for (uint32_t r = 0; r < matrix->table->row_count; r++) {
        const struct row *row = &matrix->table->rows[r];
        if (row->line == line->line && row->group == group->group)
            return row;
    }
    return NULL;
}

static void cell_write(const struct matrix *matrix, const struct row *row)
{
    uint32_t gap = table_column(matrix->table, "gap"), low = table_column(matrix->table, "ci_low");
    const struct column *columns = matrix->table->measure->columns;
    char text[160];
    markup_open(matrix->m, "td");
    if (row) {
        markup_attribute(matrix->m, "class", html_cell_class(matrix->table, row, gap));
        shown_cell(matrix->head, &columns[gap], &row->values[gap], text, sizeof text);
        markup_text(matrix->m, text);
    }
    if (row && row->values[low].kind == VALUE_NUMBER) {
        shown_cell_interval(matrix->head, &columns[low], &row->values[low], &row->values[low + 1], text, sizeof text);
        markup_text(matrix->m, " ");
        markup_element(matrix->m, "small", text);
    }
    markup_close(matrix->m, "td");
}

static void plain_head(struct markup *m, const char *scope, const char *class, const char *text)
{
    markup_open(m, "th");
    markup_attribute(m, "scope", scope);
    markup_attribute(m, "class", class);
    markup_text(m, text);
    markup_close(m, "th");
}

static enum status group_head(struct ctx *ctx, const struct matrix *matrix, const struct row *group, const char *scope,
                              const char *class)
{
    const char *name = NULL;
    enum status status = shown_group(ctx, matrix->head, matrix->table, group, &name);
    if (!status)
        plain_head(matrix->m, scope, class, name);
    return status;
}

/* A line's name as the head of a column. */
static void line_head(const struct matrix *matrix, const struct row *line)
{
    const struct value *key = &line->values[0];
    const char *id = key->kind == VALUE_TEXT ? key->text : "";
    const char *text = shown_key_text(matrix->head, &matrix->table->measure->columns[0], id);
    plain_head(matrix->m, "col", "number", *text ? text : id);
}

static enum status rows_of_lines(struct ctx *ctx, const struct matrix *matrix)
{
    struct markup *m = matrix->m;
    enum status status = STATUS_OK;
    markup_open(m, "thead");
    markup_open(m, "tr");
    char title[128];
    shown_head(matrix->head, matrix->table, 0, title, sizeof title);
    plain_head(m, "col", "text", title);
    for (uint32_t g = 0; g < matrix->group_count && !status; g++)
        status = group_head(ctx, matrix, matrix->groups[g], "col", "number");
    markup_close(m, "tr");
    markup_close(m, "thead");
    markup_open(m, "tbody");
    for (uint32_t i = 0; i < matrix->line_count; i++) {
        markup_open(m, "tr");
        html_key_write(m, matrix->head, &matrix->table->measure->columns[0], &matrix->lines[i]->values[0]);
        for (uint32_t g = 0; g < matrix->group_count; g++)
            cell_write(matrix, matrix_row(matrix, matrix->lines[i], matrix->groups[g]));
        markup_close(m, "tr");
        markup_newline(m);
    }
    return status;
}

static enum status rows_of_groups(struct ctx *ctx, const struct matrix *matrix)
{
    struct markup *m = matrix->m;
    enum status status = STATUS_OK;
    markup_open(m, "thead");
    markup_open(m, "tr");
    plain_head(m, "col", "text", matrix->table->by[0]);
    for (uint32_t i = 0; i < matrix->line_count; i++)
        line_head(matrix, matrix->lines[i]);
    markup_close(m, "tr");
    markup_close(m, "thead");
    markup_open(m, "tbody");
    for (uint32_t g = 0; g < matrix->group_count && !status; g++) {
        markup_open(m, "tr");
        status = group_head(ctx, matrix, matrix->groups[g], "row", "text");
        for (uint32_t i = 0; i < matrix->line_count; i++)
            cell_write(matrix, matrix_row(matrix, matrix->lines[i], matrix->groups[g]));
        markup_close(m, "tr");
        markup_newline(m);
    }
    return status;
}

enum status html_matrix_write(struct ctx *ctx, struct markup *m, const struct document_head *head,
                              const struct document_block *block, const char *anchor)
{
    struct matrix matrix = {.m = m, .head = head, .table = released_table_view(block->table)};
    enum status status = matrix_make(ctx, &matrix);
    if (status || !matrix.group_count)
        return status;
    html_table_open(m, block->text, true, anchor);
    status = block->turned ? rows_of_groups(ctx, &matrix) : rows_of_lines(ctx, &matrix);
    html_table_close(m);
    return status;
}
