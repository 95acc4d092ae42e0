/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_IMPORTANCE_IMPORTANCE_RESAMPLING_H
#define GAPMETER_MEASURE_IMPORTANCE_IMPORTANCE_RESAMPLING_H

#include "measure/resample_job.h"

/* The hook of the table weighted_gap: the mean of each customer's own importance times gap, by part and overall. From whole
 * persons, since each person's weights go with that person's gaps. The table rounds each person's value to 2^-20 of a step, these
 * figures do not. Private to measure/. */
enum status weighted_gap_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                                  struct resample_list *list) MUST_USE;

#endif
