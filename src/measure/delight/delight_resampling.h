/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_DELIGHT_DELIGHT_RESAMPLING_H
#define GAPMETER_MEASURE_DELIGHT_DELIGHT_RESAMPLING_H

#include "measure/resample_job.h"

/* The hook of the table kano: better and worse, the total strength, and the two means of the continuous form, of each item. From
 * the 25 pairs of answers where they are all there is to know, else from persons or units. Private to measure/. */
enum status kano_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                          struct resample_list *list) MUST_USE;

/* The hook of the table zone_delight: the shares of delight, service and failure of each item. */
enum status zone_delight_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                                  struct resample_list *list) MUST_USE;

#endif
