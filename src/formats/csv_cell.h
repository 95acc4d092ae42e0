/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_CELL_H
#define GAPMETER_FORMATS_CSV_CELL_H

#include "formats/csv_scan.h"

/* One record and where its cells are, good until the next one is asked for. */
struct csv_view {
    const char *at;       /* offsets count from here */
    const uint32_t *ends; /* [cell_count] */
    uint32_t start;
    uint32_t cell_count;
    unsigned flags; /* enum csv_record_flag */
    uint64_t line;  /* where it begins in the file; 1 = first line */
};

/* A record of an index; its line is left 0. */
static inline struct csv_view csv_view_of(const char *at, const struct csv_index *index, uint32_t record)
{
    const struct csv_record *r = &index->records[record];
    return (struct csv_view){
        .at = at, .ends = index->ends + r->first_end, .start = r->start, .cell_count = r->cell_count, .flags = r->flags};
}

/* A cell as it stands in the file, quotes and all.
 * needs   column < cell_count */
static inline struct span csv_view_cell(const struct csv_view *view, uint32_t column)
{
    size_t start = column == 0 ? view->start : view->ends[column - 1] + (size_t)1;
    return (struct span){view->at + start, view->ends[column] - start};
}

/* Room for the text of one cell whose quotes must be taken off. */
struct csv_unquoting {
    char *room; /* CSV_FIELD_BYTES_MAX bytes */
};

/* owns  ctx->arena */
enum status csv_unquoting_create(struct ctx *ctx, struct csv_unquoting *out) MUST_USE;

/* The text of a cell: quotes taken off, doubled ones made one, trimmed. Cells above CSV_FIELD_BYTES_MAX are cut: the caller
 * has refused them before.
 * gives   borrowed from the cell or from the room, until the next call */
struct span csv_cell_text(struct csv_unquoting *unquoting, struct span cell);

/* The same without room: quotes at both ends are taken off, inner ones stay; for looking at plain cells. */
struct span csv_cell_quick(struct span cell);

/* Is it a record without any text: a blank line, a line of delimiters, or the Ctrl-Z that ends old files? */
bool csv_view_is_empty(const struct csv_view *view);

/* Does text stand after the closing quote of this cell? */
bool csv_cell_is_misquoted(struct span cell);

#endif
