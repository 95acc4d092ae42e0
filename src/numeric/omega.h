/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_OMEGA_H
#define GAPMETER_NUMERIC_OMEGA_H

#include <stddef.h>

#include "base/ctx.h"
#include "numeric/undefined.h"

/* Written by omega_fit. The arrays live in ctx->arena and are NULL when undefined, and for k = 2, where no
 * factor model can be estimated. */
struct omega {
    enum undefined undefined; /* of all that follows */
    size_t k;
    double model;               /* (Σλ)² / ((Σλ)² + Σψ) */
    double observed;            /* (Σλ)² / observed total variance */
    size_t heywood_count;       /* uniquenesses held at their bound of .005 s_j²: read omega with care */
    const double *loadings;     /* [k] λ, unstandardised; their sum is not negative */
    const double *uniquenesses; /* [k] ψ */
    double discrepancy;         /* log|Σ| − log|S| + tr(SΣ⁻¹) − k at the solution */
};

/* McDonald's omega of one factor, by maximum likelihood.
 * takes   covariance  [k × k], symmetric (exact_covariance_matrix)
 *         k           items
 * gives   *out  k = 2: both are 4 s₁₂ / s_T², the closed form with equal loadings
 * fails   STATUS_MEMORY
 * blank   k < 2 -> UNDEFINED_TOO_FEW;  an item or the total without variance -> UNDEFINED_NO_VARIANCE;  the smallest
 *         eigenvalue of the correlations below 1e-10 -> UNDEFINED_SINGULAR;  projected gradient not
 *         small at the end -> UNDEFINED_NOT_CONVERGED
 * cost    an eigen decomposition, k³, for each of some tens of steps; memory k²
 * source  McDonald 1999; ML by the eigen step: Jöreskog 1967, Lawley & Maxwell 1971; a bounded quasi-Newton search
 *         (nlopt's L-BFGS), then Newton steps with exact second derivatives to the last digits   [F15]
 * proof   tests/numeric/omega_test.c against lavaan and psych */
enum status omega_fit(struct ctx *ctx, const double *covariance, size_t k, struct omega *out) MUST_USE;

#endif
