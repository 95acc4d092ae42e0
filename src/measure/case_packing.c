/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_packing.h"

#include <string.h>

#include "base/pool.h"

enum { PIECE_ROWS = 1024, WAVE_PIECES = 16, WAVE_ROWS = PIECE_ROWS * WAVE_PIECES };

/* Some cases on their way from the answers into the columns. */
struct case_wave {
    const struct case_reading *reading;
    const uint32_t *cases;           /* [count] */
    size_t count, stride;            /* stride: the cases of the largest wave */
    double *values;                  /* [(columns) × stride] the complete cases of each piece from its begin on */
    uint32_t *kept;                  /* [stride] their encounters, likewise */
    size_t rows[WAVE_PIECES];        /* how many of each piece are complete */
    struct number_packing **columns; /* [column_count] the variables, then the weights when there are some */
    size_t column_count;
};

/* How many pieces so many cases are read in. */
static size_t pieces_of(size_t count)
{
    return (count + PIECE_ROWS - 1) / PIECE_ROWS;
}

/* Reads a piece of a wave. */
static enum status piece_read(void *state, size_t piece, unsigned worker)
{
    struct case_wave *wave = state;
    const struct case_reading *reading = wave->reading;
    size_t first = piece * PIECE_ROWS, count = wave->count - first < PIECE_ROWS ? wave->count - first : PIECE_ROWS;
    uint32_t *kept = wave->kept + first;
    size_t rows = case_rows_read(reading, wave->cases + first, count, wave->stride, wave->values + first, kept);
    for (size_t i = 0; i < rows && wave->column_count > reading->count; i++)
        wave->values[reading->count * wave->stride + first + i] = case_weight_of(reading->answers, kept[i]);
    wave->rows[piece] = rows;
    (void)worker;
    return STATUS_OK;
}

/* Adds what was read to a column. */
static enum status column_fill(void *state, size_t column, unsigned worker)
{
    const struct case_wave *wave = state;
    enum status status = STATUS_OK;
    for (size_t p = 0; p < pieces_of(wave->count) && !status; p++)
        status = number_packing_add(wave->columns[column], wave->values + column * wave->stride + p * PIECE_ROWS, wave->rows[p]);
    (void)worker;
    return status;
}

/* Reads a wave and adds it to the columns. Few cases are not worth a thread. */
static enum status wave_run(struct ctx *ctx, struct case_wave *wave)
{
    enum status status = pool_run(ctx, pieces_of(wave->count), piece_read, wave);
    if (status || wave->count > PIECE_ROWS)
        return status ? status : pool_run(ctx, wave->column_count, column_fill, wave);
    for (size_t j = 0; j < wave->column_count && !status; j++)
        status = column_fill(wave, j, 0);
    return status ? ctx_no_memory(ctx) : STATUS_OK;
}

/* Counts the rows of a wave, and keeps their encounters.
 * takes   cases  NULL when they are not wanted */
static void wave_end(const struct case_wave *wave, uint32_t *cases, struct case_matrix *out)
{
    for (size_t p = 0; p < pieces_of(wave->count); p++) {
        if (cases)
            memcpy(cases + out->rows, wave->kept + p * PIECE_ROWS, wave->rows[p] * sizeof *cases);
        out->rows += wave->rows[p];
    }
}

/* Opens the columns and the room of the largest wave.
 * fails   STATUS_MEMORY */
static enum status wave_open(struct ctx *ctx, struct arena *room, size_t cases, struct case_wave *wave)
{
    enum status status = STATUS_OK;
    wave->stride = cases < WAVE_ROWS ? cases : WAVE_ROWS;
    wave->values = arena_array(room, wave->stride * wave->column_count + 1, sizeof *wave->values);
    wave->kept = arena_array(room, wave->stride + 1, sizeof *wave->kept);
    wave->columns = arena_array(ctx->arena, wave->column_count + 1, sizeof(struct number_packing *));
    if (!wave->values || !wave->kept || !wave->columns)
        return ctx_no_memory(ctx);
    for (size_t j = 0; j < wave->column_count && !status; j++)
        status = number_packing_open(ctx, cases, &wave->columns[j]);
    return status;
}

/* The columns as they are now.
 * fails   STATUS_MEMORY */
static enum status columns_end(struct ctx *ctx, const struct case_wave *wave, struct case_matrix *out)
{
    size_t count = wave->reading->count;
    struct number_column *columns = arena_array(ctx->arena, count + 1, sizeof *columns);
    if (!columns)
        return ctx_no_memory(ctx);
    for (size_t j = 0; j < count; j++)
        columns[j] = number_packing_column(wave->columns[j]);
    out->packed = columns;
    if (wave->column_count > count)
        out->packed_weights = number_packing_column(wave->columns[count]);
    return STATUS_OK;
}

enum status case_rows_pack(struct ctx *ctx, const struct case_reading *reading, const struct group *group, bool weighted,
                           bool with_cases, struct case_matrix *out)
{
    struct case_wave wave = {.reading = reading, .column_count = reading->count + weighted};
    uint32_t *cases = with_cases ? arena_array(ctx->arena, group->case_count + 1u, sizeof *cases) : NULL;
    struct arena *room;
    if ((with_cases && !cases) || arena_create(ctx->arena, &room))
        return ctx_no_memory(ctx);
    enum status status = wave_open(ctx, room, group->case_count, &wave);
    for (size_t first = 0; first < group->case_count && !status; first += wave.count) {
        wave.cases = group->cases + first;
        wave.count = group->case_count - first < WAVE_ROWS ? group->case_count - first : WAVE_ROWS;
        status = wave_run(ctx, &wave);
        if (!status)
            wave_end(&wave, cases, out);
    }
    arena_destroy(room);
    out->cases = cases;
    out->left_out = group->case_count - out->rows;
    return status ? status : columns_end(ctx, &wave, out);
}
