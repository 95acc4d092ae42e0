/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cases of by-sets, of one at a time: many by-sets then take no more memory than one. */
#ifndef GAPMETER_PAIR_CASE_TURNS_H
#define GAPMETER_PAIR_CASE_TURNS_H

#include "model/pairs.h"
#include "pair/pair_groups.h"

/* Sorts the encounters, and gives groups their cases: everyone at once, other by-sets too, or with plan->cases_in_turn when
 * their turn comes.
 * takes   scratch    for what sorting needs
 *         groupings  [plan->set_count] as long as ctx->arena
 *         sets       [plan->set_count] finished but for their cases; their groups are replaced by ones that have them
 * gives   *out  with plan->cases_in_turn, in ctx->arena; else NULL
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * cost    memory 4 bytes per encounter for everyone and 4 for each by-set that has its cases, with clusters 4 more; time as
 *         pair_ranks_make
 * proof   tests/pair/case_turns_test.c */
enum status case_turns_open(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                            const struct pair_grouping *groupings, struct group_set *sets, struct case_turns **out) MUST_USE;

/* Gives the groups of a by-set their cases, and takes those of the by-set before away; everyone's stay. Nothing to do for pairs
 * whose groups all have them, and for the by-set whose turn it is.
 * takes   pairs  NULL is allowed
 *         set    of its plan
 * fails   STATUS_MEMORY
 * cost    time and memory as the encounters
 * proof   tests/pair/case_turns_test.c */
enum status cases_take(struct ctx *ctx, const struct pairs *pairs, uint32_t set) MUST_USE;

#endif
