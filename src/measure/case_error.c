/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_error.h"

#include <math.h>

/* Σ over units of the squared sums of what their rows add.
 * fails   STATUS_MEMORY */
static enum status unit_squares(struct ctx *ctx, const struct case_matrix *matrix, const double *influences, double *out)
{
    *out = 0;
    if (!matrix->units) {
        for (size_t i = 0; i < matrix->rows; i++)
            *out += influences[i] * influences[i];
        return STATUS_OK;
    }
    double *sums = arena_array(ctx->arena, matrix->unit_count + 1, sizeof *sums);
    if (!sums)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix->rows; i++)
        sums[matrix->units[i]] += influences[i];
    for (size_t u = 0; u < matrix->unit_count; u++)
        *out += sums[u] * sums[u];
    return STATUS_OK;
}

enum status case_error_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                            const double *influences, struct mean_error *out)
{
    *out = (struct mean_error){.undefined = UNDEFINED_TOO_FEW, .test_blank = REASON_NONE};
    size_t units = matrix->units ? matrix->unit_count : matrix->rows;
    if (units < 2)
        return STATUS_OK;
    double squares = 0, design = (double)units;
    enum status status = unit_squares(ctx, matrix, influences, &squares);
    if (matrix->units && measuring->pairs->clusters > units)
        design = (double)measuring->pairs->clusters;
    out->undefined = DEFINED;
    out->se = sqrt(squares * (design / (design - 1)));
    out->df = units - 1;
    if (matrix->units && units < CLUSTERS_FOR_TEST)
        out->test_blank = REASON_FEW_CLUSTERS;
    return status;
}

/* The mean, its spread, and Kish's effective number. */
static void moments_find(const struct case_matrix *matrix, const double *values, struct case_mean *out)
{
    double w = 0, ww = 0, wx = 0, squares = 0;
    bool constant = true;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = matrix->weights ? matrix->weights[i] : 1;
        w += weight;
        ww += weight * weight;
        wx += weight * values[i];
        constant = constant && values[i] == values[0];
    }
    /* What does not vary must not seem to by rounding. */
    out->mean = constant ? values[0] : wx / w;
    for (size_t i = 0; i < matrix->rows; i++) {
        double off = values[i] - out->mean;
        squares += (matrix->weights ? matrix->weights[i] : 1) * off * off;
    }
    out->spread = squares / w;
    out->count = w * (w / ww);
}

enum status case_mean_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                           const double *values, struct case_mean *out)
{
    *out = (struct case_mean){.undefined = UNDEFINED_TOO_FEW, .n = matrix->rows, .error = {.undefined = UNDEFINED_TOO_FEW}};
    if (!matrix->rows)
        return STATUS_OK;
    double *influences = arena_array(ctx->arena, matrix->rows, sizeof *influences);
    if (!influences)
        return ctx_no_memory(ctx);
    moments_find(matrix, values, out);
    double w = 0;
    for (size_t i = 0; i < matrix->rows; i++)
        w += matrix->weights ? matrix->weights[i] : 1;
    for (size_t i = 0; i < matrix->rows; i++)
        influences[i] = (matrix->weights ? matrix->weights[i] : 1) * (values[i] - out->mean) / w;
    out->undefined = DEFINED;
    enum status status = case_error_find(ctx, measuring, matrix, influences, &out->error);
    if (matrix->units && !out->error.undefined)
        out->count = out->error.se > 0 ? out->spread / (out->error.se * out->error.se) : (double)matrix->unit_count;
    return status;
}

enum reason case_interval_blank(const struct measuring *measuring, const struct case_mean *mean)
{
    if (mean->undefined)
        return reason_of(mean->undefined);
    if (!measuring->pairs->clustered)
        return REASON_NONE;
    return mean->error.undefined || mean->error.test_blank ? REASON_FEW_CLUSTERS : REASON_NONE;
}
