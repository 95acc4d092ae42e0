/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/raking.h"

#include <math.h>

enum { LOOPS_MOST = 100 };

#define MET        1e-12 /* as near as sums of doubles come */
#define MET_ENOUGH 1e-6
#define TRIM_LEAST 0.3
#define TRIM_MOST  3.0

struct raker {
    const struct raking_cells *cells;
    const struct raking_margin *margins;
    size_t margin_count;
    double total;
    double *sums;    /* [categories of the largest margin] */
    double **target; /* [margin][category] brought to the total */
    struct raked *out;
};

/* What the categories of a margin sum to now. */
static void sums_take(struct raker *raker, const struct raking_margin *margin)
{
    for (size_t c = 0; c < margin->category_count; c++)
        raker->sums[c] = 0;
    for (size_t i = 0; i < raker->cells->count; i++)
        raker->sums[margin->categories[i]] += raker->cells->cases[i] * raker->out->weights[i];
}

/* Are all values above 0? Else says which is not. */
static bool is_above_zero(const double *values, size_t count, size_t *where)
{
    for (*where = 0; *where < count; ++*where) {
        if (!(values[*where] > 0))
            return false;
    }
    return true;
}

/* Every target above 0 and somebody in every category. */
static bool margins_are_filled(struct raker *raker)
{
    struct raked *out = raker->out;
    for (size_t m = 0; m < raker->margin_count; m++) {
        const struct raking_margin *margin = &raker->margins[m];
        out->worst_margin = m;
        sums_take(raker, margin);
        if (!is_above_zero(margin->targets, margin->category_count, &out->worst_category) ||
            !is_above_zero(raker->sums, margin->category_count, &out->worst_category))
            return false;
    }
    return true;
}

/* Room, the total, and the targets brought to it. */
static enum status raker_open(struct ctx *ctx, struct raker *raker)
{
    size_t most = 1;
    for (size_t m = 0; m < raker->margin_count; m++)
        most = raker->margins[m].category_count > most ? raker->margins[m].category_count : most;
    raker->sums = arena_array(ctx->arena, most, sizeof *raker->sums);
    raker->target = arena_array(ctx->arena, raker->margin_count + 1, sizeof *raker->target);
    raker->out->weights = arena_array(ctx->arena, raker->cells->count + 1, sizeof *raker->out->weights);
    if (raker->sums == NULL || raker->target == NULL || raker->out->weights == NULL)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < raker->cells->count; i++) {
        raker->out->weights[i] = raker->cells->weights[i];
        raker->total += raker->cells->cases[i] * raker->cells->weights[i];
    }
    for (size_t m = 0; m < raker->margin_count; m++) {
        const struct raking_margin *margin = &raker->margins[m];
        double all = 0;
        raker->target[m] = arena_array(ctx->arena, margin->category_count + 1, sizeof **raker->target);
        if (raker->target[m] == NULL)
            return ctx_no_memory(ctx);
        for (size_t c = 0; c < margin->category_count; c++)
            all += margin->targets[c];
        for (size_t c = 0; c < margin->category_count; c++)
            raker->target[m][c] = margin->targets[c] / all * raker->total;
    }
    return STATUS_OK;
}

/* How far the sums are from their targets, at most. */
static double worst_find(struct raker *raker)
{
    struct raked *out = raker->out;
    double worst = 0;
    for (size_t m = 0; m < raker->margin_count; m++) {
        const struct raking_margin *margin = &raker->margins[m];
        sums_take(raker, margin);
        for (size_t c = 0; c < margin->category_count; c++) {
            double off = fabs(raker->sums[c] - raker->target[m][c]) / raker->target[m][c];
            if (off <= worst)
                continue;
            worst = off;
            out->worst_margin = m;
            out->worst_category = c;
        }
    }
    return worst;
}

/* Brings the categories of one margin to their targets. */
static void margin_meet(struct raker *raker, size_t m)
{
    const struct raking_margin *margin = &raker->margins[m];
    sums_take(raker, margin);
    for (size_t i = 0; i < raker->cells->count; i++) {
        uint32_t category = margin->categories[i];
        raker->out->weights[i] *= raker->target[m][category] / raker->sums[category];
    }
}

/* Goes over the margins until they are met; gives how far the worst category is off. */
static double round_run(struct raker *raker)
{
    double worst = worst_find(raker);
    for (unsigned loop = 0; loop < LOOPS_MOST && worst >= MET; loop++) {
        for (size_t m = 0; m < raker->margin_count; m++)
            margin_meet(raker, m);
        worst = worst_find(raker);
        raker->out->loops++;
    }
    return worst;
}

/* The spread of the weights and what it costs. */
static void describe(struct raker *raker)
{
    const struct raking_cells *cells = raker->cells;
    struct raked *out = raker->out;
    double n = 0, sum = 0, squares = 0, least = out->weights[0], most = out->weights[0];
    for (size_t i = 0; i < cells->count; i++) {
        double weight = out->weights[i];
        n += cells->cases[i];
        sum += cells->cases[i] * weight;
        squares += cells->cases[i] * weight * weight;
        least = weight < least ? weight : least;
        most = weight > most ? weight : most;
    }
    out->least = least / (sum / n);
    out->most = most / (sum / n);
    out->design_effect = n * squares / (sum * sum);
    out->effective = n / out->design_effect;
}

/* Brings the weights within their bounds. */
static void trim_weights(struct raker *raker)
{
    double n = 0, sum = 0;
    for (size_t i = 0; i < raker->cells->count; i++) {
        n += raker->cells->cases[i];
        sum += raker->cells->cases[i] * raker->out->weights[i];
    }
    double low = TRIM_LEAST * sum / n, high = TRIM_MOST * sum / n;
    for (size_t i = 0; i < raker->cells->count; i++) {
        double *weight = &raker->out->weights[i];
        raker->out->trimmed += *weight < low || *weight > high;
        *weight = *weight < low ? low : *weight > high ? high : *weight;
    }
}

enum status raking(struct ctx *ctx, const struct raking_cells *cells, const struct raking_margin *margins, size_t margin_count,
                   bool trim, struct raked *out)
{
    struct raker raker = {.cells = cells, .margins = margins, .margin_count = margin_count, .out = out};
    size_t where;
    *out = (struct raked){.undefined = UNDEFINED_TOO_FEW};
    if (cells->count == 0)
        return STATUS_OK;
    enum status status = raker_open(ctx, &raker);
    out->undefined = UNDEFINED_INADMISSIBLE;
    if (status != STATUS_OK || !is_above_zero(cells->weights, cells->count, &where) || !margins_are_filled(&raker))
        return status;
    out->worst = round_run(&raker);
    out->undefined = UNDEFINED_NOT_CONVERGED;
    if (!(out->worst < MET_ENOUGH))
        return STATUS_OK;
    if (trim)
        trim_weights(&raker);
    if (out->trimmed > 0 && !(round_run(&raker) < MET_ENOUGH))
        return STATUS_OK;
    describe(&raker);
    out->undefined = DEFINED;
    return STATUS_OK;
}
