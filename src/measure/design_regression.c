/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/design_regression.h"

#include <math.h>

#include "measure/mean_error.h"
#include "numeric/distribution.h"

enum status design_error_find(struct ctx *ctx, const struct case_matrix *matrix, const struct regression *regression,
                              const struct least_squares *fit, struct design_error *out)
{
    size_t p = fit->parameters;
    double *covariance = arena_array(ctx->arena, p * p, sizeof *covariance);
    if (!covariance)
        return ctx_no_memory(ctx);
    const struct covariance_strata strata = {
        .of = matrix->strata, .count = matrix->stratum_count, .units = matrix->stratum_units};
    const struct covariance_method method = {.kind = matrix->strata  ? COVARIANCE_STRATA
                                                     : matrix->units ? COVARIANCE_CLUSTER
                                                                     : COVARIANCE_HC3,
                                             .units = matrix->units,
                                             .unit_count = matrix->unit_count,
                                             .strata = &strata};
    *out = (struct design_error){.covariance = covariance, .df = matrix->units ? (double)matrix->unit_count - 1 : fit->df};
    if (matrix->strata)
        out->df = (double)(matrix->unit_count - covariance_strata_present(&strata, matrix->unit_count));
    if (matrix->units && out->df + 1 < CLUSTERS_FOR_TEST)
        out->test_blank = REASON_FEW_CLUSTERS;
    return least_squares_covariance(ctx, regression, fit, &method, covariance, &out->undefined);
}

struct estimate_cells estimate_cells_of(double estimate, double variance, const struct design_error *error, double confidence)
{
    struct estimate_cells cells;
    enum undefined undefined = error->undefined;
    if (!undefined && !(variance > 0))
        undefined = UNDEFINED_NO_VARIANCE;
    if (undefined) {
        cells.se = cells.low = cells.high = cells.t = cells.p = value_blank(reason_of(undefined));
        return cells;
    }
    double se = sqrt(variance), reach = t_quantile_upper(.5 * (1 - confidence), error->df) * se;
    cells.se = value_number(se);
    cells.low = value_number(estimate - reach);
    cells.high = value_number(estimate + reach);
    cells.t = value_number(estimate / se);
    cells.p = error->test_blank ? value_blank(error->test_blank) : value_number(t_two_sided(estimate / se, error->df));
    return cells;
}
