/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html_matrix.h"

#include "render/html_table.h"
#include "render/matrix_grid.h"

static void head_write(struct markup *m, const struct grid_head *head)
{
    markup_open(m, "th");
    markup_attribute(m, "scope", "col");
    markup_attribute(m, "class", head->number ? "number" : "text");
    markup_text(m, head->text);
    markup_close(m, "th");
}

/* A gap with its interval, or what the row is about. */
static void cell_write(struct markup *m, const struct grid_head *head, const struct grid_cell *cell)
{
    const char *element = head->key ? "th" : "td";
    markup_open(m, element);
    if (head->key)
        markup_attribute(m, "scope", "row");
    if (head->key)
        markup_attribute(m, "class", "text");
    else if (*cell->text)
        markup_attribute(m, "class", html_cell_class(false, cell->blank ? "blank" : cell->verdict));
    markup_text(m, cell->text);
    if (*cell->aside) {
        markup_text(m, " ");
        markup_element(m, "small", cell->aside);
    }
    markup_close(m, element);
}

enum status html_matrix_write(struct ctx *ctx, struct markup *m, const struct document_head *head,
                              const struct document_block *block, const char *anchor)
{
    struct table_grid grid;
    enum status status = matrix_grid_make(ctx, head, block, &grid);
    if (status || !grid.row_count)
        return status;
    html_table_open(m, grid.caption, true, anchor);
    markup_open(m, "thead");
    markup_open(m, "tr");
    for (uint32_t c = 0; c < grid.column_count; c++)
        head_write(m, &grid.heads[c]);
    markup_close(m, "tr");
    markup_close(m, "thead");
    markup_open(m, "tbody");
    for (uint32_t r = 0; r < grid.row_count; r++) {
        markup_open(m, "tr");
        for (uint32_t c = 0; c < grid.column_count; c++)
            cell_write(m, &grid.heads[c], &grid.cells[(size_t)r * grid.column_count + c]);
        markup_close(m, "tr");
        markup_newline(m);
    }
    html_table_close(m);
    return STATUS_OK;
}
