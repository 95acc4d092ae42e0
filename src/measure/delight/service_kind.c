/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/delight/service_kind.h"

#include <assert.h>

struct value service_word(enum service_kind kind, enum reason unknown)
{
    static const char *const words[SERVICE_KIND_COUNT] = {"basic", "performance", "delight", "none"};
    assert(kind <= SERVICE_UNKNOWN);
    return kind == SERVICE_UNKNOWN ? value_blank(unknown) : value_text(words[kind]);
}

uint32_t outcomes_choose(const struct study *study, const enum outcome_role *roles, size_t role_count, bool scale_only,
                         uint32_t out[OUTCOMES_CHOSEN_MAX])
{
    uint32_t count = 0;
    for (size_t r = 0; r < role_count && count == 0; r++) {
        for (uint32_t i = 0; i < study->columns.outcome_count && count < OUTCOMES_CHOSEN_MAX; i++) {
            const struct outcome *outcome = &study->columns.outcomes[i];
            if (outcome->role == roles[r] && (outcome->kind == OUTCOME_SCALE || !scale_only))
                out[count++] = i;
        }
    }
    return count;
}

uint32_t outcomes_of_satisfaction(const struct study *study, bool scale_only, uint32_t out[OUTCOMES_CHOSEN_MAX])
{
    static const enum outcome_role roles[] = {OUTCOME_ROLE_SATISFACTION, OUTCOME_ROLE_RECOMMEND, OUTCOME_ROLE_LOYALTY,
                                              OUTCOME_ROLE_NONE};
    return outcomes_choose(study, roles, sizeof roles / sizeof *roles, scale_only, out);
}

bool outcome_of_loyalty(const struct study *study, uint32_t *out)
{
    static const enum outcome_role roles[] = {OUTCOME_ROLE_LOYALTY, OUTCOME_ROLE_RECOMMEND, OUTCOME_ROLE_SATISFACTION,
                                              OUTCOME_ROLE_NONE};
    uint32_t chosen[OUTCOMES_CHOSEN_MAX];
    if (outcomes_choose(study, roles, sizeof roles / sizeof *roles, false, chosen) == 0)
        return false;
    *out = chosen[0];
    return true;
}
