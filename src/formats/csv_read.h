/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_READ_H
#define GAPMETER_FORMATS_CSV_READ_H

#include "formats/csv_reader.h"

/* What to read: one file, or two joined by the column `key`. */
struct csv_request {
    struct csv_opening openings[2];
    uint32_t count;
    const char *key;
    enum csv_path path; /* for tests; 0 = the fastest */
};

/* Reads answers; the recipe of format_csv.read, open to bytes in memory for tests.
 * gives   *out  the answers, or NULL with problems
 * fails   as struct format says */
enum status csv_read(struct ctx *ctx, const struct csv_request *request, const struct study *study, struct problems *problems,
                     const struct answers **out) MUST_USE;

/* One row of a wide file, whose cells can be trusted: reader->view. */
struct csv_identity;
enum status csv_wide_row(struct csv_reader *reader, struct csv_identity *identity) MUST_USE;

/* The layouts: all rows of one open file into its builder. */
enum status csv_read_wide(struct csv_reader *reader) MUST_USE;
enum status csv_read_long(struct csv_reader *reader) MUST_USE;
enum status csv_read_journey(struct csv_reader *reader) MUST_USE;

/* Two wide files joined by a key. Both are read twice: a key that comes more than once in either is left out of all. */
enum status csv_read_joined(struct ctx *ctx, const struct csv_request *request, const struct study *study,
                            struct problems *problems, struct answers_builder *builder) MUST_USE;

#endif
