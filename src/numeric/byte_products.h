/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_BYTE_PRODUCTS_H
#define GAPMETER_NUMERIC_BYTE_PRODUCTS_H

#include "numeric/byte_sums.h"

#define BYTE_PRODUCTS_ROWS_MAX 65536u /* so many products of 255 × 128 add up in 32 bits */

/* Columns of which each of one kind is multiplied with each of another. */
struct byte_pairs {
    const uint8_t *a;        /* [a_count × stride] 0 … 255 */
    const int8_t *b;         /* [b_count × stride] −128 … 127 */
    size_t a_count, b_count; /* at least 1 */
    size_t stride, rows;     /* rows: a multiple of BYTE_ROWS, at most the stride and BYTE_PRODUCTS_ROWS_MAX */
    bool upper;              /* those of b before a's own number are not asked for, and may be left as they were */
};

/* Σ a × b over the rows, for each pair of columns.
 * takes   kernel  one that is available; all give the same
 * gives   products  [a_count × b_count]
 * cost    time rows × a_count × b_count
 * proof   tests/numeric/byte_products_test.c */
void byte_products(enum kernel kernel, const struct byte_pairs *pairs, int32_t *products);

#endif
