/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/logistic_regression.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { ITERATIONS_MAX = 60, HALVINGS_MAX = 20 };

#define ARRIVED   1e-9 /* the largest change of a linear predictor in the last step */
#define SEPARATED 12   /* a linear predictor that still runs away: a probability beyond 1 in 160,000 */

/* One fit under way. */
struct iteration {
    const struct regression *of;
    double *linear;  /* [rows] */
    double *tried;   /* [rows] after the step that is tried */
    double *working; /* [rows] what the weighted regression explains */
    double *weights; /* [rows] of it */
    double deviance;
    double moved, farthest; /* of the last step: largest change, largest linear predictor */
};

double logistic_probability(double linear)
{
    if (linear >= 0)
        return 1 / (1 + exp(-linear));
    double odds = exp(linear);
    return odds / (1 + odds);
}

/* log(1 + exp(v)) without overflow. */
static double log_one_plus(double v)
{
    return v > 0 ? v + log1p(exp(-v)) : log1p(exp(v));
}

/* −2 log likelihood. */
static double deviance_of(const struct regression *r, const double *linear)
{
    double sum = 0;
    for (size_t i = 0; i < r->rows; i++)
        sum += (r->weights ? r->weights[i] : 1) * log_one_plus(r->y[i] > .5 ? -linear[i] : linear[i]);
    return 2 * sum;
}

/* The linear predictor of coefficients. */
static void linear_of(const struct regression *r, const double *coefficients, double *linear)
{
    for (size_t i = 0; i < r->rows; i++) {
        double sum = r->intercept ? coefficients[0] : 0;
        for (size_t j = 0; j < r->columns; j++)
            sum += coefficients[j + r->intercept] * r->x[j * r->rows + i];
        linear[i] = sum;
    }
}

/* Weights p(1 − p) and working outcome η + (y − p)/(p(1 − p)). */
static void working_fill(struct iteration *it)
{
    const struct regression *r = it->of;
    for (size_t i = 0; i < r->rows; i++) {
        double p = logistic_probability(it->linear[i]), q = logistic_probability(-it->linear[i]);
        double spread = fmax(p * q, 1e-300);
        it->weights[i] = (r->weights ? r->weights[i] : 1) * spread;
        it->working[i] = it->linear[i] + (r->y[i] > .5 ? q : -p) / spread;
    }
}

/* Goes towards the step's linear predictor; half the way, and again, while the deviance would grow. Nothing is lost
 * by it near the end, where rounding alone makes it grow. */
static void step_take(struct iteration *it)
{
    size_t n = it->of->rows;
    double grown = 1e-10 * (fabs(it->deviance) + 1), found = deviance_of(it->of, it->tried);
    for (int halving = 0; halving < HALVINGS_MAX && !(found <= it->deviance + grown); halving++) {
        for (size_t i = 0; i < n; i++)
            it->tried[i] = .5 * (it->tried[i] + it->linear[i]);
        found = deviance_of(it->of, it->tried);
    }
    it->moved = it->farthest = 0;
    for (size_t i = 0; i < n; i++) {
        it->moved = fmax(it->moved, fabs(it->tried[i] - it->linear[i]));
        it->farthest = fmax(it->farthest, fabs(it->tried[i]));
        it->linear[i] = it->tried[i];
    }
    it->deviance = found;
}

/* One weighted regression and the step to it. The coefficients of the last one, which moved nothing, are the result.
 * takes   room  for the regression
 * gives   *fit  what it found; its undefined says why there was no step */
static enum status iterate(struct ctx *ctx, struct arena *room, struct iteration *it, struct least_squares *fit)
{
    struct ctx inner = *ctx;
    inner.arena = room;
    working_fill(it);
    struct regression step = *it->of;
    step.y = it->working;
    step.weights = it->weights;
    enum status status = least_squares_fit(&inner, &step, fit);
    if (status)
        return ctx_no_memory(ctx);
    if (fit->undefined)
        return STATUS_OK;
    linear_of(it->of, fit->coefficients, it->tried);
    step_take(it);
    return STATUS_OK;
}

/* Why a regression within an iteration has no figures, said of the whole. In the first, all weights are alike: what
 * is dependent there is dependent. Later, weights run to 0 because probabilities run to 0 or 1. */
static enum undefined reason_within(const struct least_squares *fit, unsigned iterations)
{
    if (fit->undefined == UNDEFINED_TOO_FEW)
        return UNDEFINED_TOO_FEW;
    if (iterations == 0 && fit->undefined == UNDEFINED_SINGULAR)
        return UNDEFINED_SINGULAR;
    return UNDEFINED_UNBOUNDED;
}

/* Keeps what the last regression found. */
static void results_keep(const struct iteration *it, const struct least_squares *fit, struct logistic *out)
{
    memcpy(out->coefficients, fit->coefficients, out->parameters * sizeof *out->coefficients);
    memcpy(out->covariance, fit->inverse, out->parameters * out->parameters * sizeof *out->covariance);
    for (size_t i = 0; i < out->rows; i++)
        out->fitted[i] = logistic_probability(it->linear[i]);
    out->deviance = it->deviance;
}

/* Iterates to the end; each regression has an arena of its own. */
static enum status iterations_run(struct ctx *ctx, struct iteration *it, struct logistic *out)
{
    for (; out->iterations < ITERATIONS_MAX; out->iterations++) {
        struct arena *room = NULL;
        struct least_squares fit;
        if (arena_create(ctx->arena, &room))
            return ctx_no_memory(ctx);
        enum status status = iterate(ctx, room, it, &fit);
        if (status) {
            arena_destroy(room);
            return status;
        }
        bool arrived = !fit.undefined && it->moved <= ARRIVED * (1 + it->farthest);
        if (fit.undefined) {
            out->undefined = reason_within(&fit, out->iterations);
            memcpy(out->dependent, fit.dependent, it->of->columns * sizeof *out->dependent);
        } else if (arrived) {
            results_keep(it, &fit, out);
        }
        arena_destroy(room);
        if (arrived || out->undefined)
            return STATUS_OK;
    }
    out->undefined = it->farthest > SEPARATED ? UNDEFINED_UNBOUNDED : UNDEFINED_NOT_CONVERGED;
    return STATUS_OK;
}

/* The deviance of the intercept alone, or of probability ½; negative when y is all alike. */
static double null_deviance_of(const struct regression *r)
{
    double ones = 0, total = 0;
    for (size_t i = 0; i < r->rows; i++) {
        double weight = r->weights ? r->weights[i] : 1;
        assert(r->y[i] == 0 || r->y[i] == 1);
        ones += weight * r->y[i];
        total += weight;
    }
    double zeros = total - ones;
    if (!(ones > 0 && zeros > 0))
        return -1;
    return r->intercept ? -2 * (ones * log(ones / total) + zeros * log(zeros / total)) : 2 * total * log(2);
}

enum status logistic_fit(struct ctx *ctx, const struct regression *regression, struct logistic *out)
{
    size_t n = regression->rows, p = regression->columns + regression->intercept;
    *out = (struct logistic){.rows = n, .parameters = p};
    out->dependent = arena_array(ctx->arena, regression->columns + 1, sizeof *out->dependent);
    if (!out->dependent)
        return ctx_no_memory(ctx);
    if (n <= p) {
        out->undefined = UNDEFINED_TOO_FEW;
        return STATUS_OK;
    }
    out->null_deviance = null_deviance_of(regression);
    if (out->null_deviance < 0) {
        out->undefined = UNDEFINED_NO_VARIANCE;
        return STATUS_OK;
    }
    out->coefficients = arena_array(ctx->arena, p, sizeof *out->coefficients);
    out->covariance = arena_array(ctx->arena, p * p, sizeof *out->covariance);
    out->fitted = arena_array(ctx->arena, n, sizeof *out->fitted);
    double *room = arena_array(ctx->arena, 4 * n, sizeof *room);
    if (!out->coefficients || !out->covariance || !out->fitted || !room)
        return ctx_no_memory(ctx);
    struct iteration it = {.of = regression, .linear = room, .tried = room + n, .working = room + 2 * n, .weights = room + 3 * n};
    it.deviance = deviance_of(regression, it.linear);
    return iterations_run(ctx, &it, out);
}
