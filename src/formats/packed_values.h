/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a column, looked through once to write each in as few bytes as will do. */
#ifndef GAPMETER_FORMATS_PACKED_VALUES_H
#define GAPMETER_FORMATS_PACKED_VALUES_H

#include "formats/packed_column.h"

/* What was seen of a column's values: the range, and which they are while they are no more than PACKED_PLACES_MAX. */
struct packed_values;

#define PACKED_PLACES_MAX 65536u

/* owns    an arena of its own, so that a thread may fill it; it ends with ctx->arena
 * fails   STATUS_MEMORY */
enum status packed_values_create(struct ctx *ctx, struct packed_values **out) MUST_USE;

/* Adds values.
 * takes   column  what its values may be
 * fails   STATUS_MEMORY; STATUS_INVALID for a value that the column may not have (ctx->error is not filled) */
enum status packed_values_add(struct packed_values *seen, const int64_t *values, uint32_t count,
                              const struct packed_column *column) MUST_USE;

/* Chooses how they are written: by place where that takes fewer bytes, the list of values included, else by offset.
 * takes   rows  how many values there are in all
 * gives   column->width, base, values and value_count; the values live as long as `seen` */
enum status packed_values_choose(struct packed_values *seen, uint64_t rows, struct packed_column *column) MUST_USE;

/* The place of a value that was seen, in a column that is written by place. */
uint32_t packed_values_place(const struct packed_column *column, int64_t value);

#endif
