/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_BYTE_PLANES_H
#define GAPMETER_NUMERIC_BYTE_PLANES_H

#include "base/ctx.h"
#include "numeric/byte_sums.h"

/* Columns of whole numbers taken apart into bytes, so that their weighted sums are those of bytes, and exact: the same bits as
 * adding doubles up, since no such sum of doubles is rounded either. */

#define BYTE_PLANES_ROWS_MAX (1u << 20) /* as many draws of numbers below 2^31 add up to less than 2^53 */

struct byte_planes {
    struct byte_columns bytes; /* of each column its planes, the one of least value first */
    size_t columns;
    const uint32_t *first;  /* [columns + 1] where the planes of each begin */
    const int64_t *middles; /* [columns] what was taken off each number, so that it takes fewer bytes */
};

/* Takes them apart.
 * takes   x      [columns × rows], column after column
 * gives   *whole whether all are whole numbers of at most 127 × 2^24, and the rows at most BYTE_PLANES_ROWS_MAX: else *out is
 *                not written
 *         *out   in ctx->arena
 * fails   STATUS_MEMORY
 * cost    time rows × columns, memory rows × planes bytes
 * proof   tests/numeric/byte_planes_test.c */
enum status byte_planes_make(struct ctx *ctx, const double *x, size_t rows, size_t columns, struct byte_planes *out,
                             bool *whole) MUST_USE;

/* The sums of one of the draws: Σ times × x of each column.
 * takes   room  filled by byte_sums with planes->bytes; times of a draw add up to at most 2^22
 * gives   sums  [columns]
 * proof   tests/numeric/byte_planes_test.c */
void byte_planes_sums(const struct byte_planes *planes, const struct byte_room *room, const struct byte_draws *draws, size_t draw,
                      double *sums);

#endif
