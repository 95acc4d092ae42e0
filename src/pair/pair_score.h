/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's mean scores: dimensions, overall (mean of dimensions), mean of items (F2). */
#ifndef GAPMETER_PAIR_PAIR_SCORE_H
#define GAPMETER_PAIR_PAIR_SCORE_H

#include <assert.h>

#include "base/wide.h"
#include "pair/pair_row.h"

#define LCM_1_TO_40 INT64_C(5342931457063200) /* every count of a dimension's items divides it */

/* Decides how each score is made: which items, how many must be there, which denominator.
 * fails   STATUS_MEMORY */
enum status score_rules_create(struct ctx *ctx, struct pair_frame *frame) MUST_USE;

/* Fills row->scores from its codes. */
void score_row_prepare(const struct pair_frame *frame, struct pair_row *row);

/* numerator / denominator to the nearest integer, ties away from 0.
 * needs   denominator > 0, both below 2^125 */
static inline int64_t nearest_ratio(int128 numerator, int128 denominator)
{
    assert(denominator > 0);
    int128 half = denominator / 2;
    return (int64_t)((numerator < 0 ? numerator - half : numerator + half) / denominator);
}

#endif
