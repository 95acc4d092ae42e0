/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/outcome_list.h"

/* Is it a judgement that can be higher or lower? */
static bool outcome_is_judgement(const struct outcome *outcome)
{
    if (outcome->kind != OUTCOME_SCALE)
        return false;
    return outcome->role == OUTCOME_ROLE_NONE || outcome->role == OUTCOME_ROLE_SATISFACTION ||
           outcome->role == OUTCOME_ROLE_RECOMMEND || outcome->role == OUTCOME_ROLE_EFFORT ||
           outcome->role == OUTCOME_ROLE_LOYALTY;
}

uint32_t outcomes_explained(const struct study *study, bool satisfaction, uint32_t *out)
{
    const struct outcome *outcomes = study->columns.outcomes;
    uint32_t count = 0, asked = study->columns.outcome_count;
    for (uint32_t i = 0; i < asked && satisfaction; i++) {
        if (outcomes[i].kind == OUTCOME_SCALE && outcomes[i].role == OUTCOME_ROLE_SATISFACTION)
            out[count++] = i;
    }
    bool found = count > 0;
    for (uint32_t i = 0; i < asked && !found; i++) {
        if (outcome_is_judgement(&outcomes[i]))
            out[count++] = i;
    }
    return count;
}

bool outcome_with_role(const struct study *study, enum outcome_role role, uint32_t *out)
{
    for (uint32_t i = 0; i < study->columns.outcome_count; i++) {
        if (study->columns.outcomes[i].role == role) {
            *out = i;
            return true;
        }
    }
    return false;
}
