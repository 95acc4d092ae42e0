/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/cross_validation.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/chance.h"

#define TWO_PI 6.28318530717958647692528676655900577

/* A unit with the number it drew. */
struct drawn_unit {
    uint64_t draw;
    uint32_t unit;
};

/* By draw, then by unit. */
static int drawn_compare(const void *a, const void *b)
{
    const struct drawn_unit *x = a, *y = b;
    if (x->draw != y->draw)
        return x->draw < y->draw ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

enum status folds_deal(struct ctx *ctx, const struct fold_plan *plan, uint32_t repeat, size_t units, uint32_t *fold)
{
    assert(plan->folds >= 2 && plan->folds <= units);
    struct drawn_unit *drawn = arena_array(ctx->arena, units + 1, sizeof *drawn);
    if (!drawn)
        return ctx_no_memory(ctx);
    for (size_t u = 0; u < units; u++)
        drawn[u] = (struct drawn_unit){chance_bits(plan->seed, plan->stream, (uint64_t)repeat * units + u), (uint32_t)u};
    qsort(drawn, units, sizeof *drawn, drawn_compare);
    for (size_t u = 0; u < units; u++)
        fold[drawn[u].unit] = (uint32_t)(u % plan->folds);
    return STATUS_OK;
}

/* The regression of the rows outside one fold, in columns of its own. */
struct split {
    const struct regression *all;
    const uint32_t *fold_of_row; /* [rows] */
    double *numbers;             /* [(columns + 2) × rows] */
};

/* Copies the rows outside a fold. */
static struct regression others_of(const struct split *split, uint32_t fold)
{
    const struct regression *all = split->all;
    size_t rows = 0;
    for (size_t i = 0; i < all->rows; i++)
        rows += split->fold_of_row[i] != fold;
    double *y = split->numbers, *weights = y + rows, *x = weights + rows;
    size_t at = 0;
    for (size_t i = 0; i < all->rows; i++) {
        if (split->fold_of_row[i] == fold)
            continue;
        y[at] = all->y[i];
        weights[at] = all->weights ? all->weights[i] : 1;
        for (size_t j = 0; j < all->columns; j++)
            x[j * rows + at] = all->x[j * all->rows + i];
        at++;
    }
    return (struct regression){.rows = rows,
                               .columns = all->columns,
                               .x = x,
                               .y = y,
                               .weights = all->weights ? weights : NULL,
                               .intercept = all->intercept};
}

/* The mean of an outcome. */
static double mean_of(const struct regression *regression)
{
    double w = 0, wy = 0;
    for (size_t i = 0; i < regression->rows; i++) {
        double weight = regression->weights ? regression->weights[i] : 1;
        w += weight;
        wy += weight * regression->y[i];
    }
    return wy / w;
}

/* Adds the squared errors of one fold, told by the others.
 * takes   scratch  for the fit alone
 * gives   squares[0] of the regression, squares[1] of the mean
 * fails   STATUS_MEMORY */
static enum status fold_add(struct ctx *scratch, const struct split *split, uint32_t fold, double squares[2],
                            enum undefined *undefined)
{
    const struct regression *all = split->all;
    const struct regression others = others_of(split, fold);
    struct least_squares fit = {.undefined = UNDEFINED_TOO_FEW};
    enum status status = others.rows ? least_squares_fit(scratch, &others, &fit) : STATUS_OK;
    *undefined = fit.undefined;
    if (status || fit.undefined)
        return status;
    double mean = mean_of(&others);
    for (size_t i = 0; i < all->rows; i++) {
        if (split->fold_of_row[i] != fold)
            continue;
        double told = all->intercept ? fit.coefficients[0] : 0, weight = all->weights ? all->weights[i] : 1;
        for (size_t j = 0; j < all->columns; j++)
            told += fit.coefficients[j + all->intercept] * all->x[j * all->rows + i];
        squares[0] += weight * (all->y[i] - told) * (all->y[i] - told);
        squares[1] += weight * (all->y[i] - mean) * (all->y[i] - mean);
    }
    return STATUS_OK;
}

/* One repeat: every row foretold once.
 * fails   STATUS_MEMORY */
static enum status repeat_run(struct ctx *ctx, const struct split *split, uint32_t folds, double *out, enum undefined *undefined)
{
    double squares[2] = {0, 0};
    enum status status = STATUS_OK;
    *undefined = DEFINED;
    for (uint32_t fold = 0; fold < folds && !status && !*undefined; fold++) {
        struct ctx scratch = *ctx;
        status = arena_create(ctx->arena, &scratch.arena);
        if (status)
            return ctx_no_memory(ctx);
        status = fold_add(&scratch, split, fold, squares, undefined);
        arena_destroy(scratch.arena);
        if (status)
            ctx->error = scratch.error;
    }
    if (!status && !*undefined && !(squares[1] > 0))
        *undefined = UNDEFINED_NO_VARIANCE;
    if (!status && !*undefined)
        *out = 1 - squares[0] / squares[1];
    return status;
}

enum status cross_validate(struct ctx *ctx, const struct regression *regression, const struct fold_plan *plan,
                           struct cross_validation *out)
{
    size_t units = plan->units ? plan->unit_count : regression->rows, rows = regression->rows;
    *out = (struct cross_validation){.undefined = UNDEFINED_TOO_FEW};
    if (units < 2)
        return STATUS_OK;
    struct fold_plan fitting = *plan;
    fitting.folds = out->folds = plan->folds < units ? plan->folds : (uint32_t)units;
    uint32_t *fold = arena_array(ctx->arena, units, sizeof *fold);
    uint32_t *fold_of_row = arena_array(ctx->arena, rows + 1, sizeof *fold_of_row);
    double *numbers = arena_array(ctx->arena, (regression->columns + 2) * rows + 1, sizeof *numbers);
    if (!fold || !fold_of_row || !numbers)
        return ctx_no_memory(ctx);
    const struct split split = {.all = regression, .fold_of_row = fold_of_row, .numbers = numbers};
    out->undefined = DEFINED;
    for (uint32_t repeat = 0; repeat < plan->repeats && !out->undefined; repeat++) {
        double r_squared = 0;
        enum status status = folds_deal(ctx, &fitting, repeat, units, fold);
        for (size_t i = 0; i < rows && !status; i++)
            fold_of_row[i] = fold[plan->units ? plan->units[i] : i];
        if (!status)
            status = repeat_run(ctx, &split, fitting.folds, &r_squared, &out->undefined);
        if (status)
            return status;
        out->least = repeat ? fmin(out->least, r_squared) : r_squared;
        out->most = repeat ? fmax(out->most, r_squared) : r_squared;
        out->r_squared += r_squared / plan->repeats;
    }
    return STATUS_OK;
}

enum undefined akaike(const struct regression *regression, const struct least_squares *fit, double *out)
{
    if (fit->perfect || !(fit->residual_squares > 0))
        return UNDEFINED_NO_VARIANCE;
    double n = (double)fit->rows, logs = 0;
    for (size_t i = 0; i < fit->rows && regression->weights; i++)
        logs += log(regression->weights[i]);
    double likelihood = 0.5 * (logs - n * (log(TWO_PI) + 1 + log(fit->residual_squares / n)));
    *out = -2 * likelihood + 2 * ((double)fit->parameters + 1);
    return DEFINED;
}
