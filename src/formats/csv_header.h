/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_HEADER_H
#define GAPMETER_FORMATS_CSV_HEADER_H

#include "formats/csv_file.h"

/* Looks headers up, and says what is wrong with all of them in one sentence. */

enum { CSV_ABSENT_SHOWN = 8 };

/* A header that the study names and no file has. */
struct csv_absent {
    const char *header;
    uint32_t file; /* the file that should have it */
};

struct csv_lookup {
    const struct csv_head *heads[2];
    uint32_t head_count;
    bool *used[2]; /* [column] of each file: the study names it */
    struct csv_absent absent[CSV_ABSENT_SHOWN];
    uint32_t absent_count; /* all of them */
};

/* owns  ctx->arena */
enum status csv_lookup_begin(struct ctx *ctx, const struct csv_head *const *heads, uint32_t count,
                             struct csv_lookup *out) MUST_USE;

/* The column with this header in one file, or CSV_NO_COLUMN (UINT32_MAX).
 * fails   STATUS_DATA  two columns have it */
enum status csv_lookup_find(struct ctx *ctx, struct csv_lookup *lookup, uint32_t file, const char *header,
                            uint32_t *out) MUST_USE;

/* Notes that a header was not found where it must be. */
void csv_lookup_absent(struct csv_lookup *lookup, uint32_t file, const char *header);

/* STATUS_OK when nothing was absent.
 * fails   STATUS_CONFIG  names what is absent, the nearest header for each, and the headers there are */
enum status csv_lookup_end(struct ctx *ctx, const struct csv_lookup *lookup) MUST_USE;

/* The header that is most like a name, among those that are not used; an empty span when none is like it.
 * takes   used  [column_count] or NULL
 * proof   tests/formats/csv_header_test.c */
struct span csv_nearest_header(const struct csv_head *head, const bool *used, struct span name);

#endif
