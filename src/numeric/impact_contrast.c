/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/impact_contrast.h"

#include <assert.h>
#include <math.h>

#include "base/chance.h"
#include "numeric/distribution.h"
#include "numeric/least_squares.h"

/* How many rows each level of an attribute has, and whether all are thick enough. */
static void levels_count(const struct contrast_rows *rows, size_t attribute, struct impact_contrast *out)
{
    *out = (struct impact_contrast){.undefined = DEFINED, .error_undefined = UNDEFINED_TOO_FEW};
    const signed char *levels = rows->levels + attribute * rows->rows;
    for (size_t i = 0; i < rows->rows; i++) {
        assert(levels[i] >= LEVEL_LOW && levels[i] <= LEVEL_HIGH);
        out->level_count[levels[i] + 1]++;
    }
    for (size_t l = 0; l < 3; l++) {
        size_t count = out->level_count[l];
        if (count < LEVEL_FEWEST || (double)count < LEVEL_FEWEST_SHARE * (double)rows->rows)
            out->undefined = UNDEFINED_TOO_FEW;
    }
}

/* Two columns of indicators for each attribute that is estimated.
 * gives   x  in ctx->arena */
static enum status indicators_make(struct ctx *ctx, const struct contrast_rows *rows, const struct impact_contrast *contrasts,
                                   struct regression *out)
{
    double *x = arena_array(ctx->arena, 2 * rows->attributes * rows->rows + 1, sizeof *x);
    if (!x)
        return ctx_no_memory(ctx);
    *out = (struct regression){.rows = rows->rows, .x = x, .y = rows->y, .weights = rows->weights, .intercept = true};
    for (size_t j = 0; j < rows->attributes; j++) {
        if (contrasts[j].undefined)
            continue;
        const signed char *levels = rows->levels + j * rows->rows;
        double *low = x + out->columns * rows->rows, *high = low + rows->rows;
        for (size_t i = 0; i < rows->rows; i++) {
            low[i] = levels[i] == LEVEL_LOW;
            high[i] = levels[i] == LEVEL_HIGH;
        }
        out->columns += 2;
    }
    return STATUS_OK;
}

/* Takes the coefficients and their errors out of the regression. */
static void contrasts_read(const struct contrast_rows *rows, const struct least_squares *model, const double *covariance,
                           enum undefined error_undefined, struct impact_contrast *contrasts)
{
    size_t at = 1, k = model->parameters;
    for (size_t j = 0; j < rows->attributes; j++) {
        struct impact_contrast *c = &contrasts[j];
        if (c->undefined)
            continue;
        c->penalty = model->coefficients[at];
        c->reward = model->coefficients[at + 1];
        c->error_undefined = error_undefined;
        if (!error_undefined) {
            c->penalty_variance = covariance[at * k + at];
            c->reward_variance = covariance[(at + 1) * k + at + 1];
            c->covariance = covariance[at * k + at + 1];
        }
        at += 2;
    }
}

/* The regression itself. */
static enum status contrasts_regress(struct ctx *ctx, const struct contrast_rows *rows, const struct regression *regression,
                                     struct impact_contrast *contrasts, struct contrast_fit *fit)
{
    struct least_squares model;
    enum status status = least_squares_fit(ctx, regression, &model);
    if (status)
        return status;
    fit->undefined = model.undefined;
    if (model.undefined)
        return STATUS_OK;
    fit->parameters = model.parameters;
    fit->r_squared = model.r_squared;
    fit->df = rows->units ? (double)rows->unit_count - 1 : model.df;
    if (rows->strata)
        fit->df = (double)(rows->unit_count - covariance_strata_present(rows->strata, rows->unit_count));
    for (size_t j = 0; j < regression->columns; j++)
        fit->inflation = fmax(fit->inflation, least_squares_inflation(&model, j));
    double *covariance = arena_array(ctx->arena, model.parameters * model.parameters, sizeof *covariance);
    if (!covariance)
        return ctx_no_memory(ctx);
    const struct covariance_method method = {.kind = rows->strata  ? COVARIANCE_STRATA
                                                     : rows->units ? COVARIANCE_CLUSTER
                                                                   : COVARIANCE_HC3,
                                             .units = rows->units,
                                             .unit_count = rows->unit_count,
                                             .strata = rows->strata};
    enum undefined error_undefined = DEFINED;
    status = least_squares_covariance(ctx, regression, &model, &method, covariance, &error_undefined);
    if (!status)
        contrasts_read(rows, &model, covariance, error_undefined, contrasts);
    return status;
}

enum status contrasts_fit(struct ctx *ctx, const struct contrast_rows *rows, struct impact_contrast *contrasts,
                          struct contrast_fit *fit)
{
    *fit = (struct contrast_fit){.undefined = UNDEFINED_TOO_FEW};
    for (size_t j = 0; j < rows->attributes; j++)
        levels_count(rows, j, &contrasts[j]);
    struct regression regression;
    enum status status = indicators_make(ctx, rows, contrasts, &regression);
    if (status || regression.columns == 0)
        return status;
    return contrasts_regress(ctx, rows, &regression, contrasts, fit);
}

struct interval contrast_interval(double estimate, double variance, double df, double confidence)
{
    double half = t_quantile_upper(0.5 * (1 - confidence), df) * sqrt(variance);
    return (struct interval){.low = estimate - half, .high = estimate + half};
}

double contrast_symmetry_p(const struct impact_contrast *contrast, double df)
{
    double variance = contrast->penalty_variance + contrast->reward_variance + 2 * contrast->covariance;
    double sum = contrast->penalty + contrast->reward;
    return variance > 0 ? t_two_sided(sum / sqrt(variance), df) : (double)(sum == 0);
}

struct impact impact_of(double penalty, double reward)
{
    double take = fmax(0, -penalty), add = fmax(0, reward), range = take + add;
    if (!(range > 0))
        return (struct impact){.asymmetry_undefined = UNDEFINED_NO_VARIANCE};
    return (struct impact){.range = range, .asymmetry = (add - take) / range};
}

enum impact_class impact_class_of(double asymmetry, const struct impact_cuts *cuts)
{
    assert(0 <= cuts->mild && cuts->mild <= cuts->strong);
    if (asymmetry >= cuts->strong)
        return IMPACT_DELIGHTER;
    if (asymmetry >= cuts->mild)
        return IMPACT_SATISFIER;
    if (asymmetry <= -cuts->strong)
        return IMPACT_FRUSTRATOR;
    return asymmetry <= -cuts->mild ? IMPACT_DISSATISFIER : IMPACT_HYBRID;
}

enum undefined linear_asymmetry(const double *values, const signed char *levels, const double *weights, size_t rows, double *out)
{
    double sums[3] = {0}, all[3] = {0};
    for (size_t i = 0; i < rows; i++) {
        double weight = weights ? weights[i] : 1;
        sums[levels[i] + 1] += weight * values[i];
        all[levels[i] + 1] += weight;
    }
    if (!(all[0] > 0) || !(all[1] > 0) || !(all[2] > 0))
        return UNDEFINED_TOO_FEW;
    double reference = sums[1] / all[1];
    struct impact impact = impact_of(sums[0] / all[0] - reference, sums[2] / all[2] - reference);
    if (!impact.asymmetry_undefined)
        *out = impact.asymmetry;
    return impact.asymmetry_undefined;
}

enum undefined impact_class_share(const struct impact_contrast *contrast, const struct impact_cuts *cuts, uint64_t seed,
                                  uint64_t stream, double *out)
{
    struct impact own = impact_of(contrast->penalty, contrast->reward);
    if (own.asymmetry_undefined)
        return own.asymmetry_undefined;
    enum impact_class of = impact_class_of(own.asymmetry, cuts);
    /* The Cholesky factor of their 2 × 2 covariance; a variance of 0 leaves nothing to draw. */
    double first = sqrt(contrast->penalty_variance), cross = first > 0 ? contrast->covariance / first : 0;
    double second = sqrt(fmax(0, contrast->reward_variance - cross * cross));
    unsigned inside = 0;
    for (unsigned draw = 0; draw < CLASS_DRAWS; draw++) {
        double z1 = normal_quantile_upper(chance_uniform(seed, stream, 2 * (uint64_t)draw));
        double z2 = normal_quantile_upper(chance_uniform(seed, stream, 2 * (uint64_t)draw + 1));
        struct impact drawn = impact_of(contrast->penalty + first * z1, contrast->reward + cross * z1 + second * z2);
        inside += !drawn.asymmetry_undefined && impact_class_of(drawn.asymmetry, cuts) == of;
    }
    *out = (double)inside / CLASS_DRAWS;
    return DEFINED;
}
