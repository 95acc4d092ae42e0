/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/byte_planes.h"

#include <math.h>

#define PLANES_MAX 4u

/* How many bytes the numbers of a column take; 0 when they are not whole or too large.
 * gives   *middle  what is to be taken off so that they take so few: 0 where one byte will do without */
static uint32_t planes_of(const double *x, size_t rows, int64_t *middle)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < rows; i++) {
        if (!(fabs(x[i]) <= 127.0 * 0x1p24) || x[i] != nearbyint(x[i]))
            return 0;
        low = i == 0 ? x[i] : fmin(low, x[i]);
        high = i == 0 ? x[i] : fmax(high, x[i]);
    }
    bool small = fmax(fabs(low), fabs(high)) <= 127;
    *middle = small ? 0 : (int64_t)floor((low + high) / 2);
    double largest = fmax(fabs(low - (double)*middle), fabs(high - (double)*middle));
    return largest <= 127 ? 1 : largest <= 127.0 * 0x1p8 ? 2 : largest <= 127.0 * 0x1p16 ? 3 : PLANES_MAX;
}

/* x − middle = its bytes, each times 256 as often as it has others below it; they have signs. */
static void column_split(const double *x, size_t rows, int64_t middle, uint32_t planes, size_t stride, int8_t *into)
{
    for (size_t i = 0; i < rows; i++) {
        int32_t rest = (int32_t)((int64_t)x[i] - middle);
        for (uint32_t p = 0; p < planes; p++) {
            int32_t low = (rest & 0xFF) - (rest & 0x80 ? 256 : 0);
            into[p * stride + i] = (int8_t)low;
            rest = (rest - low) / 256;
        }
    }
}

enum status byte_planes_make(struct ctx *ctx, const double *x, size_t rows, size_t columns, struct byte_planes *out, bool *whole)
{
    *whole = rows <= BYTE_PLANES_ROWS_MAX;
    if (!*whole)
        return STATUS_OK;
    uint32_t *first = arena_array(ctx->arena, columns + 1, sizeof *first);
    int64_t *middles = arena_array(ctx->arena, columns + 1, sizeof *middles);
    if (!first || !middles)
        return ctx_no_memory(ctx);
    for (size_t j = 0; j < columns; j++) {
        uint32_t planes = planes_of(x + j * rows, rows, &middles[j]);
        first[j + 1] = first[j] + planes;
        *whole = *whole && planes > 0;
    }
    if (!*whole)
        return STATUS_OK;
    size_t stride = (rows + BYTE_ROWS - 1) / BYTE_ROWS * BYTE_ROWS, count = first[columns];
    int8_t *bytes = arena_array(ctx->arena, count * stride + 1, sizeof *bytes);
    if (!bytes)
        return ctx_no_memory(ctx);
    for (size_t j = 0; j < columns; j++)
        column_split(x + j * rows, rows, middles[j], first[j + 1] - first[j], stride, bytes + first[j] * stride);
    *out = (struct byte_planes){.bytes = {bytes, count, stride}, .columns = columns, .first = first, .middles = middles};
    return STATUS_OK;
}

void byte_planes_sums(const struct byte_planes *planes, const struct byte_room *room, const struct byte_draws *draws, size_t draw,
                      double *sums)
{
    const int64_t *found = room->sums + draw * planes->bytes.count;
    for (size_t j = 0; j < planes->columns; j++) {
        int64_t sum = 0;
        for (uint32_t p = planes->first[j + 1]; p-- > planes->first[j];)
            sum = sum * 256 + found[p];
        sums[j] = (double)(sum + planes->middles[j] * draws->totals[draw]);
    }
}
