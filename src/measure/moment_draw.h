/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_MOMENT_DRAW_H
#define GAPMETER_MEASURE_MOMENT_DRAW_H

#include "measure/case_columns.h"
#include "measure/group_row.h"
#include "numeric/cross_moments.h"
#include "numeric/resample.h"

/* Bootstrap of figures that need no more of the persons than the covariances of their columns: regressions, R², importance.
 * Persons are drawn, or their clusters, or when there are more than MOMENT_GROUPS_MAX of these, random groups of them.
 * Private to measure/. */

#define MOMENT_REPLICATES 1000u /* without --bootstrap */

/* Figures of one set of covariances.
 * takes   covariance  [columns²] of the predictors, then the outcome
 *         rows        how many rows were drawn
 *         room        [room] doubles of this worker
 * gives   out [count], or why there are none */
struct moment_figures {
    const void *state;
    size_t count, room;
    enum undefined (*compute)(const void *state, const double *covariance, double rows, double *room, double *out);
};

/* What came of it. */
struct moment_drawn {
    enum undefined undefined; /* of the sample itself: then nothing is drawn */
    double *estimates;        /* [count] of the sample */
    enum reason blank;        /* of the intervals: REASON_NONE, or why strata cannot be drawn from */
    struct resampled replicates;
};

/* What a stream of chance is for: the names that a row bears, so that what else was asked changes none of its figures.
 * takes   names  [count] */
uint64_t draw_stream(const struct measuring *measuring, uint32_t group, const char *const *names, size_t count);

/* What is drawn. */
struct moment_draw {
    const struct regression *regression;
    const struct moment_figures *figures;
    uint64_t stream;
    uint32_t replicates; /* 0: only the estimates */
};

/* Draws.
 * takes   matrix      whose rows the regression has
 * gives   *out  in ctx->arena
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * blank   a stratum with too few units -> too_few
 * cost    time rows × columns² + replicates × (groups × columns² + compute)
 * source  [F25]
 * proof   tests/measure/validity/gap_validity_test.c */
enum status moment_draw_run(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                            const struct moment_draw *draw, struct moment_drawn *out) MUST_USE;

/* The percentile interval of one figure.
 * takes   shifted  moved by what the replicates are off the estimate on average: for figures such as R², which drawing again
 *                  makes larger
 * gives   ends  of the interval
 * fails   STATUS_MEMORY
 * blank   as resample_interval_find
 * source  [F25, F74]
 * proof   tests/measure/validity/gap_validity_test.c */
enum status moment_interval_find(struct ctx *ctx, const struct measuring *measuring, const struct moment_drawn *drawn,
                                 size_t figure, bool shifted, struct value ends[2]) MUST_USE;

#endif
