/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_DELIGHT_ZONE_KINDS_H
#define GAPMETER_MEASURE_DELIGHT_ZONE_KINDS_H

#include "measure/case_columns.h"
#include "measure/delight/service_kind.h"
#include "numeric/impact_contrast.h"

/* Where an answer lies against the zone of tolerance. */
enum zone_kind {
    ZONE_FAILURE,  /* worse than the customer accepts */
    ZONE_SERVICE,  /* inside the zone, its edges included */
    ZONE_DELIGHT,  /* at least one scale point better than wished for */
    ZONE_OTHER,    /* between the two: above the wish by less than a point */
    ZONE_INVERTED, /* the minimum was set above the wish: left out */
    ZONE_KIND_COUNT
};

/* The kind of one answer; a point above the wish is a point of the scale, whatever its step.
 * needs   all three standards answered
 * source  [F46] */
enum zone_kind zone_kind_of(const struct measuring *measuring, uint32_t encounter, uint32_t item);

/* The three variables that it needs. */
void zone_variables(uint32_t item, struct case_variable out[3]);

/* One item of one group. */
struct zone_item {
    enum reason blank; /* REASON_NONE, or why nothing is known */
    uint64_t counts[ZONE_KIND_COUNT];
    double weights[ZONE_KIND_COUNT], squares; /* Σw of each kind; Σw² of those that are not inverted */
    uint64_t respondents;
    enum reason outcome_blank; /* REASON_NONE, or why the outcome is not compared */
    uint64_t outcome_n, outcome_respondents;
    double means[ZONE_OTHER];        /* mean outcome of failure, service, delight; read when outcome_blank is REASON_NONE */
    struct impact_contrast contrast; /* of failure (penalty) and delight (reward) against service */
    struct contrast_fit fit;
    enum reason error_blank; /* REASON_NONE, or why lift and loss have no error */
    bool few_units;
};

/* Finds it.
 * takes   group    with cases
 *         outcome  index, or UINT32_MAX: none to compare
 * fails   STATUS_MEMORY
 * cost    time cases
 * source  ours   [F46]
 * proof   tests/measure/delight/zone_delight_test.c */
enum status zone_item_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t item,
                           uint32_t outcome, struct zone_item *out) MUST_USE;

/* The error that each test of an item may have, so that all items together keep that of the confidence.
 * source  Bonferroni   [F26] */
double zone_alpha(const struct measuring *measuring);

/* What the outcome says of the item: basic when only failure shows, delight when only delight does, performance when both do.
 * takes   alpha  of each of the two
 * source  ours   [F46, F47] */
enum service_kind zone_service(const struct zone_item *item, double alpha);

#endif
