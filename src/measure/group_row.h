/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_GROUP_ROW_H
#define GAPMETER_MEASURE_GROUP_ROW_H

#include "model/measure.h"
#include "numeric/exact_moments.h"
#include "numeric/undefined.h"

/* What every measure does with its rows. Private to measure/. */

/* A new row about one group of the set: its segment values and its size are filled, every figure is blank.
 * takes   group  index into measuring->set->groups
 *         line   the same for rows of different groups that are about the same thing
 * gives   *out   valid until the next row is added
 * fails   STATUS_MEMORY */
enum status group_row_add(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group, uint32_t line,
                          struct row **out) MUST_USE;

/* Blanks a run of cells for one reason. */
void values_blank(struct value *values, size_t count, enum reason reason);

/* The reason a table shows for a figure that does not exist.
 * needs   undefined is not DEFINED */
enum reason reason_of(enum undefined undefined);

/* A number, or the reason why there is none. */
struct value value_of(enum undefined undefined, double number);

/* The key cells of an item: its id and the id of its dimension (not applicable when it has none). */
struct value item_key(const struct study *study, uint32_t item);
struct value dimension_key(const struct study *study, uint32_t dimension);

/* A new row of a group about one item, with the keys item and dimension in the first two columns.
 * takes   item  also the row's line
 * fails   STATUS_MEMORY */
enum status item_row_add(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group, uint32_t item,
                         struct row **out) MUST_USE;

/* A dimension's title in a note; the text itself where it is no dimension ("overall"). */
const char *dimension_title(const struct study *study, const char *id);

/* The same in a note: {name} in it. */
struct note_word dimension_word(const char *name, const struct study *study, const char *id);

/* share = part / whole, rounded once from the exact weights.
 * blank   whole = 0 -> REASON_NO_PAIRS */
struct value share_of(const struct weight_sum *part, const struct weight_sum *whole);

/* The unit of scores on a scale, and of their differences.
 * takes   denominator  the common denominator of composites; 1 for items */
struct exact_unit score_unit(const struct scale *scale, int64_t denominator);
struct exact_unit difference_unit(const struct scale *scale, int64_t denominator);

/* The same weights, as numeric/ takes them. */
struct exact_weight exact_weight_of(const struct weight_sum *sum);

/* Adds one weight sum to another; pair/ has checked that all of them together fit. */
void weight_sum_add(struct weight_sum *into, const struct weight_sum *more);

/* The block of a dimension (UINT32_MAX: all items) in a group, or NULL when it was not counted. */
const struct block *group_block(const struct group *group, uint32_t dimension, enum block_of of);

/* A block as numeric/ takes it. Borrowed. */
struct exact_block exact_block_of(const struct block *block);

#endif
