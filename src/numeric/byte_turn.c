/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/byte_turn.h"

#include <string.h>

#define SIDE 16u

/* Vectors of the compiler, which become those of any processor. */
typedef uint8_t lane __attribute__((vector_size(SIDE)));

/* The first halves of two, card by card. */
static lane lows(lane a, lane b)
{
    return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/* The second halves. */
static lane highs(lane a, lane b)
{
    return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/* Shuffling the first half of the bytes into the second, as cards, moves each bit of a byte's place up by one: after four times the
 * bits of its row and those of its column have changed places. */
static void shuffle(const lane from[SIDE], lane into[SIDE])
{
    for (size_t i = 0; i < SIDE / 2; i++) {
        into[2 * i] = lows(from[i], from[i + SIDE / 2]);
        into[2 * i + 1] = highs(from[i], from[i + SIDE / 2]);
    }
}

/* 16 bytes of 16 rows. */
static void square_turn(const uint8_t *rows, size_t width, uint8_t *into, size_t stride)
{
    lane a[SIDE], b[SIDE];
    for (size_t i = 0; i < SIDE; i++)
        memcpy(&a[i], rows + i * width, SIDE);
    shuffle(a, b);
    shuffle(b, a);
    shuffle(a, b);
    shuffle(b, a);
    for (size_t i = 0; i < SIDE; i++)
        memcpy(into + i * stride, &a[i], SIDE);
}

/* The squares of 16 rows; the last one stands further to the left where the columns end within it. */
static void strip_turn(const uint8_t *rows, size_t width, size_t columns, uint8_t *into, size_t stride)
{
    for (size_t first = 0; first < columns; first += SIDE) {
        size_t left = first + SIDE <= columns ? first : columns - SIDE;
        square_turn(rows + left, width, into + left * stride, stride);
    }
}

void bytes_turn(const uint8_t *rows, size_t width, size_t count, size_t columns, uint8_t *into, size_t stride)
{
    size_t squared = columns < SIDE ? 0 : count / SIDE * SIDE;
    for (size_t row = 0; row < squared; row += SIDE)
        strip_turn(rows + row * width, width, columns, into + row, stride);
    for (size_t column = 0; column < columns; column++) {
        for (size_t row = squared; row < count; row++)
            into[column * stride + row] = rows[row * width + column];
    }
}
