/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/row_compression.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { BLOCK_ROWS = 1000 };

/* A block and the triangle above it. */
struct block {
    size_t columns, height;
    double *cells;  /* [columns × height] column after column */
    double *shares; /* [columns] */
};

/* Takes from column j what lies along the columns before it, twice, and leaves the triangle's column j in shares.
 * gives   the column itself has length 1, or 0 when nothing was left of it */
static void column_orthogonalise(struct block *block, size_t j)
{
    size_t height = block->height;
    double *v = block->cells + j * height;
    memset(block->shares, 0, block->columns * sizeof *block->shares);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < j; i++) {
            const double *q = block->cells + i * height;
            double along = 0;
            for (size_t row = 0; row < height; row++)
                along += q[row] * v[row];
            for (size_t row = 0; row < height; row++)
                v[row] -= along * q[row];
            block->shares[i] += along;
        }
    }
    double left = 0;
    for (size_t row = 0; row < height; row++)
        left += v[row] * v[row];
    left = sqrt(left);
    block->shares[j] = left;
    for (size_t row = 0; row < height; row++)
        v[row] = left > 0 ? v[row] / left : 0;
}

enum status rows_compress(struct ctx *ctx, const struct row_source *source, double *triangle)
{
    size_t columns = source->columns, most = BLOCK_ROWS + columns;
    struct arena *room = NULL;
    if (arena_create(ctx->arena, &room))
        return ctx_no_memory(ctx);
    struct block block = {.columns = columns, .cells = arena_array(room, columns * most, sizeof *block.cells)};
    double *row = arena_array(room, columns, sizeof *row);
    block.shares = arena_array(room, columns, sizeof *block.shares);
    bool taken = block.cells && block.shares && row;
    memset(triangle, 0, columns * columns * sizeof *triangle);
    for (size_t first = 0; first < source->rows && taken; first += BLOCK_ROWS) {
        size_t rows = source->rows - first < BLOCK_ROWS ? source->rows - first : BLOCK_ROWS;
        block.height = columns + rows;
        for (size_t j = 0; j < columns; j++)
            memcpy(block.cells + j * block.height, triangle + j * columns, columns * sizeof *triangle);
        for (size_t i = 0; i < rows; i++) {
            source->read(source->state, first + i, row);
            for (size_t j = 0; j < columns; j++)
                block.cells[j * block.height + columns + i] = row[j];
        }
        for (size_t j = 0; j < columns; j++) {
            column_orthogonalise(&block, j);
            memcpy(triangle + j * columns, block.shares, columns * sizeof *triangle);
        }
    }
    arena_destroy(room);
    return taken ? STATUS_OK : ctx_no_memory(ctx);
}

/* A weighted row: the parameters, then the outcome. */
static void weighted_row(const void *state, size_t row, double *out)
{
    const struct regression *r = state;
    double root = sqrt(regression_row(r, row, out + r->intercept));
    for (size_t j = 0; j <= r->columns; j++)
        out[r->intercept + j] *= root;
    if (r->intercept)
        out[0] = root;
}

enum status regression_compress(struct ctx *ctx, const struct regression *regression, double *triangle)
{
    const struct row_source source = {.rows = regression->rows,
                                      .columns = regression->columns + regression->intercept + 1,
                                      .state = regression,
                                      .read = weighted_row};
    return rows_compress(ctx, &source, triangle);
}
