/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_ZONE_ZONE_RESAMPLING_H
#define GAPMETER_MEASURE_ZONE_ZONE_RESAMPLING_H

#include "measure/resample_job.h"

/* The hook of the table zone: adequacy, superiority and the position in the zone, of each item. From the tally of minimum,
 * desired and perception where that is all there is to know, else from persons or units. Private to measure/. */
enum status zone_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                          struct resample_list *list) MUST_USE;

#endif
