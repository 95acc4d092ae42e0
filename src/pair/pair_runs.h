/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clusters and repeated respondents: what can only be counted when all encounters of one stand together. */
#ifndef GAPMETER_PAIR_PAIR_RUNS_H
#define GAPMETER_PAIR_PAIR_RUNS_H

#include "pair/long_sum.h"
#include "pair/pair_groups.h"
#include "pair/pair_row.h"

/* The variables that one row has, and their values. */
struct run_track {
    uint32_t count;
    uint32_t *variables; /* [frame->variables.count] */
    int64_t *values;
};

/* Adds one; a variable comes at most once in a row. */
static inline void run_track_add(struct run_track *track, uint32_t variable, int64_t value)
{
    track->variables[track->count] = variable;
    track->values[track->count++] = value;
}

/* Σ over runs of a², ab and b², a = Σw·x and b = Σw within the run. */
struct run_sums {
    struct long_sum aa, ab, bb;
};

/* Of every group: how many runs, in all and for each variable, and the sums of the first `summed` variables. */
struct run_totals {
    uint32_t group_count, variable_count, summed;
    uint64_t *runs;        /* [group] */
    uint64_t *counts;      /* [group × variable_count + variable] */
    struct run_sums *sums; /* [group × summed + variable]; NULL when only counted */
};

/* What finishing reads: NULL members do not apply. */
struct run_result {
    const struct run_totals *clusters;
    const struct run_totals *respondents;
};

enum run_key { RUN_CLUSTER, RUN_RESPONDENT };

/* What makes a run, and whether sums are wanted or only counts. */
struct run_purpose {
    enum run_key key;
    bool with_sums;
};

/* Goes through the encounters of a by-set cluster by cluster (respondent by respondent), in parallel.
 * gives   *out  in `scratch`
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * cost    time encounters × variables, memory 16 bytes per encounter */
enum status run_totals_make(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                            const struct pair_grouping *grouping, const struct run_purpose *purpose,
                            struct run_totals **out) MUST_USE;

/* Bytes of one worker's totals. */
uint64_t run_totals_bytes(const struct pair_frame *frame, uint32_t group_count);

/* The clustered sums of a variable; all zero when the design has no clusters. */
struct cluster_sums run_result_sums(const struct run_result *runs, uint32_t group, uint32_t variable);

/* Distinct respondents of a variable: n when nobody repeats. */
uint64_t run_result_respondents(const struct run_result *runs, uint32_t group, uint32_t variable, uint64_t n);

#endif
