/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_FILE_H
#define GAPMETER_FORMATS_CSV_FILE_H

#include "formats/csv_cell.h"
#include "formats/csv_decoder.h"
#include "formats/csv_dialect.h"
#include "formats/csv_encoding.h"
#include "formats/csv_source.h"

/* An open csv file: its header, then its records one after another. */
struct csv_file;

/* What is known once the header was read. */
struct csv_head {
    const char *name; /* for messages */
    struct csv_dialect dialect;
    uint32_t column_count;
    const struct span *headers; /* [column_count] trimmed */
    uint64_t line;              /* where the header stands */
    bool repeatable;            /* can be opened again */
};

/* Opens a file and reads its header.
 * owns    everything in ctx->arena
 * fails   STATUS_DATA  empty, not text, a header that is not whole or too wide; else as csv_source_open and csv_source_read */
enum status csv_file_open(struct ctx *ctx, const struct csv_opening *opening, struct csv_file **out) MUST_USE;

/* What the header said; lives as long as the file. */
const struct csv_head *csv_file_head(const struct csv_file *file);

/* The encoding as far as it is known. */
enum csv_encoding csv_file_encoding(const struct csv_file *file);

/* Why a file gives no more records before its end. */
enum csv_stop {
    CSV_STOP_NONE,
    CSV_STOP_TOO_LONG, /* a record above CSV_LINE_BYTES_MAX */
    CSV_STOP_QUOTE,    /* the same, within quotes: one is not closed */
    CSV_STOP_TOO_WIDE  /* a record of far more than CSV_COLUMNS_MAX cells */
};

/* What of a file has not been read yet. */
struct csv_rest {
    struct csv_source *source;
    struct csv_decoder *decoder;
    bool direct;        /* its text stands in the source as it is, from `offset` on, unless the encoding turns out another one */
    uint64_t offset;    /* bytes of the source */
    struct span text;   /* its beginning, which has been read; then comes what the decoder gives, or what stands behind it */
    size_t block_bytes; /* as in the opening */
};

/* Gives away what of the file has not been read; from then on it gives the records of what it is fed, and of nothing else.
 * needs   the header was read
 * owns    ctx->arena */
enum status csv_file_detach(struct ctx *ctx, struct csv_file *file, struct csv_rest *rest) MUST_USE;

/* Hands bytes in, behind those that were handed in before. csv_file_next gives no more when there is no whole record left.
 * takes   whole  they end with a record: a CR at their end is no half line end */
enum status csv_file_feed(struct ctx *ctx, struct csv_file *file, struct span bytes, bool whole) MUST_USE;

/* Nothing will be handed in any more: what is left is a record. */
void csv_file_feed_end(struct csv_file *file);

/* Is nothing left of what was handed in? Then the next byte begins a record. */
bool csv_file_is_between(const struct csv_file *file);

/* Can the file not be followed any further? */
bool csv_file_is_stopped(const struct csv_file *file);

/* Counts records that were found elsewhere. */
void csv_file_count(struct csv_file *file, uint64_t records);

/* The line where the next record begins; whoever reads records elsewhere counts it on. */
uint64_t csv_file_line(const struct csv_file *file);
void csv_file_set_line(struct csv_file *file, uint64_t line);

/* The next record; blank lines are passed over.
 * gives   true and *view, borrowed until the next call; false at the end or after a stop
 *         *stop  CSV_STOP_NONE, or why the file cannot be followed from view->line on
 * fails   as csv_source_read */
enum status csv_file_next(struct ctx *ctx, struct csv_file *file, struct csv_view *view, bool *more,
                          enum csv_stop *stop) MUST_USE;

/* Rows in which every cell was empty, passed over so far: Excel leaves them. */
uint64_t csv_file_empty_rows(const struct csv_file *file);

#endif
