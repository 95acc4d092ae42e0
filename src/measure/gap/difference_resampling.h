/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_GAP_DIFFERENCE_RESAMPLING_H
#define GAPMETER_MEASURE_GAP_DIFFERENCE_RESAMPLING_H

#include "measure/resample_job.h"

/* Lists the reliability of the difference of one score, from whole persons: the alphas of both sides are about the people who
 * answered all items of a side, the variances about those who have the score. Private to measure/.
 * takes   about  keys, group and index filled
 *         of     which score: CASE_DIMENSION, CASE_OVERALL, CASE_ITEMS_MEAN
 * fails   STATUS_MEMORY */
enum status difference_entry_add(struct ctx *ctx, struct resample_list *list, const struct resample_entry *about,
                                 enum case_of of) MUST_USE;

#endif
