/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clusters and repeated respondents: what can only be counted when all encounters of one stand together. */
#ifndef GAPMETER_PAIR_PAIR_RUNS_H
#define GAPMETER_PAIR_PAIR_RUNS_H

#include "pair/long_sum.h"
#include "pair/pair_groups.h"
#include "pair/pair_row.h"
#include "pair/run_order.h"

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

/* Σ over runs of a, b, a², ab and b², a = Σw·x and b = Σw within the run. */
struct run_sums {
    int128 a, b;
    struct long_sum aa, ab, bb;
};

/* What a variable has in the strata of a group. */
struct run_strata {
    uint32_t count;
    const struct stratum_sums *sums; /* [count] */
};

/* Of every cell, or of every group once they are gathered: how many runs, in all and for each variable, and the sums of the
 * first `summed` variables. */
struct run_totals {
    uint32_t cell_count, variable_count, summed;
    uint64_t *runs;            /* [group] */
    uint64_t *counts;          /* [group × variable_count + variable] */
    struct run_sums *sums;     /* [group × summed + variable], with strata [cell × summed + variable]; NULL when only counted */
    struct run_strata *strata; /* [group × summed + variable]; NULL without strata */
};

/* What finishing reads: NULL members do not apply. */
struct run_result {
    const struct run_totals *design; /* with sums: the clusters, or with strata but without clusters the encounters */
    const struct run_totals *respondents;
};

/* What makes a run, and whether sums are wanted or only counts. Sums are kept apart by stratum when the design has strata,
 * and a run ends with its stratum; counts are not. */
struct run_purpose {
    enum run_key key;
    bool with_sums;
};

/* Goes through the encounters of a by-set cluster by cluster (respondent by respondent), in parallel.
 * gives   *out  in `scratch`, what it says of strata in ctx->arena; the same for any number of threads
 * fails   STATUS_DATA  the groups, apart by stratum, would pass TALLY_BYTES_MAX; STATUS_MEMORY, STATUS_CANCELLED
 * cost    time encounters × variables, memory 20 bytes per encounter */
enum status run_totals_make(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                            const struct pair_grouping *grouping, const struct run_purpose *purpose,
                            struct run_totals **out) MUST_USE;

/* Bytes of one worker's totals. */
uint64_t run_totals_bytes(const struct pair_frame *frame, uint32_t cell_count);

/* The clustered sums of a variable; all zero when the design has neither clusters nor strata. */
struct cluster_sums run_result_sums(const struct run_result *runs, uint32_t group, uint32_t variable);

/* Distinct respondents of a variable: n when nobody repeats. */
uint64_t run_result_respondents(const struct run_result *runs, uint32_t group, uint32_t variable, uint64_t n);

#endif
