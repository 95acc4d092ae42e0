/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_DELIGHT_TETRACLASSE_ITEMS_H
#define GAPMETER_MEASURE_DELIGHT_TETRACLASSE_ITEMS_H

#include "measure/delight/service_kind.h"
#include "numeric/tetraclasse_axis.h"

/* Good and bad marks of each item against a good or bad outcome, in one group. */
struct tetraclasse_item {
    enum reason blank;             /* REASON_NONE, or why there is no point */
    uint64_t n, good, bad, middle; /* encounters; n = good + bad */
    uint64_t respondents;
    struct tetraclasse_counts counts; /* weighted */
    struct tetraclasse_point point;
};

struct tetraclasse_items {
    enum undefined undefined; /* of the whole: nobody, or all outcomes the same */
    struct tetraclasse_axis axis;
    struct tetraclasse_item *items; /* [item_count] */
};

#define TETRACLASSE_FEWEST 5u /* good, and bad, marks: with fewer an item stays out of the stack */

/* Finds them. A mark is good above the middle of its scale and bad below it, an outcome likewise; the middle itself is left out.
 * takes   group    with cases
 *         outcome  on a scale
 * gives   *out     in ctx->arena
 * fails   STATUS_MEMORY
 * cost    time cases × items
 * source  Llosa 1996, 1997; the middle of the scale as the cut, the fewest marks: ours   [F45]
 * proof   tests/measure/delight/tetraclasse_test.c */
enum status tetraclasse_items_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                   uint32_t outcome, struct tetraclasse_items *out) MUST_USE;

/* Its class as all methods name it: key is performance, plus delight, secondary none.
 * source  the mapping: ours   [F47] */
enum service_kind tetraclasse_service(const struct tetraclasse_item *item);

#endif
