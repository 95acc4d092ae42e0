/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_RELIABILITY_BLOCK_ROWS_H
#define GAPMETER_MEASURE_RELIABILITY_BLOCK_ROWS_H

#include "measure/group_row.h"

/* Walks the moment blocks of all groups in the order of the tables. Private to measure/. */

/* One block and where its row stands. */
struct block_place {
    const struct block *block;
    uint32_t group;
    uint32_t line; /* dimension × BLOCK_OF_COUNT + of; all items come after the dimensions */
};

/* "expectation", "perception", "desired", "minimum", "gap". */
const char *block_of_name(enum block_of of);

/* Calls `make` for each block that was counted: groups in order, dimensions in order and then all items, standards in the
 * order of enum block_of.
 * fails   as make */
enum status block_rows_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                            enum status (*make)(struct ctx *, const struct measuring *, struct table *,
                                                const struct block_place *)) MUST_USE;

#endif
