/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_RELIABILITY_RELIABILITY_RESAMPLING_H
#define GAPMETER_MEASURE_RELIABILITY_RELIABILITY_RESAMPLING_H

#include "measure/resample_job.h"

/* The hook of the table reliability: alpha of each dimension, and of all items, of each standard and the gap. From whole
 * persons, since alpha needs the covariances of a person's answers. Private to measure/. */
enum status reliability_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                                 struct resample_list *list) MUST_USE;

#endif
