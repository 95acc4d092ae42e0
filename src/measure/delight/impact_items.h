/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_DELIGHT_IMPACT_ITEMS_H
#define GAPMETER_MEASURE_DELIGHT_IMPACT_ITEMS_H

#include "measure/delight/service_kind.h"
#include "numeric/impact_contrast.h"

/* Penalty and reward of every item for one outcome in one group: what its table and the comparison of methods both show. */

/* Where an item is low and high. */
struct level_cuts {
    bool zone;          /* low: below the minimum; high: above the desired level */
    uint32_t low, high; /* otherwise: codes up to low are low, codes from high on are high */
};

/* The cuts of an item: by its zone when minimum and desired level were asked with the perception, else by its scale.
 * source  up to five ninths of the scale, and from eight ninths on: ours   [F43] */
struct level_cuts level_cuts_of(const struct study *study, uint32_t item);

/* One item. */
struct impact_item {
    enum reason blank; /* REASON_NONE, or why nothing is known */
    uint64_t n;        /* encounters with a mark and the outcome */
    uint64_t rows;     /* of the regression that it stands in */
    uint64_t respondents;
    struct impact_contrast contrast;
    struct contrast_fit fit; /* the regression */
    enum reason error_blank; /* REASON_NONE, or why there are no errors, and so no class */
    bool few_units;          /* fewer than CLUSTERS_FOR_TEST: no test */
    enum undefined linear_undefined;
    double linear; /* the asymmetry of a line */
};

/* Why each item has a regression of its own. */
enum impact_apart {
    IMPACT_TOGETHER,
    IMPACT_APART_INFLATION,
    IMPACT_APART_SINGULAR,
    IMPACT_APART_FEW,
    IMPACT_APART_INCOMPLETE,
    IMPACT_APART_ONLY_ONE
};

struct impact_items {
    enum impact_apart apart;
    double inflation;          /* of the one regression, when there was one */
    struct impact_item *items; /* [item_count] */
};

/* Finds them.
 * takes   group  with cases
 * gives   *out   in ctx->arena
 * fails   STATUS_MEMORY
 * cost    time cases × items²
 * source  [F43]
 * proof   tests/measure/delight/penalty_reward_test.c */
enum status impact_items_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t outcome,
                              struct impact_items *out) MUST_USE;

/* Where the classes of the asymmetry begin. */
extern const struct impact_cuts impact_cuts_usual;

/* Do the intervals of both penalty and reward cover 0?
 * needs   an item with errors */
bool impact_is_none(const struct impact_item *item, double confidence);

/* The class as all methods name it: frustrator and dissatisfier basic, hybrid performance, satisfier and delighter delight.
 * gives   SERVICE_UNKNOWN when there is no asymmetry or no error
 * source  the mapping: ours   [F47] */
enum service_kind impact_service(const struct impact_item *item, double confidence);

#endif
