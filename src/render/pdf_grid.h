/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table on paper: columns as wide as they need, text columns narrowed first; what is still too wide stands in several panels below
 * each other, each with the keys again. Rules above and below the heads and below the last row; heads again on every page. */
#ifndef GAPMETER_RENDER_PDF_GRID_H
#define GAPMETER_RENDER_PDF_GRID_H

#include "render/pdf_flow.h"

struct pdf_cell {
    struct pdf_words words;
    bool head; /* of a row or a column */
    struct pdf_layout *layout;
    double natural;       /* its width on one line */
    double above, height; /* of the layout: above the first base line, and in all */
};

struct pdf_column {
    bool number; /* set against the far edge */
    double natural, least, width;
};

struct pdf_grid {
    const char *caption;
    const char *language;
    bool caption_shown;
    double tail;                      /* the room that notes below it need on the page of its last row */
    uint32_t column_count, key_count; /* the first key_count columns say what a row is about */
    uint32_t row_count;               /* without the heads */
    struct pdf_column *columns;
    struct pdf_cell *cells; /* [(1 + row_count) × column_count]: the heads first */
};

/* An empty grid of so many columns and at most so many rows; row_count is 0. */
enum status pdf_grid_create(struct ctx *ctx, uint32_t columns, uint32_t rows, struct pdf_grid *out) MUST_USE;

/* A cell; row 0 are the heads. */
struct pdf_cell *pdf_grid_cell(const struct pdf_grid *grid, uint32_t row, uint32_t column);

/* Puts it on the pages. */
enum status pdf_grid_place(struct ctx *ctx, struct pdf_flow *flow, struct pdf_grid *grid) MUST_USE;

/* Widths for the columns, and which stand together. Apart from the pages, so that it can be tested.
 * takes   room     in points; gap between columns
 * gives   panels   [column] the panel of a column that is no key; *count how many panels; columns[].width of the keys and of the
 *                  columns of each panel, which fill no more than the room when a key and one column fit into it */
void pdf_grid_fit(struct pdf_grid *grid, double room, double gap, uint32_t *panels, uint32_t *count);

#endif
