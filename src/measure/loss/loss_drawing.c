/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/loss/loss_drawing.h"

#include <math.h>

#include "measure/mean_error.h"
#include "measure/resample_job.h"
#include "numeric/resample_interval.h"

/* Persons, with their weights and units.
 * fails   STATUS_MEMORY */
static enum status persons_make(struct ctx *ctx, const struct loss_cases *cases, const uint32_t *pattern, struct loss_drawn *out)
{
    const struct case_matrix *matrix = &cases->matrix;
    unsigned char *cell = arena_array(ctx->arena, matrix->rows + 1, sizeof *cell);
    double *weight = arena_array(ctx->arena, matrix->rows + 1, sizeof *weight);
    if (!cell || !weight)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix->rows; i++) {
        cell[i] = (unsigned char)loss_cell(cases, i);
        weight[i] = matrix->weights ? matrix->weights[i] : 1;
    }
    *out = (struct loss_drawn){.count = matrix->rows,
                               .pattern = pattern,
                               .cell = cell,
                               .weight = weight,
                               .design = {.row_count = matrix->rows,
                                          .units = matrix->units,
                                          .unit_count = matrix->units ? matrix->unit_count : 0,
                                          .strata = matrix->strata,
                                          .stratum_count = matrix->stratum_count}};
    if (matrix->units && matrix->unit_count < CLUSTERS_FOR_TEST)
        out->blank = REASON_FEW_CLUSTERS;
    return resample_strata_check(ctx, matrix, &out->blank);
}

/* Kinds of persons and how many there are of each, in order of pattern and cell.
 * fails   STATUS_MEMORY */
static enum status kinds_make(struct ctx *ctx, const struct loss_cases *cases, const uint32_t *pattern, struct loss_drawn *out)
{
    const struct case_matrix *matrix = &cases->matrix;
    size_t patterns = 0, count = 0;
    for (size_t i = 0; i < matrix->rows; i++)
        patterns = pattern[i] >= patterns ? (size_t)pattern[i] + 1 : patterns;
    uint64_t *all = arena_array(ctx->arena, 4 * patterns + 1, sizeof *all);
    uint64_t *counts = arena_array(ctx->arena, 4 * patterns + 1, sizeof *counts);
    uint32_t *kind = arena_array(ctx->arena, 4 * patterns + 1, sizeof *kind);
    unsigned char *cell = arena_array(ctx->arena, 4 * patterns + 1, sizeof *cell);
    double *weight = arena_array(ctx->arena, 4 * patterns + 1, sizeof *weight);
    if (!all || !counts || !kind || !cell || !weight)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix->rows; i++)
        all[4 * (size_t)pattern[i] + loss_cell(cases, i)]++;
    for (size_t k = 0; k < 4 * patterns; k++) {
        if (!all[k])
            continue;
        counts[count] = all[k];
        kind[count] = (uint32_t)(k / 4);
        cell[count] = (unsigned char)(k % 4);
        weight[count++] = 1;
    }
    *out = (struct loss_drawn){
        .count = count, .pattern = kind, .cell = cell, .weight = weight, .design = {.row_count = count, .cell_counts = counts}};
    return STATUS_OK;
}

enum status loss_drawn_make(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                            const uint32_t *pattern, struct loss_drawn *out)
{
    return !resample_by_cells(measuring) ? persons_make(ctx, cases, pattern, out) : kinds_make(ctx, cases, pattern, out);
}

/* The stream of a name (FNV-1a), so that what else was asked changes nothing. */
static uint64_t stream_of(const char *name)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (const char *at = name; *at; at++)
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001B3);
    return hash;
}

/* The percentile interval of the last figure.
 * fails   STATUS_MEMORY */
static enum status interval_find(struct ctx *ctx, const struct measuring *measuring, const struct resampled *resampled,
                                 struct adjusted_loss *out)
{
    const struct resample_sample sample = {
        .estimate = out->fraction, .bootstrap = resampled, .figure = resampled->count - 1, .confidence = measuring->confidence};
    struct resample_interval interval = {.se = 0};
    enum undefined undefined = UNDEFINED_TOO_FEW;
    out->interval_blank = REASON_TOO_FEW;
    out->kept = resampled->kept;
    out->failed = resampled->failed;
    out->many_failed = resampled->many_failed;
    if (!resampled->kept)
        return STATUS_OK;
    enum status status = resample_interval_find(ctx, &sample, &interval, &undefined);
    out->interval_blank = undefined ? reason_of(undefined) : REASON_NONE;
    out->interval = interval.percentile;
    return status;
}

enum status loss_draw(struct ctx *ctx, const struct measuring *measuring, const struct loss_drawn *drawn,
                      const struct resample_figures *figures, const char *name, struct adjusted_loss *out)
{
    double found[2] = {0, 0};
    out->interval_blank = drawn->blank;
    out->undefined = UNDEFINED_TOO_FEW;
    if (!drawn->count)
        return STATUS_OK;
    enum status status = resample_original(ctx, &drawn->design, figures, found, &out->undefined);
    if (status || out->undefined)
        return status;
    out->ratio = found[0];
    out->fraction = found[figures->count - 1];
    if (drawn->blank)
        return STATUS_OK;
    const struct resample_plan plan = {.replicates = measuring->replicates ? measuring->replicates : LOSS_REPLICATES,
                                       .seed = measuring->seed,
                                       .stream = stream_of(name),
                                       .what = "Drawing customers again"};
    struct resampled resampled;
    status = resample_bootstrap(ctx, &drawn->design, figures, &plan, &resampled);
    return status ? status : interval_find(ctx, measuring, &resampled, out);
}
