/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_BYTE_SUMS_H
#define GAPMETER_NUMERIC_BYTE_SUMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/kernel.h"

/* Sums and products of columns of small whole numbers, exact: one byte a number, so that a vector holds many. */

#define BYTE_ROWS 64u /* a column is as long as its rows, up to a multiple of this; what is beyond the rows is 0 */

/* Columns one after another. */
struct byte_columns {
    const int8_t *values; /* [count × stride] */
    size_t count, stride; /* stride: a multiple of BYTE_ROWS */
};

#define BYTE_LANES 16u

/* Σ a × b of two columns in plain C: a loop of a constant count over whole lanes, so that a compiler turns it into what vectors
 * every machine of its kind has.
 * needs   rows a multiple of BYTE_LANES, at most 65536 */
static inline int32_t byte_product_plain(const uint8_t *restrict a, const int8_t *restrict b, size_t rows)
{
    int32_t lanes[BYTE_LANES] = {0}, sum = 0;
    for (size_t row = 0; row < rows; row += BYTE_LANES) {
        for (size_t j = 0; j < BYTE_LANES; j++)
            lanes[j] += (int16_t)a[row + j] * (int16_t)b[row + j];
    }
    for (size_t j = 0; j < BYTE_LANES; j++)
        sum += lanes[j];
    return sum;
}

/* How often each row came, in several draws: few, since their bytes are to stay close while the columns pass. */
struct byte_draws {
    const uint8_t *times;  /* [count × stride] */
    size_t count, stride;  /* stride: that of the columns */
    const int64_t *totals; /* [count] what the times of each add up to; byte_sums does not read it */
};

#define BYTE_DRAWS_AT_ONCE 8u

/* What the sums stand in. */
struct byte_room {
    int64_t *sums;     /* [draws × columns] */
    int32_t *products; /* [draws × columns] */
};

/* Σ times × value of each draw and column.
 * takes   kernel  one that is available; all give the same
 * gives   room->sums
 * cost    time stride × draws × columns
 * proof   tests/numeric/byte_sums_test.c */
void byte_sums(enum kernel kernel, const struct byte_draws *draws, const struct byte_columns *columns,
               const struct byte_room *room);

#endif
