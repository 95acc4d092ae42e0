/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/cross_moments.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/chance.h"
#include "numeric/row_sums.h"

#define CONSTANT_BELOW 1e-12 /* of the mean square about the origin: a variance that is rounding */
#define SINGULAR_BELOW 1e-10 /* of a predictor's variance: what the others must leave of it */

/* Σwx/Σw. */
static double mean_of(const double *x, const double *weights, size_t n)
{
    double sum = 0, total = 0;
    for (size_t i = 0; i < n; i++) {
        double weight = weights ? weights[i] : 1;
        sum += weight * x[i];
        total += weight;
    }
    return sum / total;
}

enum status moment_rows_make(struct ctx *ctx, const struct regression *regression, struct moment_rows *out)
{
    size_t n = regression->rows, p = regression->columns, columns = p + 1;
    double *values = arena_array(ctx->arena, n * columns, sizeof *values);
    if (!values)
        return ctx_no_memory(ctx);
    for (size_t j = 0; j < columns; j++) {
        const double *column = j < p ? regression->x + j * n : regression->y;
        double mean = mean_of(column, regression->weights, n);
        for (size_t i = 0; i < n; i++)
            values[i * columns + j] = column[i] - mean;
    }
    *out = (struct moment_rows){.rows = n, .columns = columns, .values = values, .weights = regression->weights};
    return STATUS_OK;
}

size_t cross_moments_room(size_t columns)
{
    return columns;
}

/* Adds one row `by` times: its values to sums, its products to the upper triangle. */
static void row_add(const double *row, size_t columns, double by, double *sums, double *products)
{
    for (size_t a = 0; a < columns; a++) {
        double scaled = by * row[a], *into = products + a * columns;
        sums[a] += scaled;
        for (size_t b = a; b < columns; b++)
            into[b] += scaled * row[b];
    }
}

/* Turns sums and products (upper triangle) into covariances.
 * takes   total  Σw, above 0 */
static void covariance_finish(double total, const double *sums, size_t columns, double *covariance)
{
    assert(total > 0);
    for (size_t a = 0; a < columns; a++) {
        for (size_t b = a; b < columns; b++) {
            double square = covariance[a * columns + b] / total, centred = square - sums[a] / total * (sums[b] / total);
            if (a == b && centred <= CONSTANT_BELOW * square)
                centred = 0;
            covariance[a * columns + b] = covariance[b * columns + a] = centred;
        }
    }
}

/* Doubles that a group's sums take. */
static size_t moment_groups_stride(size_t columns)
{
    size_t sums = 2 + columns + columns * (columns + 1) / 2;
    return (sums + ROW_SUMS_LANES - 1) / ROW_SUMS_LANES * ROW_SUMS_LANES;
}

void cross_moments_gather(const struct moment_rows *rows, const uint32_t *times, double *room, double *covariance)
{
    size_t columns = rows->columns;
    memset(room, 0, columns * sizeof *room);
    memset(covariance, 0, columns * columns * sizeof *covariance);
    double total = 0;
    for (size_t i = 0; i < rows->rows; i++) {
        double by = (times ? times[i] : 1) * (rows->weights ? rows->weights[i] : 1);
        if (by <= 0)
            continue;
        total += by;
        row_add(rows->values + i * columns, columns, by, room, covariance);
    }
    covariance_finish(total, room, columns, covariance);
}

size_t moment_groups_room(size_t columns)
{
    return moment_groups_stride(columns);
}

/* Which group each unit is in, and which stratum each group. */
struct dealing {
    size_t units, count;
    uint16_t *narrow;   /* [units] the group, when there are many units and no strata; MOMENT_GROUPS_MAX fits */
    uint32_t *group_of; /* [units] else, with strata; without either a unit is its own group */
    uint32_t *strata;   /* [count], NULL without strata */
};

/* The group of a unit. */
static size_t dealt_to(const struct dealing *dealing, size_t unit)
{
    if (dealing->narrow)
        return dealing->narrow[unit];
    return dealing->group_of ? dealing->group_of[unit] : unit;
}

/* How many groups a stratum gets: its part of all, but not too few. */
static size_t stratum_groups(size_t units, size_t all)
{
    size_t share = (size_t)((double)MOMENT_GROUPS_MAX * (double)units / (double)all);
    size_t groups = share > STRATUM_GROUPS_MIN ? share : STRATUM_GROUPS_MIN;
    return groups < units ? groups : units;
}

/* Which place the i-th exchange of a shuffle is with. */
static size_t exchanged_with(const struct moment_grouping *grouping, size_t i)
{
    return (size_t)chance_below(grouping->seed, grouping->stream, i, i + 1);
}

/* Deals units, in a random order, to the groups in turn. The exchanges that put units in order, last one first, are done to the
 * groups of the places, first one first: then each group stands at its unit, and no order needs to be held.
 * fails   STATUS_MEMORY */
static enum status units_deal(struct ctx *ctx, struct arena *room, const struct moment_grouping *grouping, struct dealing *out)
{
    uint16_t *groups = arena_array(room, out->units, sizeof *groups);
    if (!groups)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->units; i++)
        groups[i] = (uint16_t)(i % MOMENT_GROUPS_MAX);
    for (size_t i = 1; i < out->units; i++) {
        size_t other = exchanged_with(grouping, i);
        uint16_t kept = groups[i];
        groups[i] = groups[other];
        groups[other] = kept;
    }
    out->narrow = groups;
    out->count = MOMENT_GROUPS_MAX;
    return STATUS_OK;
}

/* Deals units, in a random order, to the groups of their stratum in turn.
 * takes   order  [units] random
 *         room   [3 × strata] zero
 * gives   *out; strata in ctx->arena
 * fails   STATUS_MEMORY */
static enum status strata_deal(struct ctx *ctx, const struct moment_grouping *grouping, const uint32_t *order, size_t *room,
                               struct dealing *out)
{
    size_t strata = grouping->stratum_count, *units = room, *first = room + strata, *met = first + strata;
    for (size_t i = 0; i < out->units; i++)
        units[grouping->strata[i]]++;
    for (size_t s = 0; s < strata; s++) {
        first[s] = out->count;
        out->count += stratum_groups(units[s], out->units);
    }
    for (size_t i = 0; i < out->units; i++) {
        size_t s = grouping->strata[order[i]], end = s + 1 < strata ? first[s + 1] : out->count;
        out->group_of[order[i]] = (uint32_t)(first[s] + met[s]++ % (end - first[s]));
    }
    out->strata = arena_array(ctx->arena, out->count + 1, sizeof *out->strata);
    if (!out->strata)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->units; i++)
        out->strata[out->group_of[i]] = grouping->strata[i];
    return STATUS_OK;
}

/* Shuffles the units of a stratified design and deals them.
 * fails   STATUS_MEMORY */
static enum status stratified_deal(struct ctx *ctx, struct arena *room, const struct moment_grouping *grouping,
                                   struct dealing *out)
{
    size_t *counts = arena_array(room, 3 * grouping->stratum_count, sizeof *counts);
    uint32_t *order = arena_array(room, out->units, sizeof *order);
    out->group_of = arena_array(room, out->units, sizeof *out->group_of);
    if (!order || !counts || !out->group_of)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->units; i++)
        order[i] = (uint32_t)i;
    for (size_t i = out->units; i-- > 1;) {
        size_t other = exchanged_with(grouping, i);
        uint32_t kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
    return strata_deal(ctx, grouping, order, counts, out);
}

/* The group of each unit: itself, or one that chance gives it.
 * fails   STATUS_MEMORY */
static enum status groups_deal(struct ctx *ctx, struct arena *room, const struct moment_grouping *grouping, struct dealing *out)
{
    if (out->units > MOMENT_GROUPS_MAX)
        return grouping->strata ? stratified_deal(ctx, room, grouping, out) : units_deal(ctx, room, grouping, out);
    out->count = out->units;
    if (!grouping->strata)
        return STATUS_OK;
    out->strata = arena_array(ctx->arena, out->units + 1, sizeof *out->strata);
    if (!out->strata)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->units; i++)
        out->strata[i] = grouping->strata[i];
    return STATUS_OK;
}

/* Where rows are read: gathered ones, or those of a regression, less their means. */
struct row_reader {
    const struct moment_rows *gathered; /* NULL: of the regression */
    const struct regression *regression;
    const double *means; /* [columns] of it */
    size_t rows, columns;
    double *row; /* [columns] room */
};

/* One row, each column about its mean.
 * gives   *weight  of it */
static const double *row_read(const struct row_reader *reader, size_t i, double *weight)
{
    const struct moment_rows *gathered = reader->gathered;
    if (gathered) {
        *weight = gathered->weights ? gathered->weights[i] : 1;
        return gathered->values + i * reader->columns;
    }
    *weight = regression_row(reader->regression, i, reader->row);
    for (size_t j = 0; j < reader->columns; j++)
        reader->row[j] -= reader->means[j];
    return reader->row;
}

/* Adds a row to the sums of its group. */
static void group_add(const struct row_reader *reader, size_t i, double *sums)
{
    size_t columns = reader->columns;
    double by, *products = sums + 2 + columns;
    const double *row = row_read(reader, i, &by);
    sums[0] += 1;
    sums[1] += by;
    for (size_t a = 0; a < columns; a++) {
        double scaled = by * row[a];
        sums[2 + a] += scaled;
        for (size_t b = a; b < columns; b++)
            *products++ += scaled * row[b];
    }
}

/* Adds every row to its group.
 * fails   STATUS_MEMORY */
static enum status groups_fill(struct ctx *ctx, const struct row_reader *reader, const struct moment_grouping *grouping,
                               struct moment_groups *out)
{
    size_t stride = moment_groups_stride(reader->columns);
    struct dealing dealing = {.units = grouping->units ? grouping->unit_count : reader->rows};
    struct arena *room = NULL;
    if (arena_create(ctx->arena, &room))
        return ctx_no_memory(ctx);
    enum status status = groups_deal(ctx, room, grouping, &dealing);
    double *sums = status ? NULL : arena_array(ctx->arena, dealing.count + 1, stride * sizeof *sums);
    if (!status && !sums)
        status = ctx_no_memory(ctx);
    /* On the bounds of cache lines, as there is a row too many: what is read a thousand times is read whole lines at a time. */
    while ((uintptr_t)sums % (ROW_SUMS_LANES * sizeof *sums) != 0)
        sums++;
    for (size_t i = 0; i < reader->rows && !status; i++)
        group_add(reader, i, sums + dealt_to(&dealing, grouping->units ? grouping->units[i] : i) * stride);
    arena_destroy(room);
    *out = (struct moment_groups){
        .count = dealing.count, .columns = reader->columns, .strata = dealing.strata, .sums = sums, .stride = stride};
    return status;
}

enum status moment_groups_make(struct ctx *ctx, const struct moment_rows *rows, const struct moment_grouping *grouping,
                               struct moment_groups *out)
{
    const struct row_reader reader = {.gathered = rows, .rows = rows->rows, .columns = rows->columns};
    return groups_fill(ctx, &reader, grouping, out);
}

enum status moment_groups_of(struct ctx *ctx, const struct regression *regression, const struct moment_grouping *grouping,
                             struct moment_groups *out)
{
    size_t n = regression->rows, columns = regression->columns + 1;
    double *means = arena_array(ctx->arena, 2 * columns, sizeof *means), total = 0;
    if (!means)
        return ctx_no_memory(ctx);
    double *row = means + columns;
    for (size_t i = 0; i < n; i++) {
        double weight = regression_row(regression, i, row);
        for (size_t j = 0; j < columns; j++)
            means[j] += weight * row[j];
        total += weight;
    }
    for (size_t j = 0; j < columns; j++)
        means[j] /= total;
    const struct row_reader reader = {.regression = regression, .means = means, .rows = n, .columns = columns, .row = row};
    return groups_fill(ctx, &reader, grouping, out);
}

double moment_groups_gather(const struct moment_groups *groups, const uint32_t *times, double *room, double *covariance)
{
    size_t columns = groups->columns;
    const struct row_table table = {groups->sums, groups->count, groups->stride};
    row_sums(kernel_current(), &table, times, room);
    const double *products = room + 2 + columns;
    for (size_t a = 0; a < columns; a++) {
        for (size_t b = a; b < columns; b++)
            covariance[a * columns + b] = *products++;
    }
    covariance_finish(room[1], room + 2, columns, covariance);
    return room[0];
}

size_t moment_regression_room(size_t count)
{
    return (count + 1) * (count + 2);
}

/* The correlations of the chosen columns and the outcome, and the scale of each.
 * blank   as moment_regression */
static enum undefined correlations_choose(const struct moment_model *model, double *scales, double *correlations)
{
    size_t side = model->count + 1;
    for (size_t a = 0; a < side; a++) {
        size_t from = a == model->count ? model->columns - 1 : model->chosen ? model->chosen[a] : a;
        double variance = model->covariance[from * model->columns + from];
        if (!(variance > 0))
            return a == model->count ? UNDEFINED_NO_VARIANCE : UNDEFINED_SINGULAR;
        scales[a] = sqrt(variance);
        for (size_t b = 0; b <= a; b++) {
            size_t with = b == model->count ? model->columns - 1 : model->chosen ? model->chosen[b] : b;
            double r = model->covariance[from * model->columns + with] / (scales[a] * scales[b]);
            correlations[a * side + b] = correlations[b * side + a] = a == b ? 1 : r;
        }
    }
    return DEFINED;
}

enum undefined moment_regression(const struct moment_model *model, double *room, double *coefficients, double *r_squared)
{
    size_t count = model->count, side = count + 1;
    double *scales = room, *m = room + side;
    enum undefined undefined = correlations_choose(model, scales, m);
    if (undefined)
        return undefined;
    double explained = 0;
    for (size_t j = 0; j < count; j++) {
        double pivot = m[j * side + j];
        if (pivot < SINGULAR_BELOW)
            return UNDEFINED_SINGULAR;
        explained += m[j * side + count] * m[j * side + count] / pivot;
        for (size_t a = j + 1; a < count; a++) {
            double share = m[j * side + a] / pivot;
            for (size_t b = a; b < side; b++)
                m[a * side + b] -= share * m[j * side + b];
        }
    }
    *r_squared = explained < 1 ? explained : 1;
    for (size_t j = count; coefficients && j-- > 0;) {
        double right = m[j * side + count];
        for (size_t b = j + 1; b < count; b++)
            right -= m[j * side + b] * coefficients[b];
        coefficients[j] = right / m[j * side + j];
    }
    for (size_t j = 0; coefficients && j < count; j++)
        coefficients[j] *= scales[count] / scales[j];
    return DEFINED;
}
