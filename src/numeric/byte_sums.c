/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/byte_sums.h"

#include "numeric/byte_products.h"

void byte_sums(enum kernel kernel, const struct byte_draws *draws, const struct byte_columns *columns,
               const struct byte_room *room)
{
    size_t count = draws->count * columns->count;
    for (size_t i = 0; i < count; i++)
        room->sums[i] = 0;
    for (size_t row = 0; row < columns->stride && count; row += BYTE_PRODUCTS_ROWS_MAX) {
        size_t left = columns->stride - row;
        const struct byte_pairs pairs = {.a = draws->times + row,
                                         .b = columns->values + row,
                                         .a_count = draws->count,
                                         .b_count = columns->count,
                                         .stride = columns->stride,
                                         .rows = left < BYTE_PRODUCTS_ROWS_MAX ? left : BYTE_PRODUCTS_ROWS_MAX};
        byte_products(kernel, &pairs, room->products);
        for (size_t i = 0; i < count; i++)
            room->sums[i] += room->products[i];
    }
}
