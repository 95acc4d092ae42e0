/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole encounters in an order that depends on what was answered alone. */
#ifndef GAPMETER_PAIR_PAIR_CASES_H
#define GAPMETER_PAIR_PAIR_CASES_H

#include "model/pairs.h"
#include "pair/pair_groups.h"
#include "pair/pair_ranks.h"

/* Gives every group of a by-set its cases: by rank; encounters of equal content by their cluster (or repeated respondent), the
 * clusters compared by all the ranks they have in the group. What is still equal may be exchanged without any effect.
 * takes   room    holds the cases; not those of everyone, which are ranks->sorted: clusters put equal ranks of it in order
 *         groups  [grouping->group_count]
 * gives   cases and case_count of each group
 * fails   STATUS_MEMORY */
enum status pair_cases_make(struct ctx *ctx, struct arena *room, const struct pair_frame *frame,
                            const struct pair_grouping *grouping, const struct pair_ranks *ranks, struct group *groups) MUST_USE;

#endif
