/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_TALLY_H
#define GAPMETER_MODEL_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "base/wide.h"
#include "model/reason.h"
#include "model/scale.h"

/* Exact, mergeable sufficient statistics. Weights are integers in units of 2^-40; without weights
 * every weight is 1 (in units of 1), so w = ww = n. All formulas are ratios in which the unit cancels.
 * Codes have been turned for reversed items. Written by pair/, read by measure/. */

/* How often, and with what weight. */
struct weight_sum {
    uint64_t n; /* encounters */
    int128 w;   /* Σw */
    int128 ww;  /* Σw² */
};

/* The same sums within one stratum of the design, with A and B of the stratum: what is left of a cluster when the mean of
 * its stratum is taken off depends on them. */
struct stratum_sums {
    uint32_t stratum;  /* index into pairs->strata */
    uint64_t clusters; /* of this stratum, with at least one value of x in this group */
    int128 a, b;
    struct wide aa, ab, bb;
};

/* The clustered (linearised) variance of a weighted mean A/B, A = Σ_c a_c, B = Σ_c b_c, where
 * a_c = Σw·x and b_c = Σw within cluster c: Σ(a_c − (A/B) b_c)² = aa − 2(A/B)ab + (A/B)² bb.
 * All zero when the design has neither clusters nor strata. x is in the integer units of its owner.
 * In a stratified design an encounter is a cluster of its own where there are no clusters, a cluster that stands in two
 * strata is two, and the sums are kept stratum by stratum only. */
struct cluster_sums {
    uint64_t clusters;                 /* clusters with at least one value of x in this group */
    struct wide aa, ab, bb;            /* 0 with strata */
    uint32_t stratum_count;            /* strata with at least one value of x in this group; 0 without strata */
    const struct stratum_sums *strata; /* [stratum_count] in the order of pairs->strata */
};

/* The joint count table of the codes of two or three answers to one item. */
struct joint_cell {
    uint16_t code[3]; /* 0 = missing */
    struct weight_sum sum;
};

struct joint {
    const struct scale *scale;
    unsigned arity; /* pairs: 2 (expectation, perception); zones: 3 (minimum, desired, perception); singles: 1 */
    size_t cell_count;
    const struct joint_cell *cells; /* counts above 0 only, sorted by code; the cell with every code 0 is left out */
    uint64_t respondents; /* distinct respondents with every code present; zones: every code that was asked, and an edge */
    /* pairs: [0] x = P−E in steps, [1] x = 1 when P < E; zones: [0] P−minimum, [1] P−desired; singles: [0] x = code−1 */
    struct cluster_sums difference[2];
};

/* The tally of a person's mean score over several items: exact, because a score is an integer over
 * the common denominator of all answered counts that are permitted.
 *   score = min + step × x / denominator,  x = Σ(code−1) × denominator / answered
 * for overall scores the mean over dimensions of such scores. The gap is P's x − E's x.
 * When the common denominator × (steps−1) would pass 2^47 (more than some 28 items), the denominator is 2^32
 * and each person's score is rounded once to it, to nearest (a tie cannot occur): the same for every order of rows. */
struct composite_cell {
    int64_t gap;
    struct weight_sum sum;
};

struct composite {
    enum reason blank; /* REASON_NONE, or why there is no such score (mixed scales, not asked) */
    const struct scale *scale;
    int64_t denominator;
    uint32_t item_count; /* items (dimensions for an overall score) that the score is made of */
    size_t cell_count;
    const struct composite_cell *cells; /* sorted by gap */
    struct weight_sum all;
    int128 we, wp; /* Σw·x of expectation and of perception */
    struct wide wee, wpp, wep;
    struct weight_sum ceiling;                  /* those whose expectation score is the top of the scale */
    uint64_t expectation_only, perception_only; /* enough items of one standard and not of the other, so too few pairs */
    uint64_t respondents;
    struct cluster_sums difference[2]; /* [0] x = gap, [1] x = 1 when gap < 0 */
};

/* Sums and cross-products of several items over the cases complete on all of them. */
enum block_of { BLOCK_EXPECTATION, BLOCK_PERCEPTION, BLOCK_DESIRED, BLOCK_MINIMUM, BLOCK_GAP, BLOCK_OF_COUNT };

struct block {
    enum reason blank;
    enum block_of of;
    uint32_t dimension; /* index; UINT32_MAX = all items */
    uint32_t item_count;
    const uint32_t *items; /* indices into study->items */
    struct weight_sum all;
    uint64_t respondents;
    const int128 *sums;     /* [item] Σw·x, x = code−1, for gaps P−E in steps */
    const int128 *products; /* [item × item_count + item] Σw·x·y */
};

/* d = gap of item `first` − gap of item `second`, both in steps, over people who have both pairs. first < second among
 * the items of which both standards are asked. */
struct contrast {
    uint32_t first, second;
    enum reason blank; /* REASON_MIXED_SCALES; REASON_OVERFLOW: Σw²d² does not fit (then no sums) */
    struct weight_sum all;
    int128 wd, wdd, wwd, wwdd;
    uint64_t respondents;
    struct cluster_sums difference; /* x = d */
};

/* Gaps weighted by each person's own importance. The parts are dimensions (points, F3) or items (rating, F4).
 * A person's parts are those with a gap and an importance a: points given (a missing cell beside a usable sum is 0
 * points), or the rating's value (steps above the lowest when the scale goes below 0). A person counts
 *   points: when the points given sum to 95–105 and the parts hold at least half of that sum
 *   rating: when at least half of the items that ask for all three have a pair and a rating, and Σa > 0.
 * With the parts of that person
 *   share s = a / Σa (the shares of a person add to 1),  gap g and performance p in steps (p above the scale's min),
 *   of a part:  weighted gap v = s × g, weighted performance s × p
 *   overall:    s = 1, g and p the plain means over the parts, v = Σ s × g, weighted performance Σ s × p.
 * Each person's s, g, p, v and s × p is rounded once to a unit of 2^-20 (of 1 or of a step), ties away from 0. */
struct importance_sum {
    enum reason blank;         /* a dimension or an overall of mixed scales; not asked: then no sums but the two counts below */
    uint32_t index;            /* dimension (points), item (rating), UINT32_MAX = overall */
    const struct scale *scale; /* of the gaps */
    struct weight_sum all;     /* those who count and, for a part, have this part */
    uint64_t respondents;
    uint64_t rescaled; /* overall: points summed to 95–105 but not to 100 and were rescaled */
    uint64_t refused;  /* overall: gave some importance but do not count */
    int128 share;      /* Σw·s, unit 2^-20 */
    int128 rating;     /* parts of ratings: Σw·(code−1), whole steps of the importance scale; else 0 */
    int128 gap;        /* Σw·g, unit 2^-20 of a step */
    int128 weighted;   /* Σw·v, unit 2^-20 of a step */
    struct wide wweighted2, wwweighted, wwweighted2; /* Σw·v², Σw²·v, Σw²·v², for the interval of the weighted gap */
    int128 performance;                              /* Σw·p, unit 2^-20 of a step */
    int128 weighted_performance;                     /* Σw·(s × p), unit 2^-20 of a step */
    struct cluster_sums difference;                  /* x = v in its units */
};

#endif
