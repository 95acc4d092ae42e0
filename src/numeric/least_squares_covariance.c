/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is computed from the rows once a regression is fitted: how sure its coefficients are, and what each row does to them. */
#include <assert.h>

#include "numeric/least_squares.h"

#define LEVERAGE_LEFT 1e-10 /* 1 − h of a row that alone decides a coefficient */

/* One row as the coefficients meet it: 1 for an intercept, the predictors, then the outcome.
 * gives   x [parameters + 1], its weight */
static double row_take(const struct regression *r, size_t row, double *x)
{
    x[0] = 1;
    return regression_row(r, row, x + r->intercept);
}

/* y − Xb of a row.
 * takes   x  the row */
static double residual_of(const struct least_squares *fit, size_t row, const double *x)
{
    if (fit->residuals)
        return fit->residuals[row];
    double left = x[fit->parameters];
    for (size_t j = 0; j < fit->parameters; j++)
        left -= fit->coefficients[j] * x[j];
    return left;
}

/* w x′(X′WX)⁻¹x of a row.
 * takes   x  the row */
static double leverage_of(const struct least_squares *fit, size_t row, const double *x, double weight)
{
    if (fit->leverages)
        return fit->leverages[row];
    double sum = 0;
    for (size_t i = 0; i < fit->parameters; i++) {
        double along = 0;
        for (size_t j = 0; j < fit->parameters; j++)
            along += fit->inverse[i * fit->parameters + j] * x[j];
        sum += x[i] * along;
    }
    return weight * sum;
}

/* out = inverse × meat × inverse.
 * takes   half  [parameters²] room */
static void sandwich(const struct least_squares *fit, const double *meat, double *half, double *out)
{
    size_t p = fit->parameters;
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++) {
            half[i * p + j] = 0;
            for (size_t k = 0; k < p; k++)
                half[i * p + j] += fit->inverse[i * p + k] * meat[k * p + j];
        }
    }
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++) {
            out[i * p + j] = 0;
            for (size_t k = 0; k < p; k++)
                out[i * p + j] += half[i * p + k] * fit->inverse[k * p + j];
        }
    }
}

/* meat += factor × score × score′ */
static void meat_add(double *meat, const double *score, size_t p, double factor)
{
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++)
            meat[i * p + j] += factor * score[i] * score[j];
    }
}

/* Σ (we/(1 − h))² xx′.
 * takes   x  [parameters + 1] room
 * blank   a leverage of 1 -> UNDEFINED_TOO_FEW */
static enum undefined meat_of_rows(const struct regression *r, const struct least_squares *fit, double *x, double *meat)
{
    for (size_t row = 0; row < r->rows; row++) {
        double weight = row_take(r, row, x), rest = 1 - leverage_of(fit, row, x, weight);
        if (rest < LEVERAGE_LEFT)
            return UNDEFINED_TOO_FEW;
        double scaled = weight * residual_of(fit, row, x) / rest;
        meat_add(meat, x, fit->parameters, scaled * scaled);
    }
    return DEFINED;
}

/* Σ wex over the rows of each unit.
 * takes   x       [parameters + 1] room
 * gives   scores  [units × parameters] zero at first */
static void scores_add(const struct regression *r, const struct least_squares *fit, const struct covariance_method *method,
                       double *x, double *scores)
{
    size_t p = fit->parameters;
    for (size_t row = 0; row < r->rows; row++) {
        double *score = scores + (method->units ? method->units[row] : row) * p;
        double weight = row_take(r, row, x), scaled = weight * residual_of(fit, row, x);
        for (size_t j = 0; j < p; j++)
            score[j] += scaled * x[j];
    }
}

size_t covariance_strata_present(const struct covariance_strata *strata, size_t unit_count)
{
    size_t present = 0;
    for (size_t h = 0; h < strata->count; h++) {
        size_t unit = 0;
        while (unit < unit_count && strata->of[unit] != h)
            unit++;
        present += unit < unit_count;
    }
    return present;
}

/* Σ over strata of m/(m − 1) × Σ over their units of (s − s̄)(s − s̄)′, s the scores of a unit, as Σss′ − (Σs)(Σs)′/m.
 * takes   sums  [strata × parameters] room, zero */
static enum undefined meat_of_strata(const struct least_squares *fit, const struct covariance_method *method,
                                     const double *scores, double *sums, double *meat)
{
    const struct covariance_strata *strata = method->strata;
    size_t p = fit->parameters;
    for (size_t unit = 0; unit < method->unit_count; unit++) {
        double m = (double)strata->units[strata->of[unit]];
        if (m < 2)
            return UNDEFINED_TOO_FEW;
        meat_add(meat, scores + unit * p, p, m / (m - 1));
        for (size_t j = 0; j < p; j++)
            sums[strata->of[unit] * p + j] += scores[unit * p + j];
    }
    for (size_t h = 0; h < strata->count; h++) {
        double m = (double)strata->units[h];
        if (m > 1)
            meat_add(meat, sums + h * p, p, -1 / (m - 1));
    }
    return method->unit_count > covariance_strata_present(strata, method->unit_count) ? DEFINED : UNDEFINED_TOO_FEW;
}

/* G/(G − 1) × (n − 1)/(n − k) × Σ over units of (Σ wex)(Σ wex)′.
 * takes   scores  of the units */
static void meat_of_units(const struct regression *r, const struct least_squares *fit, const struct covariance_method *method,
                          const double *scores, double *meat)
{
    size_t p = fit->parameters;
    double count = (double)method->unit_count;
    double factor = count / (count - 1) * (double)(r->rows - 1) / fit->df;
    for (size_t unit = 0; unit < method->unit_count; unit++)
        meat_add(meat, scores + unit * p, p, factor);
}

enum status least_squares_covariance(struct ctx *ctx, const struct regression *regression, const struct least_squares *fit,
                                     const struct covariance_method *method, double *out, enum undefined *undefined)
{
    assert(!fit->undefined);
    bool by_strata = method->kind == COVARIANCE_STRATA, by_units = method->kind == COVARIANCE_CLUSTER || by_strata;
    *undefined = fit->perfect ? UNDEFINED_NO_VARIANCE : by_units && method->unit_count < 2 ? UNDEFINED_TOO_FEW : DEFINED;
    if (*undefined)
        return STATUS_OK;
    if (method->kind == COVARIANCE_CLASSICAL) {
        for (size_t i = 0; i < fit->parameters * fit->parameters; i++)
            out[i] = fit->sigma_squared * fit->inverse[i];
        return STATUS_OK;
    }
    struct arena *room = NULL;
    if (arena_create(ctx->arena, &room))
        return ctx_no_memory(ctx);
    size_t p = fit->parameters;
    double *meat = arena_array(room, p * p, sizeof *meat), *half = arena_array(room, p * p, sizeof *half);
    double *scores = arena_array(room, by_units ? method->unit_count : 1, p * sizeof *scores);
    double *x = arena_array(room, p + 1, sizeof *x);
    double *sums = arena_array(room, by_strata ? method->strata->count : 1, p * sizeof *sums);
    bool taken = meat && half && scores && sums && x;
    if (taken && by_units)
        scores_add(regression, fit, method, x, scores);
    if (taken && by_strata)
        *undefined = meat_of_strata(fit, method, scores, sums, meat);
    else if (taken && by_units)
        meat_of_units(regression, fit, method, scores, meat);
    else if (taken)
        *undefined = meat_of_rows(regression, fit, x, meat);
    if (taken && !*undefined)
        sandwich(fit, meat, half, out);
    arena_destroy(room);
    return taken ? STATUS_OK : ctx_no_memory(ctx);
}

enum undefined least_squares_cook(const struct regression *regression, const struct least_squares *fit, size_t row, double *room,
                                  double *out)
{
    assert(!fit->undefined);
    if (fit->perfect)
        return UNDEFINED_NO_VARIANCE;
    double scale = (double)fit->parameters * fit->sigma_squared;
    double weight = row_take(regression, row, room), leverage = leverage_of(fit, row, room, weight), rest = 1 - leverage;
    if (rest < LEVERAGE_LEFT)
        return UNDEFINED_TOO_FEW;
    double e = residual_of(fit, row, room) / rest;
    *out = weight * e * e * leverage / scale;
    return DEFINED;
}
