/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_DELIGHT_KANO_ITEMS_H
#define GAPMETER_MEASURE_DELIGHT_KANO_ITEMS_H

#include "measure/delight/service_kind.h"
#include "measure/mean_error.h"
#include "numeric/kano_class.h"

/* The two questions of Kano about one item in one group. */
struct kano_item {
    enum reason blank; /* REASON_NONE, or why nothing is known: not_asked, no_pairs */
    uint64_t n, respondents;
    uint64_t counts[KANO_CLASS_COUNT]; /* encounters */
    struct kano kano;                  /* of the weights, scaled to the effective number */
    double functional, dysfunctional;  /* mean points */
    struct mean_error functional_error, dysfunctional_error;
};

/* Finds it.
 * takes   group  with cases
 * fails   STATUS_MEMORY
 * cost    time cases
 * source  [F40–F42]
 * proof   tests/measure/delight/kano_test.c */
enum status kano_item_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t item,
                           struct kano_item *out) MUST_USE;

/* Its category as all methods name it; reverse and questionable have none.
 * source  the mapping: ours   [F47] */
enum service_kind kano_service(const struct kano_item *item);

#endif
