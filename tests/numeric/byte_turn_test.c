/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "numeric/byte_turn.h"

enum { UNTOUCHED = 0xAA };

/* A byte for each place, unlike its neighbours. */
static uint8_t byte_at(size_t row, size_t column)
{
    return (uint8_t)(row * 37 + column * 101 + row * column);
}

/* In blocks of exactly as many bytes as are theirs, so that the address sanitizer sees each one beyond. */
static void turn(size_t width, size_t count, size_t columns, size_t stride)
{
    size_t row_bytes = count == 0 ? 0 : (count - 1) * width + columns,
           column_bytes = columns == 0 ? 0 : (columns - 1) * stride + count;
    uint8_t *rows = malloc(row_bytes + 1), *into = malloc(column_bytes + 1);
    assert_true(rows && into);
    rows[0] = 0;
    for (size_t row = 0; row < count; row++) {
        for (size_t column = 0; column < columns; column++)
            rows[row * width + column] = byte_at(row, column);
    }
    memset(into, UNTOUCHED, column_bytes + 1);
    uint8_t *exact = realloc(rows, row_bytes ? row_bytes : 1);
    assert_non_null(exact);
    bytes_turn(exact, width, count, columns, into, stride);
    for (size_t column = 0; column < columns; column++) {
        for (size_t row = 0; row < (column + 1 < columns ? stride : count); row++)
            assert_int_equal(into[column * stride + row], row < count ? byte_at(row, column) : UNTOUCHED);
    }
    assert_int_equal(into[column_bytes], UNTOUCHED);
    free(exact);
    free(into);
}

/* Squares that fit, squares that overlap, and rows and columns that make none. */
static void every_size(void **state)
{
    (void)state;
    static const size_t columns[] = {0, 1, 15, 16, 17, 22, 31, 32, 33, 44, 48};
    static const size_t counts[] = {0, 1, 15, 16, 17, 63, 64, 100};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        for (size_t j = 0; j < sizeof counts / sizeof *counts; j++) {
            turn(columns[i], counts[j], columns[i], counts[j]);
            turn(columns[i] + 5, counts[j], columns[i], counts[j] + 3);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_size)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
