/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/matrix_grid.h"

#include "model/measure.h"
#include "model/shown.h"

static bool line_known(const struct grid_axes *axes, const struct row *row)
{
    for (uint32_t i = 0; i < axes->line_count; i++) {
        if (axes->lines[i]->line == row->line)
            return true;
    }
    return false;
}

enum status grid_axes_find(struct ctx *ctx, const struct table *table, struct grid_axes *out)
{
    *out = (struct grid_axes){.table = table,
                              .lines = arena_array(ctx->arena, table->row_count + 1u, sizeof *out->lines),
                              .groups = arena_array(ctx->arena, table->row_count + 1u, sizeof *out->groups)};
    if (!out->lines || !out->groups)
        return ctx_no_memory(ctx);
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (grid_row_hidden(table, row))
            continue;
        /* Rows of a group stand together, so only the last one can be the same. */
        if (!out->group_count || out->groups[out->group_count - 1]->group != row->group)
            out->groups[out->group_count++] = row;
        if (!line_known(out, row))
            out->lines[out->line_count++] = row;
    }
    return STATUS_OK;
}

const struct row *grid_axes_row(const struct grid_axes *axes, const struct row *line, const struct row *group)
{
    for (uint32_t r = 0; r < axes->table->row_count; r++) {
        const struct row *row = &axes->table->rows[r];
        if (row->line == line->line && row->group == group->group)
            return row;
    }
    return NULL;
}

static enum status gap_cell(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                            struct grid_cell *cell)
{
    *cell = (struct grid_cell){.text = "", .aside = "", .verdict = ""};
    if (!row)
        return STATUS_OK;
    uint32_t gap = table_column(table, "gap"), low = table_column(table, "ci_low");
    const struct column *columns = table->measure->columns;
    char text[160];
    shown_cell(head, &columns[gap], &row->values[gap], text, sizeof text);
    cell->text = arena_copy(ctx->arena, span_of(text));
    cell->blank = row->values[gap].kind == VALUE_BLANK;
    cell->verdict = grid_verdict(table, row, gap);
    if (row->values[low].kind == VALUE_NUMBER) {
        shown_cell_interval(head, &columns[low], &row->values[low], &row->values[low + 1], text, sizeof text);
        cell->aside = arena_copy(ctx->arena, span_of(text));
    }
    return cell->text && cell->aside ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status group_text(struct ctx *ctx, const struct document_head *head, const struct grid_axes *axes, uint32_t group,
                              const char **out)
{
    return shown_group(ctx, head, axes->table, axes->groups[group], out);
}

static struct grid_cell line_cell(const struct document_head *head, const struct grid_axes *axes, uint32_t line)
{
    return grid_key_cell(head, &axes->table->measure->columns[0], &axes->lines[line]->values[0]);
}

/* The heads: what the rows are, then a group or key each. */
static enum status heads_make(struct ctx *ctx, const struct document_head *head, const struct grid_axes *axes, bool turned,
                              struct table_grid *out)
{
    enum status status = STATUS_OK;
    char title[128];
    shown_head(head, axes->table, 0, title, sizeof title);
    const char *kept = turned ? axes->table->by[0] : arena_copy(ctx->arena, span_of(title));
    if (!kept)
        return ctx_no_memory(ctx);
    out->heads[0] = (struct grid_head){kept, "", false, true};
    for (uint32_t c = 1; c < out->column_count && !status; c++) {
        struct grid_head *at = &out->heads[c];
        *at = (struct grid_head){"", "", true, false};
        if (turned)
            at->text = line_cell(head, axes, c - 1).text;
        else
            status = group_text(ctx, head, axes, c - 1, &at->text);
    }
    return status;
}

static enum status row_make(struct ctx *ctx, const struct document_head *head, const struct grid_axes *axes, bool turned,
                            uint32_t r, struct table_grid *out)
{
    struct grid_cell *cells = &out->cells[(size_t)r * out->column_count];
    enum status status = STATUS_OK;
    cells[0] = (struct grid_cell){.text = "", .aside = "", .verdict = ""};
    if (turned)
        status = group_text(ctx, head, axes, r, &cells[0].text);
    else
        cells[0] = line_cell(head, axes, r);
    for (uint32_t c = 1; c < out->column_count && !status; c++) {
        const struct row *line = axes->lines[turned ? c - 1 : r], *group = axes->groups[turned ? r : c - 1];
        status = gap_cell(ctx, head, axes->table, grid_axes_row(axes, line, group), &cells[c]);
    }
    return status;
}

enum status matrix_grid_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                             struct table_grid *out)
{
    struct grid_axes axes;
    enum status status = grid_axes_find(ctx, released_table_view(block->table), &axes);
    *out = (struct table_grid){.caption = block->text ? block->text
                                                      : shown_table_title(head, released_table_view(block->table)->measure)};
    if (status || !axes.group_count)
        return status;
    uint32_t rows = block->turned ? axes.group_count : axes.line_count;
    out->column_count = 1 + (block->turned ? axes.line_count : axes.group_count);
    out->heads = arena_array(ctx->arena, out->column_count, sizeof *out->heads);
    out->cells = arena_array(ctx->arena, (size_t)rows * out->column_count, sizeof *out->cells);
    if (!out->heads || !out->cells)
        return ctx_no_memory(ctx);
    status = heads_make(ctx, head, &axes, block->turned, out);
    for (uint32_t r = 0; r < rows && !status; r++)
        status = row_make(ctx, head, &axes, block->turned, r, out);
    out->row_count = status ? 0 : rows;
    return status;
}
