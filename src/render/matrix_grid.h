/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_MATRIX_GRID_H
#define GAPMETER_RENDER_MATRIX_GRID_H

#include "render/table_grid.h"

/* The lines (items, dimensions) and groups of a table that can be shown, each by its first row. */
struct grid_axes {
    const struct table *table;
    const struct row **lines, **groups;
    uint32_t line_count, group_count;
};

/* Finds what stands on the two sides of a matrix.
 * gives   *out  in ctx->arena
 * fails   STATUS_MEMORY */
enum status grid_axes_find(struct ctx *ctx, const struct table *table, struct grid_axes *out) MUST_USE;

/* The row of a line and a group; NULL when the table has none. */
const struct row *grid_axes_row(const struct grid_axes *axes, const struct row *line, const struct row *group);

/* Makes the grid of a DOCUMENT_MATRIX: gaps with their intervals, a row per key and a column per group, or turned.
 * gives   *out  in ctx->arena; row_count 0 when no group can be shown
 * fails   STATUS_MEMORY
 * proof   tests/render/table_grid_test.c */
enum status matrix_grid_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                             struct table_grid *out) MUST_USE;

/* The cell of a key: an item's text with its id aside, a dimension's title, or the words of its blank.
 * gives   borrowed from the study and the table */
struct grid_cell grid_key_cell(const struct document_head *head, const struct column *column, const struct value *value);

/* "short" or "above" when the column is the gap or the verdict of a row that is judged so; "" otherwise. */
const char *grid_verdict(const struct table *table, const struct row *row, uint32_t column);

#endif
