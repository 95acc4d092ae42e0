/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/measure.h"

const struct measure *measure_find(struct span name)
{
    for (size_t i = 0; i < measure_register_count; i++) {
        if (span_is(name, measure_register[i]->name))
            return measure_register[i];
    }
    return NULL;
}

/* The first standard of a set that was asked, or was not; STANDARD_COUNT when there is none. */
static enum standard first_standard(const struct study *study, unsigned standards, bool asked)
{
    for (enum standard standard = 0; standard < STANDARD_COUNT; standard++) {
        if ((standards & 1u << standard) != 0 && study_asks_any(study, standard) == asked)
            return standard;
    }
    return STANDARD_COUNT;
}

static uint32_t segment_add(const struct study *study, const char *column, uint32_t segments[2], uint32_t count)
{
    uint32_t segment = column ? study_segment(study, span_of(column)) : UINT32_MAX;
    if (segment == UINT32_MAX)
        return count;
    segments[count] = segment;
    return count + 1;
}

uint32_t measure_segments(const struct measure *measure, const struct study *study, uint32_t segments[2])
{
    const struct columns *columns = &study->columns;
    if (measure->by == BY_TOUCHPOINT)
        return segment_add(study, columns->channel, segments, segment_add(study, columns->touchpoint, segments, 0));
    if (measure->by == BY_TIME)
        return segment_add(study, columns->wave ? columns->wave : columns->time, segments, 0);
    return 0;
}

/* What to call the first role of a set of which the study has none; NULL when it has one or none is asked for. */
static const char *role_missing(const struct study *study, unsigned roles)
{
    static const char *const words[OUTCOME_ROLE_COUNT] = {
        [OUTCOME_ROLE_SATISFACTION] = "an outcome with the role satisfaction",
        [OUTCOME_ROLE_RECOMMEND] = "an outcome with the role recommend",
        [OUTCOME_ROLE_EFFORT] = "an outcome with the role effort",
        [OUTCOME_ROLE_LOYALTY] = "an outcome with the role loyalty",
        [OUTCOME_ROLE_DISCONFIRMATION] = "an outcome with the role disconfirmation",
        [OUTCOME_ROLE_LEFT] = "an outcome with the role left",
        [OUTCOME_ROLE_COMPLAINED] = "an outcome with the role complained",
        [OUTCOME_ROLE_CAPTIVE] = "an outcome with the role captive",
        [OUTCOME_ROLE_BAD_SERVICE] = "an outcome with the role bad_service",
    };
    const char *missing = NULL;
    for (enum outcome_role role = OUTCOME_ROLE_NONE + 1; role < OUTCOME_ROLE_COUNT; role++) {
        if ((roles & 1u << role) == 0)
            continue;
        if (study_outcome_of_role(study, role) != UINT32_MAX)
            return NULL;
        missing = missing ? missing : words[role];
    }
    return missing;
}

/* What the study lacks beside standards; NULL when nothing. */
static const char *column_missing(const struct measure *measure, const struct study *study)
{
    uint32_t segments[2];
    if (measure->dimensions && !study->dimension_count)
        return "dimensions";
    if (measure->sources && !study_asks_sources(study))
        return "answers to where expectations come from (columns.sources)";
    if (measure->comments && !study->columns.comment_count && !(study->collection && study->collection->ask_noticed))
        return "comments (columns.comments)";
    if (measure->arms && !study->columns.arm)
        return "people whom chance leaves out of asking before (columns.arm, collection.perception_only_share)";
    if (measure->outcomes && !study->columns.outcome_count)
        return "an outcome, such as satisfaction,";
    if (measure->journeys && study->columns.layout != LAYOUT_JOURNEY)
        return "journeys (a row per moment)";
    if (measure->by == BY_TOUCHPOINT && !measure_segments(measure, study, segments))
        return "a column for the touchpoint or the channel";
    if (measure->by == BY_TIME && !measure_segments(measure, study, segments))
        return "a column for the wave or the time";
    return role_missing(study, measure->outcome_roles);
}

/* A standard as a person would call it. */
static const char *standard_words(enum standard standard)
{
    if (standard == STANDARD_FUNCTIONAL || standard == STANDARD_DYSFUNCTIONAL)
        return "answers to Kano's two questions (columns functional and dysfunctional)";
    return standard_name(standard);
}

enum reason measure_applies(const struct measure *measure, const struct study *study, const char **missing)
{
    enum standard absent = first_standard(study, measure->standards, false);
    if (absent == STANDARD_COUNT && measure->any_standards != 0 &&
        first_standard(study, measure->any_standards, true) == STANDARD_COUNT)
        absent = first_standard(study, measure->any_standards, false);
    if (absent == STANDARD_COUNT && measure->importance && study->columns.importance == IMPORTANCE_NONE)
        absent = STANDARD_IMPORTANCE;
    *missing = absent == STANDARD_COUNT ? column_missing(measure, study) : standard_words(absent);
    return *missing ? REASON_NOT_ASKED : REASON_NONE;
}

bool measure_is_default(const struct measure *measure, const struct study *study)
{
    const char *missing = NULL;
    return measure->by_default && measure_applies(measure, study, &missing) == REASON_NONE &&
           first_standard(study, measure->unless_standards, true) == STANDARD_COUNT &&
           !(measure->unless_dimensions && study->dimension_count);
}
