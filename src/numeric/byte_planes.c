/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/byte_planes.h"

#include <math.h>

#define PLANES_MAX 4u

/* How many bytes the numbers of a column take; 0 when they are not whole or too large. */
static uint32_t planes_of(const double *x, size_t rows)
{
    double largest = 0;
    for (size_t i = 0; i < rows; i++) {
        if (!(fabs(x[i]) <= 127.0 * 0x1p24) || x[i] != nearbyint(x[i]))
            return 0;
        largest = fmax(largest, fabs(x[i]));
    }
    return largest <= 127 ? 1 : largest <= 127.0 * 0x1p8 ? 2 : largest <= 127.0 * 0x1p16 ? 3 : PLANES_MAX;
}

/* x = its bytes, each times 256 as often as it has others below it; they have signs. */
static void column_split(const double *x, size_t rows, uint32_t planes, size_t stride, int8_t *into)
{
    for (size_t i = 0; i < rows; i++) {
        int32_t rest = (int32_t)x[i];
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
    if (!first)
        return ctx_no_memory(ctx);
    for (size_t j = 0; j < columns; j++) {
        uint32_t planes = planes_of(x + j * rows, rows);
        first[j + 1] = first[j] + planes;
        *whole = *whole && planes > 0;
    }
    if (!*whole)
        return STATUS_OK;
    size_t stride = (rows + BYTE_ROWS - 1) / BYTE_ROWS * BYTE_ROWS, count = (size_t)first[columns] + 1;
    int8_t *bytes = arena_array(ctx->arena, count * stride + 1, sizeof *bytes);
    if (!bytes)
        return ctx_no_memory(ctx);
    for (size_t j = 0; j < columns; j++)
        column_split(x + j * rows, rows, first[j + 1] - first[j], stride, bytes + first[j] * stride);
    for (size_t i = 0; i < rows; i++)
        bytes[(count - 1) * stride + i] = 1;
    *out = (struct byte_planes){.bytes = {bytes, count, stride}, .columns = columns, .first = first};
    return STATUS_OK;
}

double byte_planes_sums(const struct byte_planes *planes, const struct byte_room *room, size_t draw, double *sums)
{
    const int64_t *found = room->sums + draw * planes->bytes.count;
    for (size_t j = 0; j < planes->columns; j++) {
        int64_t sum = 0;
        for (uint32_t p = planes->first[j + 1]; p-- > planes->first[j];)
            sum = sum * 256 + found[p];
        sums[j] = (double)sum;
    }
    return (double)found[planes->bytes.count - 1];
}
