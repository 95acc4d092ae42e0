/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_error.h"

#include <math.h>

/* What the rows of each unit add together.
 * gives   [unit_count], the rows' own without units; NULL without memory */
static const double *unit_sums(struct ctx *ctx, const struct case_matrix *matrix, const double *influences)
{
    if (!matrix->units)
        return influences;
    double *sums = arena_array(ctx->arena, matrix->unit_count + 1, sizeof *sums);
    for (size_t i = 0; i < matrix->rows && sums; i++)
        sums[matrix->units[i]] += influences[i];
    return sums;
}

/* The units of one stratum, or of all when there are no strata. */
struct stratum_moments {
    size_t units;
    double sum, squares; /* of what a unit adds, less the mean over the stratum */
};

/* The moments of every stratum: units of the design without a row count as adding 0.
 * takes   all  [stratum_count] zeroed */
static void strata_add(const struct pairs *pairs, const struct case_matrix *matrix, const double *sums,
                       struct stratum_moments *all)
{
    for (size_t u = 0; u < matrix->unit_count; u++) {
        all[matrix->strata[u]].units++;
        all[matrix->strata[u]].sum += sums[u];
    }
    for (size_t u = 0; u < matrix->unit_count; u++) {
        uint32_t h = matrix->strata[u];
        double off = sums[u] - all[h].sum / (double)pairs->strata[h].units;
        all[h].squares += off * off;
    }
}

/* The squared error with strata: Σ_h m/(m − 1) × Σ(u − ū)², m of the whole design.
 * gives   *strata  how many the rows lie in
 * blank   a stratum of one unit in the whole design -> lonely_stratum
 * source  survey::svyrecvar   [F20] */
static enum reason strata_square(const struct pairs *pairs, const struct stratum_moments *all, size_t *strata, double *out)
{
    *out = 0;
    *strata = 0;
    for (uint32_t h = 0; h < pairs->stratum_count; h++) {
        if (!all[h].units)
            continue;
        double m = (double)pairs->strata[h].units, mean = all[h].sum / m;
        if (pairs->strata[h].units < 2)
            return REASON_LONELY_STRATUM;
        ++*strata;
        *out += m / (m - 1) * (all[h].squares + (m - (double)all[h].units) * mean * mean);
    }
    return REASON_NONE;
}

/* The error in a stratified design. */
static enum status stratified_error(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                                    const double *sums, struct mean_error *out)
{
    struct stratum_moments *all = arena_array(ctx->arena, matrix->stratum_count + 1, sizeof *all);
    if (!all)
        return ctx_no_memory(ctx);
    size_t strata = 0;
    double square = 0;
    strata_add(measuring->pairs, matrix, sums, all);
    out->blank = strata_square(measuring->pairs, all, &strata, &square);
    if (!out->blank && matrix->unit_count <= strata)
        out->blank = REASON_TOO_FEW;
    if (out->blank)
        return STATUS_OK;
    out->se = sqrt(square);
    out->df = matrix->unit_count - strata;
    return STATUS_OK;
}

/* The error of units drawn one by one from one stratum.
 * takes   squares  of what each adds */
static void simple_error(const struct measuring *measuring, const struct case_matrix *matrix, double squares,
                         struct mean_error *out)
{
    double design = (double)matrix->unit_count;
    if (matrix->units && measuring->pairs->clusters > matrix->unit_count)
        design = (double)measuring->pairs->clusters;
    out->blank = REASON_NONE;
    out->se = sqrt(squares * (design / (design - 1)));
    out->df = matrix->unit_count - 1;
}

enum status case_error_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                            const double *influences, struct mean_error *out)
{
    *out = (struct mean_error){.blank = REASON_TOO_FEW, .test_blank = REASON_NONE};
    size_t units = matrix->unit_count;
    if (units < 2)
        return STATUS_OK;
    const double *sums = unit_sums(ctx, matrix, influences);
    if (!sums)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    if (matrix->strata) {
        status = stratified_error(ctx, measuring, matrix, sums, out);
    } else {
        double squares = 0;
        for (size_t u = 0; u < units; u++)
            squares += sums[u] * sums[u];
        simple_error(measuring, matrix, squares, out);
    }
    if (matrix->units && !out->blank && out->df + 1 < CLUSTERS_FOR_TEST)
        out->test_blank = REASON_FEW_CLUSTERS;
    return status;
}

/* The figure of a row. */
static double figure_at(const struct case_figures *figures, size_t row)
{
    double number = number_at(&figures->numbers, row);
    return figures->of ? figures->of(figures->state, number) : number;
}

/* The mean, its spread, and Kish's effective number.
 * gives   Σw */
static double moments_find(const struct case_matrix *matrix, const struct case_figures *figures, struct case_mean *out)
{
    const double first = figure_at(figures, 0);
    double w = 0, ww = 0, wx = 0, squares = 0;
    bool constant = true;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = case_weight(matrix, i), figure = figure_at(figures, i);
        w += weight;
        ww += weight * weight;
        wx += weight * figure;
        constant = constant && figure == first;
    }
    /* What does not vary must not seem to by rounding. */
    out->mean = constant ? first : wx / w;
    for (size_t i = 0; i < matrix->rows; i++) {
        double off = figure_at(figures, i) - out->mean;
        squares += case_weight(matrix, i) * off * off;
    }
    out->spread = squares / w;
    out->count = w * (w / ww);
    return w;
}

/* What a row adds to the error of the mean.
 * takes   w  Σw */
static double influence_at(const struct case_matrix *matrix, const struct case_figures *figures, double mean, double w,
                           size_t row)
{
    return case_weight(matrix, row) * (figure_at(figures, row) - mean) / w;
}

/* The error of the mean of a design without units and strata, for which nothing needs to be held.
 * blank   fewer than two rows -> too_few */
static void rows_error(const struct measuring *measuring, const struct case_matrix *matrix, const struct case_figures *figures,
                       double w, struct case_mean *out)
{
    double squares = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        double influence = influence_at(matrix, figures, out->mean, w, i);
        squares += influence * influence;
    }
    if (matrix->rows >= 2)
        simple_error(measuring, matrix, squares, &out->error);
}

enum status case_mean_of(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                         const struct case_figures *figures, struct case_mean *out)
{
    *out = (struct case_mean){.undefined = UNDEFINED_TOO_FEW, .n = matrix->rows, .error = {.blank = REASON_TOO_FEW}};
    if (!matrix->rows)
        return STATUS_OK;
    double w = moments_find(matrix, figures, out);
    out->undefined = DEFINED;
    if (!matrix->units && !matrix->strata) {
        rows_error(measuring, matrix, figures, w, out);
        return STATUS_OK;
    }
    double *influences = arena_array(ctx->arena, matrix->rows, sizeof *influences);
    if (!influences)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix->rows; i++)
        influences[i] = influence_at(matrix, figures, out->mean, w, i);
    enum status status = case_error_find(ctx, measuring, matrix, influences, &out->error);
    if (out->error.blank)
        return status;
    if (out->error.se > 0)
        out->count = out->spread / (out->error.se * out->error.se);
    else if (matrix->units)
        out->count = (double)matrix->unit_count;
    return status;
}

enum status case_mean_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                           const double *values, struct case_mean *out)
{
    const struct case_figures figures = {.numbers = {.values = values}};
    return case_mean_of(ctx, measuring, matrix, &figures, out);
}

enum reason case_interval_blank(const struct measuring *measuring, const struct case_mean *mean)
{
    if (mean->undefined)
        return reason_of(mean->undefined);
    if (measuring->pairs->stratified && mean->error.blank)
        return mean->error.blank;
    if (!measuring->pairs->clustered)
        return REASON_NONE;
    return mean->error.blank || mean->error.test_blank ? REASON_FEW_CLUSTERS : REASON_NONE;
}
