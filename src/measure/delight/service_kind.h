/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_DELIGHT_SERVICE_KIND_H
#define GAPMETER_MEASURE_DELIGHT_SERVICE_KIND_H

#include "measure/group_row.h"

/* What all methods of this theme sort items into. */
enum service_kind {
    SERVICE_BASIC,       /* annoys when it fails, and is taken for granted otherwise */
    SERVICE_PERFORMANCE, /* the more the better */
    SERVICE_DELIGHT,     /* pleases when it is there, and is not missed otherwise */
    SERVICE_NONE,        /* makes no difference that was shown */
    SERVICE_KIND_COUNT,
    SERVICE_UNKNOWN = SERVICE_KIND_COUNT /* the method has no answer */
};

/* "basic", "performance", "delight", "none"; blank for SERVICE_UNKNOWN. */
struct value service_word(enum service_kind kind, enum reason unknown);

#define OUTCOMES_CHOSEN_MAX 8u

/* The outcomes that a list of roles finds: all that have the first role of the list which any outcome has.
 * takes   roles       [role_count]
 *         scale_only  leave out amounts, which have no middle
 * gives   out         [OUTCOMES_CHOSEN_MAX] indices; how many */
uint32_t outcomes_choose(const struct study *study, const enum outcome_role *roles, size_t role_count, bool scale_only,
                         uint32_t out[OUTCOMES_CHOSEN_MAX]);

/* Satisfaction, or what comes nearest to it: any other outcome that is better when it is higher. */
uint32_t outcomes_of_satisfaction(const struct study *study, bool scale_only, uint32_t out[OUTCOMES_CHOSEN_MAX]);

/* Loyalty, or recommendation, or satisfaction, or what there is: the first of them.
 * gives   false when there is none */
bool outcome_of_loyalty(const struct study *study, uint32_t *out);

/* The roles that these look for, as bits of struct measure. */
#define OUTCOME_ROLES_USED                                                                                                       \
    (1u << OUTCOME_ROLE_SATISFACTION | 1u << OUTCOME_ROLE_RECOMMEND | 1u << OUTCOME_ROLE_LOYALTY | 1u << OUTCOME_ROLE_NONE)

#endif
