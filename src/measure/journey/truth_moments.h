/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_TRUTH_MOMENTS_H
#define GAPMETER_MEASURE_TRUTH_MOMENTS_H

#include "measure/journey/journey_cases.h"
#include "numeric/impact_contrast.h"

/* How much each moment of the journeys counts for the satisfaction that is remembered. Private to measure/journey/. */

#define MOMENTS_COMPARED      12u   /* at most so many, the most often rated ones */
#define TOUCHPOINTS_LOOKED_AT 200u  /* the most visited ones; who is rated by half of the journeys is among them */
#define RATED_SHARE           0.5   /* of the journeys, at least */
#define RANK_REPLICATES       1000u /* when --bootstrap does not say otherwise */

/* One touchpoint that is compared. */
struct truth_moment {
    uint32_t touchpoint;
    double mean;       /* of the journeys compared, in steps above the lowest */
    double lmg, share; /* part of R², and of its whole */
    uint32_t rank;     /* 1 = the largest part */
    double top_share;  /* of the samples drawn again: among the top quarter */
    struct impact_contrast contrast;
    struct contrast_fit fit;
};

/* All of a group. */
struct truth_moments {
    enum reason blank;                      /* of the whole group */
    const struct touchpoint_choice *choice; /* which are looked at */
    uint64_t *raters;                       /* [touchpoint] journeys with remembered satisfaction and a rating there */
    uint32_t count;
    struct truth_moment moments[MOMENTS_COMPARED];
    struct case_matrix matrix; /* the journeys that rated all of them; column: remembered satisfaction */
    enum undefined undefined;  /* of lmg, share, rank */
    double r_squared;
    enum reason top_blank; /* of top_share */
    uint32_t top;          /* how many make the top quarter */
    uint64_t kept;
    bool many_failed, apart; /* contrasts each in a regression of its own */
};

/* Finds them.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  [F83, F35, F43] */
enum status truth_moments_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                               const struct touchpoint_choice *choice, struct truth_moments *out) MUST_USE;

#endif
