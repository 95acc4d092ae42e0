/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_PAIRS_H
#define GAPMETER_MODEL_PAIRS_H

#include "model/answers.h"
#include "model/plan.h"
#include "model/tally.h"

/* Everything counted for one group of encounters. Arrays that the plan did not need are NULL. */
struct group {
    const uint16_t *values; /* [segment of the by-set]: number of its value, NO_SEGMENT_VALUE = no answer */
    uint64_t encounters;
    uint64_t respondents;               /* distinct */
    uint64_t clusters;                  /* distinct in this group; 0 without clusters */
    const struct joint *pairs;          /* [item] */
    const struct joint *zones;          /* [item] */
    const struct joint *singles;        /* [item] */
    const struct composite *dimensions; /* [dimension] */
    const struct composite *overall;    /* 1: mean of dimensions */
    const struct composite *items_mean; /* 1: mean of items */
    const struct block *blocks;         /* [block_count]: for each standard asked, then the gap (order of enum block_of): each
                                           dimension, then all items */
    uint32_t block_count;
    const struct contrast *contrasts; /* [contrast_count]: first < second */
    uint32_t contrast_count;
    const struct importance_sum *importance; /* [importance_count]: dimensions or items, then overall */
    uint32_t importance_count;
    const uint32_t *cases; /* [case_count] numbers of the encounters in canonical order: sorted by what was answered, so that
                              neither ids nor the order of the file enter. Without those that PAIRS_COMPLETE leaves out; NULL
                              while it is not the turn of the by-set */
    uint32_t case_count;
};

/* The groups of one by-set, sorted by the texts of their values (by number where both are numbers), those
 * without an answer last. */
struct group_set {
    struct by_set by;
    uint32_t group_count;
    const struct group *groups;
};

/* How people answered, over everyone and whatever the plan's policy; for the quality section and check.
 * Straight-lining is judged on the codes as given, before reversed items are turned. */
struct pairing {
    uint64_t encounters, respondents;
    uint64_t both;             /* encounters with at least one pair */
    uint64_t expectation_only; /* encounters with expectations and no perception at all */
    uint64_t perception_only;
    uint64_t pairs;                /* item pairs in all */
    uint64_t straight_expectation; /* same answer to all items (3 or more answered): of those with expectations */
    uint64_t straight_perception;
    uint64_t straight_both;                          /* both of them */
    uint64_t missing[STANDARD_COUNT][MISSING_COUNT]; /* answers missing, by kind */
    uint64_t asked[STANDARD_COUNT];                  /* encounters × items asked */
};

/* One stratum of the design: customers who were sampled apart from the others. */
struct stratum {
    const char *name;
    uint64_t units; /* clusters in it, or encounters where the design has no clusters; 1 tells nothing of its variance */
};

/* The result of pairing: what measures read. */
struct pairs {
    const struct study *study;
    const struct answers *answers; /* for the texts of segment values */
    const struct plan *plan;
    bool repeats;      /* a respondent comes more than once */
    bool clustered;    /* inference is by clusters: the cluster column, else repeated respondents */
    uint64_t clusters; /* in the whole design (a segment keeps the whole design) */
    bool stratified;   /* inference is within strata */
    uint32_t stratum_count;
    const struct stratum *strata;   /* [stratum_count] sorted by the bytes of their names; NULL without strata */
    const uint32_t *stratum_places; /* [stratum as numbered by reading] index into strata; NULL without strata */
    struct pairing pairing;
    uint32_t set_count;
    const struct group_set *sets; /* [plan->set_count] */
    struct case_turns *turns;     /* with NEED_CASES and plan->cases_in_turn, else NULL: see pair/case_turns.h */
    const struct group_set
        *kept; /* [plan->set_count] with NEED_KEPT, else NULL: the same groups without straight-liners, who gave
                  one answer to all expectation or to all perception questions; pairs and composites only */
};

/* The text of a group's segment value; NULL when the cell was empty.
 * takes   segment  position in the by-set */
const char *pairs_value_text(const struct pairs *pairs, const struct group_set *set, const struct group *group, uint32_t segment);

#endif
