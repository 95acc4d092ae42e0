/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/priority/priority_cases.h"

/* The means of all columns, so that what is summed is small.
 * gives   means  [columns] */
static void columns_mean(const struct case_matrix *matrix, double *means)
{
    for (size_t a = 0; a < matrix->columns; a++) {
        double sum = 0, all = 0;
        for (size_t i = 0; i < matrix->rows; i++) {
            double weight = matrix->weights ? matrix->weights[i] : 1;
            sum += weight * case_column(matrix, a)[i];
            all += weight;
        }
        means[a] = all > 0 ? sum / all : 0;
    }
}

/* Adds one row to the sums of its bundle. */
static void row_add(const struct case_matrix *matrix, const double *means, size_t i, double *sums)
{
    double weight = matrix->weights ? matrix->weights[i] : 1;
    double *linear = sums + 2, *products = linear + matrix->columns;
    sums[0] += 1;
    sums[1] += weight;
    for (size_t a = 0; a < matrix->columns; a++) {
        double from_mean = weight * (case_column(matrix, a)[i] - means[a]);
        linear[a] += from_mean;
        for (size_t b = 0; b <= a; b++)
            *products++ += from_mean * (case_column(matrix, b)[i] - means[b]);
    }
}

/* Gathers the complete rows and adds them up.
 * takes   room  whose memory may go afterwards
 * gives   sums  [bundles × stride] */
static enum status rows_sum(struct ctx *room, const struct measuring *measuring, struct priority_cases *cases, double *sums)
{
    const struct group *group = &measuring->set->groups[cases->group];
    size_t columns = (size_t)cases->part_count + 1;
    struct case_variable *variables = arena_array(room->arena, columns, sizeof *variables);
    double *means = arena_array(room->arena, columns, sizeof *means);
    struct case_matrix matrix;
    const uint32_t *places = NULL;
    if (!variables || !means)
        return ctx_no_memory(room);
    for (uint32_t j = 0; j < cases->part_count; j++)
        variables[j] = (struct case_variable){.of = CASE_ITEM, .index = cases->parts[j].index, .standard = STANDARD_PERCEPTION};
    variables[cases->part_count] = (struct case_variable){.of = CASE_OUTCOME, .index = cases->outcome};
    enum status status = case_matrix_make(room, measuring, group, variables, columns, &matrix);
    if (!status)
        status = priority_rows_place(room, group, &cases->bundles, &matrix, &places);
    if (status)
        return status;
    columns_mean(&matrix, means);
    for (size_t i = 0; i < matrix.rows; i++)
        row_add(&matrix, means, i, sums + places[i] * cases->drivers.stride);
    cases->drivers.n = matrix.rows;
    cases->drivers.respondents = matrix.respondents;
    return STATUS_OK;
}

enum status priority_drivers_make(struct ctx *ctx, const struct measuring *measuring, struct priority_cases *cases)
{
    size_t columns = (size_t)cases->part_count + 1;
    cases->drivers.stride = 2 + columns + columns * (columns + 1) / 2;
    double *sums = arena_array(ctx->arena, (size_t)cases->bundles.count + 1, cases->drivers.stride * sizeof *sums);
    struct ctx room = *ctx;
    if (!sums || arena_create(ctx->arena, &room.arena))
        return ctx_no_memory(ctx);
    cases->drivers.sums = sums;
    enum status status = rows_sum(&room, measuring, cases, sums);
    if (status)
        ctx->error = room.error;
    arena_destroy(room.arena);
    return status;
}
