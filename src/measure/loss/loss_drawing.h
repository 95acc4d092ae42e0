/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_LOSS_DRAWING_H
#define GAPMETER_MEASURE_LOSS_DRAWING_H

#include "measure/loss/loss_strata.h"
#include "numeric/resample.h"

/* Losses are drawn again by cells where nobody is weighted, clustered or in a stratum, else by persons or clusters, within
 * strata. Private to measure/loss/. */

#define LOSS_REPLICATES 2000u /* when --bootstrap does not say otherwise */

/* What is drawn: rows of persons, or one row for each kind of person with its count. */
struct loss_drawn {
    size_t count;
    const uint32_t *pattern;   /* [count] which pattern of what customers also differ in */
    const unsigned char *cell; /* [count] of loss_cell */
    const double *weight;      /* [count] 1 for kinds */
    struct resample_design design;
    enum reason blank; /* REASON_NONE, or why drawing again would show too little of what differs within strata */
};

/* Prepares it.
 * takes   pattern  [rows] dense numbers from 0
 * fails   STATUS_MEMORY */
enum status loss_drawn_make(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                            const uint32_t *pattern, struct loss_drawn *out) MUST_USE;

/* The loss of the sample, and its interval from samples drawn again.
 * takes   figures  whose last figure is the fraction; the first the ratio when out->has_ratio
 *         name     decides the stream of chance
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  percentile interval [F25, F84] */
enum status loss_draw(struct ctx *ctx, const struct measuring *measuring, const struct loss_drawn *drawn,
                      const struct resample_figures *figures, const char *name, struct adjusted_loss *out) MUST_USE;

#endif
