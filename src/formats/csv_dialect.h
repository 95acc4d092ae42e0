/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_DIALECT_H
#define GAPMETER_FORMATS_CSV_DIALECT_H

#include "base/ctx.h"

/* How a file parts its cells and writes its decimals. */
struct csv_dialect {
    char delimiter;    /* , ; tab or | */
    char decimal_mark; /* . or , */
    size_t skip_bytes; /* of a first line such as "sep=;", which says the delimiter */
    unsigned score;    /* how well the delimiter fits: 0 one column … 100 every row has as many cells as the header */
};

/* Finds the dialect from the beginning of a text.
 * takes   beginning  UTF-8, up to CSV_SNIFF_BYTES
 *         whole      the text ends here
 * fails   STATUS_MEMORY
 * proof   tests/formats/csv_dialect_test.c */
enum status csv_dialect_find(struct ctx *ctx, struct span beginning, bool whole, struct csv_dialect *out) MUST_USE;

#endif
