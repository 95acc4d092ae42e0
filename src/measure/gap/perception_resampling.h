/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_GAP_PERCEPTION_RESAMPLING_H
#define GAPMETER_MEASURE_GAP_PERCEPTION_RESAMPLING_H

#include "measure/resample_job.h"

/* The hook of the table perception: the mean of each item, from the tally of its answers where that is all there is to know,
 * else from persons or units. Private to measure/. */
enum status perception_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                                struct resample_list *list) MUST_USE;

#endif
