/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/markdown_table.h"

#include "render/markdown_text.h"

/* Delimiters are dashes, three at least: some readers take no fewer. */
#define COLUMN_WIDTH_MIN 3u

/* The written cells, the heads in front, and how wide each column is. */
struct written {
    const struct table_grid *grid;
    const char **cells; /* [(row + 1) × column_count + column] */
    size_t *widths;     /* [column_count] */
};

static enum status cell_keep(struct ctx *ctx, struct written *written, struct out *text, size_t at)
{
    enum status status = out_copy(ctx, text, &written->cells[at]);
    if (status)
        return status;
    size_t *most = &written->widths[at % written->grid->column_count];
    size_t width = text_width(out_bytes(text));
    *most = width > *most ? width : *most;
    return STATUS_OK;
}

static void pair_write(struct out *text, const char *first, const char *separator, const char *second)
{
    out_empty(text);
    markdown_text_write(text, first);
    if (!*second)
        return;
    out_text(text, separator);
    markdown_text_write(text, second);
}

static enum status cells_make(struct ctx *ctx, struct written *written)
{
    const struct table_grid *grid = written->grid;
    size_t count = ((size_t)grid->row_count + 1) * grid->column_count;
    struct out *text = NULL;
    written->cells = arena_array(ctx->arena, count, sizeof *written->cells);
    written->widths = arena_array(ctx->arena, grid->column_count, sizeof *written->widths);
    if (!written->cells || !written->widths)
        return ctx_no_memory(ctx);
    enum status status = out_open_memory(ctx, &text);
    for (size_t i = 0; i < grid->column_count; i++)
        written->widths[i] = COLUMN_WIDTH_MIN;
    for (size_t i = 0; i < count && !status; i++) {
        if (i < grid->column_count)
            pair_write(text, grid->heads[i].text, ", ", grid->heads[i].unit);
        else
            pair_write(text, grid->cells[i - grid->column_count].text, " · ", grid->cells[i - grid->column_count].aside);
        status = cell_keep(ctx, written, text, i);
    }
    return status;
}

static void repeat(struct out *out, char byte, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out_char(out, byte);
}

static void line_write(struct out *out, const struct written *written, uint32_t line)
{
    const struct table_grid *grid = written->grid;
    for (uint32_t c = 0; c < grid->column_count; c++) {
        const char *cell = written->cells[(size_t)line * grid->column_count + c];
        size_t padding = written->widths[c] - text_width(span_of(cell));
        out_text(out, c ? " | " : "| ");
        repeat(out, ' ', grid->heads[c].number ? padding : 0);
        out_text(out, cell);
        repeat(out, ' ', grid->heads[c].number ? 0 : padding);
    }
    out_text(out, " |\n");
}

static void delimiter_write(struct out *out, const struct written *written)
{
    const struct table_grid *grid = written->grid;
    for (uint32_t c = 0; c < grid->column_count; c++) {
        bool number = grid->heads[c].number;
        out_text(out, c ? " | " : "| ");
        repeat(out, '-', written->widths[c] - (number ? 1 : 0));
        out_text(out, number ? ":" : "");
    }
    out_text(out, " |\n");
}

enum status markdown_table_write(struct ctx *ctx, struct out *out, const struct table_grid *grid)
{
    struct written written = {.grid = grid};
    enum status status = cells_make(ctx, &written);
    if (status)
        return status;
    line_write(out, &written, 0);
    delimiter_write(out, &written);
    for (uint32_t r = 0; r < grid->row_count; r++)
        line_write(out, &written, r + 1);
    return STATUS_OK;
}
