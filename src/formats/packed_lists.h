/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of a pack: everything that is not a row. */
#ifndef GAPMETER_FORMATS_PACKED_LISTS_H
#define GAPMETER_FORMATS_PACKED_LISTS_H

#include "formats/packed_bytes.h"
#include "formats/packed_column.h"
#include "formats/packed_origin.h"

struct packed_lists {
    struct packed_origin origin;
    struct packed_columns columns;
    struct answers answers; /* of reading: study, encounter_count and all that is no chunk and follows from no study */
};

/* Writes them.
 * takes   lists  origin and columns; answers  a whole one */
void packed_lists_write(struct out *out, const struct packed_lists *lists, const struct answers *answers);

/* Reads them.
 * takes   lists->answers   study and encounter_count, and slot_count
 *         bytes            texts are borrowed from them
 * gives   *lists           with columns whose values lie within what they may be; *good  false: something does not fit
 * fails   STATUS_MEMORY */
enum status packed_lists_read(struct ctx *ctx, struct span bytes, struct packed_lists *lists, bool *good) MUST_USE;

/* The notes among them, which stand in a file of their own.
 * gives   cursor->bad for a note that could not be said */
void packed_notes_write(struct out *out, const struct answers *answers);
enum status packed_notes_read(struct ctx *ctx, struct packed_cursor *cursor, struct answers *answers) MUST_USE;

/* Bytes that things take in the lists, at least: what a count is held against. */
enum {
    PACKED_TEXT_BYTES = 5,
    PACKED_VALUE_BYTES = 8,
    PACKED_RUN_BYTES = 12,
    PACKED_MOMENT_BYTES = 22,
    PACKED_MARK_BYTES = 7,
    PACKED_COMMENT_BYTES = 4 + 2 * PACKED_TEXT_BYTES
};

enum packed_naming { PACKED_NAMED_NOT, PACKED_NAMED_BY_MARKS, PACKED_NAMED_BY_RUNS, PACKED_NAMING_COUNT };

#endif
