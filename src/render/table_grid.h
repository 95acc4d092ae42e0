/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_TABLE_GRID_H
#define GAPMETER_RENDER_TABLE_GRID_H

#include "model/document.h"

/* A table or matrix as it is read: which columns stand, their heads, and every cell as text (model/shown.h). Who draws it adds
 * lines and places. Rows of hidden groups are left out: a sentence says how many there are. */

/* The head of a column. */
struct grid_head {
    const char *text; /* "" above the caption of a table whose rows have no key */
    const char *unit; /* "points", "%", "" */
    bool number;      /* right-aligned */
    bool key;         /* what a row is about: its cells are heads of rows */
};

/* A cell. */
struct grid_cell {
    const char *text;    /* "−0.44", "item one", "too few" */
    const char *aside;   /* smaller, behind it: an item's id, the interval of a matrix's gap; "" */
    const char *verdict; /* of a gap or verdict: "short", "above"; "" */
    bool blank;          /* text says why there is no value */
};

struct table_grid {
    const char *caption;
    struct grid_head *heads; /* [column_count] */
    uint32_t column_count;
    struct grid_cell *cells; /* [row × column_count + column] */
    uint32_t row_count;
};

/* Makes the grid of a block.
 * takes   block   DOCUMENT_TABLE or DOCUMENT_MATRIX
 *         wide    tables: every column; otherwise the compact ones and what stands beside every gap
 * gives   *out    in ctx->arena; row_count 0 when nothing can be shown
 * fails   STATUS_MEMORY
 * proof   tests/render/table_grid_test.c */
enum status table_grid_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block, bool wide,
                            struct table_grid *out) MUST_USE;

/* Is a row that of a hidden group? */
bool grid_row_hidden(const struct table *table, const struct row *row);

/* How many rows a table shows: those of hidden groups are none of them. */
uint32_t grid_rows_shown(const struct table *table);

/* A key that no row has (the item of a table of dimensions) is not shown. */
bool grid_column_empty(const struct table *table, uint32_t column);

/* Does a column stand that is not compact? Beside every gap stands its verdict, since colour alone would not say it, and its
 * reliability where a row has one: single items have none. */
bool grid_column_stands(const struct table *table, uint32_t column);

#endif
