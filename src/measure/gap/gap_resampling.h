/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_GAP_GAP_RESAMPLING_H
#define GAPMETER_MEASURE_GAP_GAP_RESAMPLING_H

#include "measure/resample_job.h"

/* The hooks of the gap tables: mean gap, share of the short, dz. From the tally of gaps where that is all there is to know,
 * else from persons or units. Private to measure/. */

/* Per item.
 * fails   STATUS_MEMORY */
enum status item_gap_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                              struct resample_list *list) MUST_USE;

/* Per dimension.
 * fails   STATUS_MEMORY */
enum status dimension_gap_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                                   struct resample_list *list) MUST_USE;

/* The mean of dimensions.
 * fails   STATUS_MEMORY */
enum status overall_gap_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                                 struct resample_list *list) MUST_USE;

/* The mean of items.
 * fails   STATUS_MEMORY */
enum status overall_item_gap_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                                      struct resample_list *list) MUST_USE;

/* The net share of the bands, per item: share who got more less share who got less.
 * fails   STATUS_MEMORY */
enum status gap_bands_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                               struct resample_list *list) MUST_USE;

#endif
