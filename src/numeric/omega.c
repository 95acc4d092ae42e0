/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/omega.h"

#include <assert.h>
#include <math.h>
#include <nlopt.h>
#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "numeric/linear_algebra.h"

enum { EVALUATIONS_MAX = 2000, STARTS = 2, NEWTON_STEPS_MAX = 20 };

static const double smallest_eigenvalue = 1e-10; /* of the correlations: below it they are called singular */
static const double smallest_uniqueness = 0.005; /* of an item's variance: the Heywood bound */
static const double gradient_small = 1e-7;       /* of the discrepancy by ln ψ */

/* One factor is fitted to the correlations, because maximum likelihood does not depend on the items' units.
 * All arrays come from the arena once, before the iteration. */
struct fit {
    size_t k;
    double *correlations;   /* [k × k] */
    double *scaled;         /* [k × k] Ψ^-½ R Ψ^-½, then its eigenvectors */
    double *values;         /* [k] its eigenvalues, ascending */
    double *work;           /* of symmetric_eigen */
    double *loadings;       /* [k] the best ones for these uniquenesses */
    double *log_uniqueness; /* [k] x = ln ψ */
    double *gradient;       /* [k] of the discrepancy by x */
    double *hessian;        /* [k × k] */
    double *trial;          /* [k] */
};

/* Takes all the room that a fit needs. */
static enum status fit_alloc(struct ctx *ctx, size_t k, struct fit *fit)
{
    size_t square = 0;
    if (!size_multiply(k, k, &square))
        return ctx_no_memory(ctx);
    *fit = (struct fit){.k = k};
    fit->correlations = arena_array(ctx->arena, square, sizeof *fit->correlations);
    fit->scaled = arena_array(ctx->arena, square, sizeof *fit->scaled);
    fit->values = arena_array(ctx->arena, k, sizeof *fit->values);
    fit->work = arena_array(ctx->arena, symmetric_eigen_work(k), sizeof *fit->work);
    fit->loadings = arena_array(ctx->arena, k, sizeof *fit->loadings);
    fit->log_uniqueness = arena_array(ctx->arena, k, sizeof *fit->log_uniqueness);
    fit->gradient = arena_array(ctx->arena, k, sizeof *fit->gradient);
    fit->hessian = arena_array(ctx->arena, square, sizeof *fit->hessian);
    fit->trial = arena_array(ctx->arena, k, sizeof *fit->trial);
    bool whole =
        fit->correlations && fit->scaled && fit->values && fit->work && fit->loadings && fit->log_uniqueness && fit->gradient;
    return whole ? STATUS_OK : ctx_no_memory(ctx);
}

/* The discrepancy of the best loadings for the uniquenesses e^x, which are left in fit->loadings, and its
 * gradient: with θ the eigenvalues of Ψ^-½ R Ψ^-½, Σ over all but the largest of θ − ln θ − 1. */
static double discrepancy(unsigned size, const double *x, double *gradient, void *context)
{
    struct fit *fit = context;
    size_t k = size;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            fit->scaled[i * k + j] = fit->correlations[i * k + j] * exp(-0.5 * (x[i] + x[j]));
    if (symmetric_eigen(fit->scaled, k, fit->values, fit->work) != DEFINED)
        return HUGE_VAL;
    double largest = fit->values[k - 1];
    double sum = 0;
    for (size_t i = 0; i + 1 < k; i++)
        sum += fit->values[i] - log(fit->values[i]) - 1;
    /* Uniquenesses are at most 1, so the eigenvalues sum to k or more and the largest is not below 1, but for rounding. */
    double length = sqrt(fmax(largest - 1, 0));
    for (size_t i = 0; i < k; i++) {
        double uniqueness = exp(x[i]);
        fit->loadings[i] = fit->scaled[(k - 1) * k + i] * length * sqrt(uniqueness);
        double excess = uniqueness + fit->loadings[i] * fit->loadings[i] - fit->correlations[i * k + i];
        if (gradient != NULL)
            gradient[i] = excess / uniqueness;
    }
    return sum;
}

/* Whether x_i may move: not where it stands on a bound that the gradient pushes it against. */
static bool is_free(const struct fit *fit, size_t i)
{
    bool at_floor = fit->log_uniqueness[i] <= log(smallest_uniqueness), at_ceiling = fit->log_uniqueness[i] >= 0;
    return !(at_floor && fit->gradient[i] > 0) && !(at_ceiling && fit->gradient[i] < 0);
}

/* The largest part of the gradient among those that may move: 0 at a minimum inside the bounds. */
static double projected_gradient(const struct fit *fit)
{
    double largest = 0;
    for (size_t i = 0; i < fit->k; i++)
        if (is_free(fit, i))
            largest = fmax(largest, fabs(fit->gradient[i]));
    return largest;
}

/* The second derivatives by x where discrepancy() was last asked. With ω the eigenvectors and sums over all but the
 * largest θ: (Σ ω_i ω_j)(Σ θ ω_i ω_j) + ω_i1 ω_j1 Σ (1−θ)(θ₁+θ)/(θ₁−θ) ω_i ω_j. Those that may not move get a row of the unit
 * matrix. */
static void fill_hessian(struct fit *fit)
{
    size_t k = fit->k;
    const double *first = fit->scaled + (k - 1) * k;
    double largest = fit->values[k - 1];
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            double plain = 0, scaled = 0, mixed = 0;
            for (size_t m = 0; m + 1 < k; m++) {
                double theta = fit->values[m], product = fit->scaled[m * k + i] * fit->scaled[m * k + j];
                plain += product;
                scaled += theta * product;
                mixed += (1 - theta) * (largest + theta) / (largest - theta) * product;
            }
            bool moves = is_free(fit, i) && is_free(fit, j);
            fit->hessian[i * k + j] = moves ? plain * scaled + first[i] * first[j] * mixed : i == j;
        }
    }
}

/* Newton's step in fit->trial: x − H⁻¹ gradient, inside the bounds. */
static enum undefined newton_step(struct fit *fit)
{
    size_t k = fit->k;
    fill_hessian(fit);
    if (cholesky(fit->hessian, k) != DEFINED)
        return UNDEFINED_SINGULAR;
    for (size_t i = 0; i < k; i++) {
        double sum = is_free(fit, i) ? fit->gradient[i] : 0;
        for (size_t j = 0; j < i; j++)
            sum -= fit->hessian[i * k + j] * fit->trial[j];
        fit->trial[i] = sum / fit->hessian[i * k + i];
    }
    for (size_t i = k; i-- > 0;) {
        double sum = fit->trial[i];
        for (size_t j = i + 1; j < k; j++)
            sum -= fit->hessian[j * k + i] * fit->trial[j];
        fit->trial[i] = sum / fit->hessian[i * k + i];
    }
    for (size_t i = 0; i < k; i++)
        fit->trial[i] = fmin(fmax(fit->log_uniqueness[i] - fit->trial[i], log(smallest_uniqueness)), 0);
    return DEFINED;
}

/* The search ends where the discrepancy no longer changes, with half of the digits of x; Newton finds the rest. */
static void polish(struct fit *fit, double *value)
{
    unsigned k = (unsigned)fit->k;
    for (int step = 0; step < NEWTON_STEPS_MAX; step++) {
        double before = projected_gradient(fit);
        if (!(before > 0) || newton_step(fit) != DEFINED)
            break;
        double *previous = fit->log_uniqueness;
        fit->log_uniqueness = fit->trial;
        fit->trial = previous;
        *value = discrepancy(k, fit->log_uniqueness, fit->gradient, fit);
        if (projected_gradient(fit) < before)
            continue;
        fit->trial = fit->log_uniqueness;
        fit->log_uniqueness = previous;
        break;
    }
    *value = discrepancy(k, fit->log_uniqueness, fit->gradient, fit);
}

/* Minimises from the x that stand in fit->log_uniqueness.
 * gives   *value  the discrepancy reached; loadings and gradient belong to it */
static enum status minimise(struct ctx *ctx, struct fit *fit, double *value)
{
    nlopt_opt search = nlopt_create(NLOPT_LD_LBFGS, (unsigned)fit->k);
    if (search == NULL)
        return ctx_no_memory(ctx);
    bool set = nlopt_set_min_objective(search, discrepancy, fit) > 0 &&
               nlopt_set_lower_bounds1(search, log(smallest_uniqueness)) > 0 && nlopt_set_upper_bounds1(search, 0) > 0 &&
               nlopt_set_ftol_rel(search, 1e-15) > 0 && nlopt_set_maxeval(search, EVALUATIONS_MAX) > 0;
    /* Whatever else it says, the gradient tells whether it has arrived. */
    nlopt_result result = set ? nlopt_optimize(search, fit->log_uniqueness, value) : NLOPT_OUT_OF_MEMORY;
    nlopt_destroy(search);
    if (result == NLOPT_OUT_OF_MEMORY)
        return ctx_no_memory(ctx);
    *value = discrepancy((unsigned)fit->k, fit->log_uniqueness, fit->gradient, fit);
    if (isfinite(*value))
        polish(fit, value);
    return STATUS_OK;
}

/* Jöreskog's start, (1 − ½/k) / R⁻¹_jj, from the eigenvectors of R; the second start is one half for all. */
static void start_at(struct fit *fit, int start)
{
    size_t k = fit->k;
    memcpy(fit->scaled, fit->correlations, k * k * sizeof *fit->scaled);
    enum undefined undefined = symmetric_eigen(fit->scaled, k, fit->values, fit->work);
    for (size_t i = 0; i < k; i++) {
        double inverse = 0;
        for (size_t j = 0; j < k; j++)
            inverse += fit->scaled[j * k + i] * fit->scaled[j * k + i] / fit->values[j];
        double uniqueness = start == 0 && undefined == DEFINED ? (1 - 0.5 / (double)k) / inverse : 0.5;
        fit->log_uniqueness[i] = log(fmin(fmax(uniqueness, smallest_uniqueness), 1));
    }
}

/* Whether the correlations have an inverse that can be trusted. */
static enum undefined check_inverse(struct fit *fit)
{
    memcpy(fit->scaled, fit->correlations, fit->k * fit->k * sizeof *fit->scaled);
    enum undefined undefined = symmetric_eigen(fit->scaled, fit->k, fit->values, fit->work);
    if (undefined != DEFINED)
        return undefined;
    return fit->values[0] < smallest_eigenvalue ? UNDEFINED_SINGULAR : DEFINED;
}

/* The correlations of a covariance matrix. */
static enum undefined standardise(const double *covariance, struct fit *fit)
{
    size_t k = fit->k;
    for (size_t i = 0; i < k; i++)
        if (!(covariance[i * k + i] > 0))
            return UNDEFINED_NO_VARIANCE;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            fit->correlations[i * k + j] =
                i == j ? 1 : covariance[i * k + j] / sqrt(covariance[i * k + i]) / sqrt(covariance[j * k + j]);
    return DEFINED;
}

/* Turns the fit of the correlations into omega: loadings and uniquenesses back in the items' units. */
static void fill(const double *covariance, const struct fit *fit, double total, struct omega *out)
{
    size_t k = fit->k;
    double sum = 0, unique = 0;
    for (size_t i = 0; i < k; i++) {
        fit->loadings[i] *= sqrt(covariance[i * k + i]);
        sum += fit->loadings[i];
    }
    for (size_t i = 0; i < k; i++) {
        out->heywood_count += fit->log_uniqueness[i] <= log(smallest_uniqueness) + 1e-9;
        fit->log_uniqueness[i] = exp(fit->log_uniqueness[i]) * covariance[i * k + i];
        unique += fit->log_uniqueness[i];
        fit->loadings[i] = sum < 0 ? -fit->loadings[i] : fit->loadings[i];
    }
    out->loadings = fit->loadings;
    out->uniquenesses = fit->log_uniqueness;
    out->model = sum * sum / (sum * sum + unique);
    out->observed = sum * sum / total;
}

/* Fits from one start, and from the other when that does not arrive. */
static enum status fit_factor(struct ctx *ctx, const double *covariance, struct fit *fit, double total, struct omega *out)
{
    for (int start = 0; start < STARTS; start++) {
        start_at(fit, start);
        enum status status = minimise(ctx, fit, &out->discrepancy);
        if (status != STATUS_OK)
            return status;
        if (isfinite(out->discrepancy) && projected_gradient(fit) <= gradient_small) {
            out->undefined = DEFINED;
            fill(covariance, fit, total, out);
            return STATUS_OK;
        }
    }
    out->undefined = UNDEFINED_NOT_CONVERGED;
    return STATUS_OK;
}

enum status omega_fit(struct ctx *ctx, const double *covariance, size_t k, struct omega *out)
{
    *out = (struct omega){.undefined = UNDEFINED_TOO_FEW, .k = k};
    if (k < 2)
        return STATUS_OK;
    struct fit fit;
    enum status status = fit_alloc(ctx, k, &fit);
    if (status != STATUS_OK)
        return status;
    double total = 0;
    for (size_t i = 0; i < k * k; i++)
        total += covariance[i];
    out->undefined = standardise(covariance, &fit);
    if (out->undefined == DEFINED && !(total > 0))
        out->undefined = UNDEFINED_NO_VARIANCE;
    if (out->undefined == DEFINED && k == 2) {
        out->model = out->observed = 4 * covariance[1] / total;
        return STATUS_OK;
    }
    if (out->undefined == DEFINED)
        out->undefined = check_inverse(&fit);
    if (out->undefined != DEFINED)
        return STATUS_OK;
    return fit_factor(ctx, covariance, &fit, total, out);
}
