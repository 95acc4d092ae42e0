/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_CROSS_MOMENTS_H
#define GAPMETER_NUMERIC_CROSS_MOMENTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "numeric/least_squares.h"
#include "numeric/undefined.h"

/* The cheap way to many regressions on the same rows, for resampling: rows are gathered once into covariances, and every model
 * of theirs is solved from these. Half the digits of least_squares_fit where predictors are nearly dependent, and no errors. */

/* Rows of several columns, one row after another, each column about its mean. */
struct moment_rows {
    size_t rows, columns;
    const double *values;  /* [rows × columns] */
    const double *weights; /* [rows], NULL = all 1 */
};

/* The predictors of a regression and its outcome, which is the last column.
 * gives   *out  in ctx->arena
 * fails   STATUS_MEMORY
 * cost    memory rows × columns */
enum status moment_rows_make(struct ctx *ctx, const struct regression *regression, struct moment_rows *out) MUST_USE;

/* Doubles of room that cross_moments_gather needs. */
size_t cross_moments_room(size_t columns);

/* Covariances (over Σw, the same for all) when row i comes times[i] times.
 * takes   times  [rows], NULL = once each
 *         room   [cross_moments_room(columns)]
 * gives   covariance  [columns²]; the variance of a column that is constant in these rows is exactly 0
 * needs   some row comes at all
 * cost    time rows × columns² / 2, without the rows that do not come
 * proof   tests/numeric/cross_moments_test.c */
void cross_moments_gather(const struct moment_rows *rows, const uint32_t *times, double *room, double *covariance);

/* Above so many units, units are put into so many groups by chance and groups are drawn: a standard error is then itself
 * uncertain by 1/√(2 × 4096), 1.1 %, which is less than what a few thousand resamples leave. */
#define MOMENT_GROUPS_MAX 4096u

/* What is drawn whole. */
struct moment_grouping {
    const uint32_t *units;  /* [rows] dense numbers from 0; NULL = every row alone */
    size_t unit_count;      /* read with units alone */
    uint64_t seed, stream;  /* of the groups */
    const uint32_t *strata; /* [units, or rows without them] dense numbers: a group lies in one stratum; NULL = one stratum */
    size_t stratum_count;   /* read with strata alone */
};

/* A stratum has at least so many groups, when it has as many units: drawing from m groups shows (m − 1)/m of its variance. */
#define STRATUM_GROUPS_MIN 64u

/* The moments of groups of rows, so that a resample costs nothing per row. */
struct moment_groups {
    size_t count, columns;
    const uint32_t *strata; /* [count] with strata in the grouping: that of each group; else NULL */
    const double *sums;     /* group after group: rows, Σw, Σwx of each column, Σwxy of each pair */
    size_t stride;          /* from one group to the next */
};

/* Gathers the rows of each unit, or of each group of units.
 * gives   *out  in ctx->arena; the groups of a stratum have as many units as each other, or one more
 * fails   STATUS_MEMORY
 * cost    time rows × columns² / 2, memory groups × columns² / 2
 * proof   tests/numeric/cross_moments_test.c */
enum status moment_groups_make(struct ctx *ctx, const struct moment_rows *rows, const struct moment_grouping *grouping,
                               struct moment_groups *out) MUST_USE;

/* The same for the rows of a regression, its outcome last, which are read twice and not copied.
 * fails   STATUS_MEMORY
 * cost    time rows × columns² / 2, memory groups × columns² / 2
 * proof   tests/numeric/cross_moments_test.c */
enum status moment_groups_of(struct ctx *ctx, const struct regression *regression, const struct moment_grouping *grouping,
                             struct moment_groups *out) MUST_USE;

/* Doubles of room that moment_groups_gather needs. */
size_t moment_groups_room(size_t columns);

/* Covariances when group i comes times[i] times, as cross_moments_gather.
 * takes   times  [count], NULL = once each
 *         room   [moment_groups_room(columns)]
 * gives   covariance  [columns²]; the number of rows that came
 * cost    time groups × columns² / 2
 * proof   tests/numeric/cross_moments_test.c */
double moment_groups_gather(const struct moment_groups *groups, const uint32_t *times, double *room, double *covariance);

/* One model of the gathered columns: the last column on some of the others, with an intercept. */
struct moment_model {
    const double *covariance; /* [columns²] */
    size_t columns;
    const size_t *chosen; /* [count] predictors; NULL = all but the last column */
    size_t count;
};

/* Doubles of room that moment_regression needs. */
size_t moment_regression_room(size_t count);

/* Slopes and R² of a model, by elimination in the correlation matrix.
 * takes   room  [moment_regression_room(count)]
 * gives   coefficients  [count] slopes; NULL = not wanted
 *         *r_squared
 * blank   a constant predictor, or one that leaves less than 1e-10 of its variance to the others -> UNDEFINED_SINGULAR;
 *         constant outcome -> UNDEFINED_NO_VARIANCE
 * cost    time count³ / 6
 * source  [F34]
 * proof   tests/numeric/cross_moments_test.c, against least_squares_fit */
enum undefined moment_regression(const struct moment_model *model, double *room, double *coefficients,
                                 double *r_squared) MUST_USE;

#endif
