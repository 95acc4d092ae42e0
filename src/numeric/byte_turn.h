/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_BYTE_TURN_H
#define GAPMETER_NUMERIC_BYTE_TURN_H

#include <stddef.h>
#include <stdint.h>

/* Rows of bytes turned into columns: byte j of each row comes into column j.
 * takes   rows     each `width` bytes after the one before, with at least `columns` bytes of its own
 *         stride   bytes from one column to the next, at least `count`
 * gives   into     [columns × stride] the first `count` bytes of each column; the others are left as they were
 * cost    time count × columns, in squares of 16 × 16 as far as they fit
 * proof   tests/numeric/byte_turn_test.c */
void bytes_turn(const uint8_t *rows, size_t width, size_t count, size_t columns, uint8_t *into, size_t stride);

#endif
