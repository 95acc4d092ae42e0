/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guess_outcomes.h"

#include <string.h>

#define POINTS_LEAST 3u /* fewer different values are a yes and a no */

/* Ends that the header tells, as in "(0-10)"; false when it tells none. */
static bool ends_told(struct span header, int64_t *least, int64_t *most)
{
    static const struct {
        const char *text;
        int64_t least, most;
    } ends[] = {{"0-10", 0, 10}, {"0–10", 0, 10}, {"1-10", 1, 10}, {"1–10", 1, 10},
                {"1-7", 1, 7},   {"1–7", 1, 7},   {"1-5", 1, 5},   {"1–5", 1, 5}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (!memmem(header.at, header.length, ends[i].text, strlen(ends[i].text)))
            continue;
        *least = ends[i].least;
        *most = ends[i].most;
        return true;
    }
    return false;
}

bool outcome_guess(const struct column_profile *profile, struct outcome *out)
{
    if (!header_is_outcome(profile->meaning) || profile->numbers < profile->filled || profile->value_count < POINTS_LEAST)
        return false;
    if (profile->least < 0 || profile->most > 10)
        return false;
    bool recommend = profile->meaning == HEADER_RECOMMEND;
    int64_t least = recommend || profile->least == 0 ? 0 : 1;
    int64_t most = recommend || least == 0 || profile->most > 7 ? 10 : profile->most > 5 ? 7 : 5;
    int64_t told_least, told_most;
    if (ends_told(profile->header, &told_least, &told_most) && told_least <= profile->least && profile->most <= told_most) {
        least = told_least;
        most = told_most;
    }
    *out = (struct outcome){.kind = OUTCOME_SCALE};
    /* Only from 0 to 10 it is the recommendation that a net score is made of. */
    if (recommend)
        out->role = least == 0 && most == 10 ? OUTCOME_ROLE_RECOMMEND : OUTCOME_ROLE_NONE;
    else
        out->role = profile->meaning == HEADER_LOYALTY ? OUTCOME_ROLE_LOYALTY : OUTCOME_ROLE_SATISFACTION;
    out->name = out->role == OUTCOME_ROLE_NONE ? "recommendation" : outcome_role_name(out->role);
    out->scale = (struct scale){
        .id = out->name, .min = {least, 0}, .max = {most, 0}, .step = {1, 0}, .steps = (uint32_t)(most - least + 1)};
    return true;
}
