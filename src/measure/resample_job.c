/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/resample_job.h"

#include <string.h>

#include "base/chance.h"
#include "measure/mean_error.h"
#include "numeric/byte_planes.h"

#define LANES       4
#define BUNDLE_SEED UINT64_C(0xB5297A4D3F84D5B5) /* numbers of their own: which row goes into which bundle */
#define ROOM_APART  8 /* doubles between the sums of two workers, so that they do not share a line of the cache */

enum status resample_list_add(struct ctx *ctx, struct resample_list *list, const struct resample_entry *entry)
{
    if (list->count == list->capacity) {
        size_t capacity = 2 * list->capacity + 16;
        struct resample_entry *entries = arena_array(ctx->arena, capacity, sizeof *entries);
        if (!entries)
            return ctx_no_memory(ctx);
        if (list->count)
            memcpy(entries, list->entries, list->count * sizeof *entries);
        list->entries = entries;
        list->capacity = capacity;
    }
    list->entries[list->count++] = *entry;
    return STATUS_OK;
}

bool resample_by_cells(const struct measuring *measuring)
{
    const struct pairs *pairs = measuring->pairs;
    return !pairs->plan->weighted && !pairs->clustered && !pairs->stratified;
}

/* A source with the workers' room: how much weight each row has in this draw, then the sums. */
struct sum_state {
    struct sum_source source;
    const double *squares; /* [rows] Σw² of a bundle, whose Σw are the weights and Σwx the columns; NULL = rows are persons */
    double *room;          /* [workers × stride] */
    size_t stride;
    struct byte_planes planes; /* of persons without weights whose columns are whole numbers */
    struct byte_room *rooms;   /* [workers] */
};

/* Σ a·b, in LANES sums side by side, so that one addition need not wait for another; the order of adding is fixed. */
static double products_sum(const double *restrict a, const double *restrict b, size_t count)
{
    double lanes[LANES] = {0}, sum = 0;
    size_t whole = count - count % LANES;
    for (size_t i = 0; i < whole; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++)
            lanes[lane] += a[i + lane] * b[i + lane];
    }
    for (size_t lane = 0; lane < LANES; lane++)
        sum += lanes[lane];
    for (size_t i = whole; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Σw and Σw² of what was drawn, and the weight of each row in it: for a bundle how often it was drawn. */
static void weights_draw(const struct sum_state *state, const uint32_t *times, double *restrict drawn, struct drawn_sums *sums)
{
    const struct sum_source *source = &state->source;
    double w = 0, ww = 0;
    for (size_t i = 0; i < source->rows && state->squares; i++) {
        drawn[i] = times[i];
        w += drawn[i] * source->weights[i];
        ww += drawn[i] * state->squares[i];
    }
    for (size_t i = 0; i < source->rows && !state->squares; i++) {
        double weight = source->weights ? source->weights[i] : 1;
        drawn[i] = weight * times[i];
        w += drawn[i];
        ww += drawn[i] * weight;
    }
    sums->w = w;
    sums->ww = ww;
}

/* Σw, Σw² and Σw·x over what was drawn, then the figures: the engine's compute().
 * cost    time rows × columns */
static enum undefined sums_compute(void *state, unsigned worker, const uint32_t *times, double *out)
{
    const struct sum_state *all = state;
    const struct sum_source *source = &all->source;
    double *drawn = all->room + worker * all->stride, *x = drawn + source->rows;
    struct drawn_sums sums = {.x = x, .columns = source->columns, .about = source->about};
    weights_draw(all, times, drawn, &sums);
    for (size_t j = 0; j < source->columns; j++)
        x[j] = products_sum(drawn, source->x + j * source->rows, source->rows);
    return source->figures(&sums, out);
}

/* The same from bytes, a few draws at a time: whole numbers add up without rounding, so the bits are the same. */
static void sums_compute_bytes(void *state, unsigned worker, const struct byte_draws *draws, double *out,
                               unsigned char *undefined)
{
    const struct sum_state *all = state;
    double *x = all->room + worker * all->stride + all->source.rows;
    byte_sums(kernel_current(), draws, &all->planes.bytes, &all->rooms[worker]);
    for (size_t d = 0; d < draws->count; d++) {
        struct drawn_sums sums = {.x = x, .columns = all->source.columns, .about = all->source.about};
        byte_planes_sums(&all->planes, &all->rooms[worker], draws, d, x);
        sums.w = sums.ww = (double)draws->totals[d];
        undefined[d] = (unsigned char)all->source.figures(&sums, out + d * all->source.figure_count);
    }
}

/* A way for times in bytes, where there is one.
 * fails   STATUS_MEMORY */
static enum status bytes_make(struct ctx *ctx, struct sum_state *state, struct resample_figures *figures)
{
    const struct sum_source *source = &state->source;
    bool whole = false;
    enum status status = byte_planes_make(ctx, source->x, source->rows, source->columns, &state->planes, &whole);
    if (status || !whole)
        return status;
    size_t workers = resample_workers(ctx), room = BYTE_DRAWS_AT_ONCE * state->planes.bytes.count + ROOM_APART;
    state->rooms = arena_array(ctx->arena, workers, sizeof *state->rooms);
    int64_t *sums = arena_array(ctx->arena, workers * room, sizeof *sums);
    int32_t *products = arena_array(ctx->arena, workers * 2 * room, sizeof *products);
    if (!state->rooms || !sums || !products)
        return ctx_no_memory(ctx);
    for (size_t w = 0; w < workers; w++)
        state->rooms[w] = (struct byte_room){sums + w * room, products + w * 2 * room};
    figures->compute_bytes = sums_compute_bytes;
    return STATUS_OK;
}

/* The part that both kinds of jobs share.
 * fails   STATUS_MEMORY */
static enum status figures_make(struct ctx *ctx, const struct sum_source *source, const double *weights, const double *squares,
                                struct resample_figures *out)
{
    struct sum_state *state = arena_alloc(ctx->arena, sizeof *state);
    if (!state)
        return ctx_no_memory(ctx);
    *state = (struct sum_state){.source = *source, .stride = source->rows + source->columns + ROOM_APART};
    state->source.weights = weights;
    state->squares = squares;
    state->room = arena_array(ctx->arena, resample_workers(ctx) * state->stride, sizeof *state->room);
    if (!state->room)
        return ctx_no_memory(ctx);
    *out = (struct resample_figures){.state = state, .count = source->figure_count, .compute = sums_compute};
    return STATUS_OK;
}

/* Figures of rows, drawn one by one or as units.
 * fails   STATUS_MEMORY */
static enum status row_figures_make(struct ctx *ctx, const struct sum_source *source, const struct case_matrix *matrix,
                                    struct resample_figures *out)
{
    enum status status = figures_make(ctx, source, matrix->weights, NULL, out);
    if (status || matrix->weights || matrix->units || matrix->strata)
        return status;
    return bytes_make(ctx, out->state, out);
}

/* Nothing to draw from, or one alone. */
static enum reason count_blank(uint64_t n)
{
    return n == 0 ? REASON_NO_PAIRS : n == 1 ? REASON_TOO_FEW : REASON_NONE;
}

enum status resample_job_of_cells(struct ctx *ctx, const struct sum_source *source, const uint64_t *counts,
                                  struct resample_job *out)
{
    uint64_t n = 0;
    for (size_t c = 0; c < source->rows; c++)
        n += counts[c];
    *out = (struct resample_job){.blank = count_blank(n), .route = ROUTE_CELLS, .n = n, .respondents = n};
    out->design = (struct resample_design){.row_count = source->rows, .cell_counts = counts};
    return figures_make(ctx, source, NULL, NULL, &out->figures);
}

enum status resample_strata_check(struct ctx *ctx, const struct case_matrix *matrix, enum reason *out)
{
    size_t *units = arena_array(ctx->arena, matrix->stratum_count + 1, sizeof *units);
    if (!units)
        return ctx_no_memory(ctx);
    for (size_t u = 0; u < matrix->unit_count && matrix->strata; u++)
        units[matrix->strata[u]]++;
    for (size_t h = 0; h < matrix->stratum_count; h++) {
        if (units[h] > 0 && units[h] < CLUSTERS_FOR_TEST)
            *out = REASON_TOO_FEW;
    }
    return STATUS_OK;
}

/* The sums of bundles in place of rows. Rows come in canonical order, so that the same persons always share a bundle.
 * fails   STATUS_MEMORY
 * cost    time rows × columns */
static enum status bundles_make(struct ctx *ctx, const struct case_matrix *matrix, const struct sum_source *source,
                                struct resample_job *out)
{
    struct sum_source bundles = *source;
    double *x = arena_array(ctx->arena, RESAMPLE_BUNDLES * (source->columns + 2), sizeof *x);
    uint32_t *of_row = arena_array(ctx->arena, matrix->rows, sizeof *of_row);
    if (!x || !of_row)
        return ctx_no_memory(ctx);
    double *weights = x + source->columns * RESAMPLE_BUNDLES, *squares = weights + RESAMPLE_BUNDLES;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = matrix->weights ? matrix->weights[i] : 1;
        of_row[i] = (uint32_t)chance_below(BUNDLE_SEED, 0, i, RESAMPLE_BUNDLES);
        weights[of_row[i]] += weight;
        squares[of_row[i]] += weight * weight;
    }
    for (size_t j = 0; j < source->columns; j++) {
        const double *column = source->x + j * matrix->rows;
        for (size_t i = 0; i < matrix->rows; i++)
            x[j * RESAMPLE_BUNDLES + of_row[i]] += (matrix->weights ? matrix->weights[i] : 1) * column[i];
    }
    bundles.rows = RESAMPLE_BUNDLES;
    bundles.x = x;
    out->bundled = true;
    out->design = (struct resample_design){.row_count = RESAMPLE_BUNDLES};
    return figures_make(ctx, &bundles, weights, squares, &out->figures);
}

enum status resample_job_of_rows(struct ctx *ctx, const struct case_matrix *matrix, const struct sum_source *source,
                                 struct resample_job *out)
{
    *out = (struct resample_job){.blank = matrix->blank ? matrix->blank : count_blank(matrix->rows),
                                 .route = matrix->units ? ROUTE_UNITS : ROUTE_PERSONS,
                                 .n = matrix->rows,
                                 .respondents = matrix->respondents};
    if (!out->blank && matrix->units && matrix->unit_count < CLUSTERS_FOR_TEST)
        out->blank = REASON_FEW_CLUSTERS;
    out->design = (struct resample_design){.row_count = matrix->rows,
                                           .units = matrix->units,
                                           .unit_count = matrix->unit_count,
                                           .strata = matrix->strata,
                                           .stratum_count = matrix->stratum_count};
    enum status status = out->blank ? STATUS_OK : resample_strata_check(ctx, matrix, &out->blank);
    if (status)
        return status;
    if (!out->blank && !matrix->units && !matrix->strata && matrix->rows > RESAMPLE_BUNDLED_ABOVE)
        return bundles_make(ctx, matrix, source, out);
    return row_figures_make(ctx, source, matrix, &out->figures);
}

/* Numbers the units of the rows kept in order of appearance, and takes their strata along.
 * takes   number  [unit_count] zeroed: number + 1 */
static void units_keep(const struct case_matrix *matrix, const bool *keep, uint32_t *number, uint32_t *units, uint32_t *strata,
                       struct case_matrix *out)
{
    size_t row = 0;
    out->unit_count = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        size_t unit = matrix->units ? matrix->units[i] : i;
        if (!keep[i])
            continue;
        if (!number[unit]) {
            number[unit] = (uint32_t)++out->unit_count;
            strata[number[unit] - 1] = matrix->strata ? matrix->strata[unit] : 0;
        }
        units[row++] = number[unit] - 1;
    }
    out->units = matrix->units ? units : NULL;
    out->strata = matrix->strata ? strata : NULL;
}

enum status resample_matrix_keep(struct ctx *ctx, const struct case_matrix *matrix, const bool *keep, struct case_matrix *out)
{
    uint32_t *cases = arena_array(ctx->arena, matrix->rows + 1, sizeof *cases);
    double *weights = arena_array(ctx->arena, matrix->rows + 1, sizeof *weights);
    uint32_t *number = arena_array(ctx->arena, matrix->rows + 1, sizeof *number);
    uint32_t *units = arena_array(ctx->arena, matrix->rows + 1, sizeof *units);
    uint32_t *strata = arena_array(ctx->arena, matrix->rows + 1, sizeof *strata);
    if (!cases || !weights || !number || !units || !strata)
        return ctx_no_memory(ctx);
    *out = *matrix;
    out->rows = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        if (!keep[i])
            continue;
        cases[out->rows] = matrix->cases[i];
        weights[out->rows++] = matrix->weights ? matrix->weights[i] : 1;
    }
    units_keep(matrix, keep, number, units, strata, out);
    out->cases = cases;
    out->weights = matrix->weights ? weights : NULL;
    out->values = NULL;
    out->columns = 0;
    out->left_out = matrix->left_out + matrix->rows - out->rows;
    return STATUS_OK;
}

enum status resample_variable_read(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                   const struct case_variable *variable, double *values, bool *has)
{
    struct case_matrix matrix;
    enum status status = case_matrix_make(ctx, measuring, group, variable, 1, &matrix);
    for (size_t i = 0, next = 0; i < group->case_count && !status && next < matrix.rows; i++) {
        has[i] = matrix.cases[next] == group->cases[i];
        if (has[i])
            values[i] = matrix.values[next++];
    }
    return status;
}
