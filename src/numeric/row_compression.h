/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_ROW_COMPRESSION_H
#define GAPMETER_NUMERIC_ROW_COMPRESSION_H

#include <stddef.h>

#include "base/ctx.h"
#include "numeric/least_squares.h"

/* Where a row of very many is read. */
struct row_source {
    size_t rows, columns;
    const void *state;
    void (*read)(const void *state, size_t row, double *out); /* out [columns] */
};

/* A triangle R with R′R = A′A: as many rows as A has columns, and the same regressions as all of A's rows. Found block by block,
 * each block orthogonalised (twice) together with the triangle of those before, so that nothing is squared and no digits are
 * lost.
 * takes   source  the rows of A
 * gives   triangle  [columns × columns] column j stands at triangle + j × columns; zero below
 * the diagonal
 * fails   STATUS_MEMORY
 * cost    time 4 × rows × columns², memory 1000 × columns
 * source  sequential QR: Golub 1965;
 * Demmel, Grigori, Hoemmen & Langou 2012
 * proof   tests/numeric/row_compression_test.c */
enum status rows_compress(struct ctx *ctx, const struct row_source *source, double *triangle) MUST_USE;

/* The same for a regression: its parameters (the intercept first, where there is one), then its outcome, each row by the root of
 * its weight.
 * gives   triangle  [(parameters + 1)²]
 * fails   STATUS_MEMORY
 * proof   tests/numeric/row_compression_test.c */
enum status regression_compress(struct ctx *ctx, const struct regression *regression, double *triangle) MUST_USE;

#endif
