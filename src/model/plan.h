/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_PLAN_H
#define GAPMETER_MODEL_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"
#include "model/study.h"

/* What a measure reads: a set of these bits. */
enum need {
    NEED_PAIRS = 1u << 0,      /* joint tallies of (expectation, perception) per item */
    NEED_ZONES = 1u << 1,      /* joint tallies of (minimum, desired, perception) per item */
    NEED_COMPOSITES = 1u << 2, /* dimension and overall scores of pairs */
    NEED_BLOCKS = 1u << 3,     /* moment blocks per dimension and overall, for each standard asked and the gap */
    NEED_CONTRASTS = 1u << 4,  /* differences between the gaps of two items, same person */
    NEED_IMPORTANCE = 1u << 5, /* importance-weighted gaps */
    NEED_SINGLES = 1u << 6,    /* tallies of perception alone, for studies that asked no expectation */
    NEED_CASES = 1u << 7,      /* the encounters themselves, in canonical order: for figures of whole persons */
    NEED_KEPT = 1u << 8        /* the pairs and composites again, of those who did not give one answer to everything */
};

/* Complete: an encounter that lacks any of the pairs the study asks for is left out of every tally (struct pairing
 * still counts it). Available: each tally uses what there is. */
enum pair_policy { PAIRS_AVAILABLE, PAIRS_COMPLETE };

/* Groups to compute apart: the combinations of the values of these segments; no segment = everyone. */
struct by_set {
    uint32_t segments[BY_SET_SEGMENTS_MAX]; /* indices into study->columns.segments */
    uint32_t segment_count;
};

/* What one pass over the answers must fill: the union of what all measures asked for need. */
struct plan {
    const struct study *study;
    unsigned needs; /* union of enum need */
    enum pair_policy policy;
    bool weighted;                   /* the study names a weight or margins, and the user did not say --unweighted */
    struct by_set sets[BY_SETS_MAX]; /* sets[0] is everyone when the totals are asked for */
    uint32_t set_count;
    bool cases_in_turn; /* beside everyone's, the cases of one by-set at a time: pair/case_turns.h */
};

#endif
