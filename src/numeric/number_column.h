/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_NUMBER_COLUMN_H
#define GAPMETER_NUMERIC_NUMBER_COLUMN_H

#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/* Long columns of numbers of which few are distinct, as means of answers are: a row holds the place of its number among the
 * distinct ones, in one byte or two instead of eight. What is read is what was put in, to the bit. */
struct number_column {
    const double *values;  /* without codes [rows]: the numbers; with codes: the distinct ones; NULL = there is no such column */
    const uint8_t *narrow; /* [rows] places among them, or */
    const uint16_t *wide;  /* [rows] the same of up to 65536, or neither */
};

/* The number of a row. */
static inline double number_at(const struct number_column *column, size_t row)
{
    if (column->narrow)
        return column->values[column->narrow[row]];
    return column->values[column->wide ? column->wide[row] : row];
}

/* A column while it is being filled. */
struct number_packing;

/* Opens a column.
 * takes   rows  how many there will be at most; memory of rows that do not come is not touched
 * gives   *out  in ctx->arena
 * fails   STATUS_MEMORY */
enum status number_packing_open(struct ctx *ctx, size_t rows, struct number_packing **out) MUST_USE;

/* Puts numbers into the next rows. Columns start with one byte a row, go over to two with the 257th distinct number and to
 * the numbers themselves with the 65537th. Each column has memory of its own, so that workers may fill several at a time.
 * takes   numbers  [count]
 * needs   so many rows that are left
 * fails   STATUS_MEMORY, which the caller tells
 * proof   tests/numeric/number_column_test.c */
enum status number_packing_add(struct number_packing *packing, const double *numbers, size_t count) MUST_USE;

/* The column as it is. Borrowed from the packing. */
struct number_column number_packing_column(const struct number_packing *packing);

#endif
