/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The encounters of a by-set in the order of their groups, strata and clusters, so that all of one cluster stand together. */
#ifndef GAPMETER_PAIR_RUN_ORDER_H
#define GAPMETER_PAIR_RUN_ORDER_H

#include "pair/pair_frame.h"
#include "pair/pair_groups.h"

/* What makes encounters one unit; a RUN_ENCOUNTER is one by itself. */
enum run_key { RUN_CLUSTER, RUN_RESPONDENT, RUN_ENCOUNTER };

/* A group, or the part of it that lies in one stratum. */
struct run_cell {
    uint32_t group;
    uint32_t stratum; /* place among the sorted strata; 0 when not split */
};

struct run_order {
    enum run_key key;
    const uint32_t *encounters;  /* [encounter_count] sorted by group, then by stratum when split, then by key */
    const uint32_t *cells;       /* [encounter_count] cell of the encounter at this place */
    const struct run_cell *list; /* [cell_count] sorted by group, then by stratum */
    uint32_t cell_count;         /* when not split, one per group: cell = group */
};

/* The clusters that inference is by: the cluster column, else repeated respondents, else encounters. */
enum run_key run_key_of_design(const struct pair_frame *frame);

/* Sorts the encounters.
 * takes   split  apart by strata
 * needs   frame->stratified when split
 * gives   *out  in `scratch`
 * fails   STATUS_MEMORY
 * cost    time encounters, memory 20 bytes per encounter */
enum status run_order_make(struct arena *scratch, const struct pair_frame *frame, const struct pair_grouping *grouping,
                           enum run_key key, bool split, struct run_order *out) MUST_USE;

/* Does a run begin at this place? */
bool run_begins(const struct pair_frame *frame, const struct run_order *order, uint32_t at);

#endif
