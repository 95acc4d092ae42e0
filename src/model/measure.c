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

enum reason measure_applies(const struct measure *measure, const struct study *study, const char **missing)
{
    enum standard absent = first_standard(study, measure->standards, false);
    if (absent == STANDARD_COUNT && measure->any_standards != 0 &&
        first_standard(study, measure->any_standards, true) == STANDARD_COUNT)
        absent = first_standard(study, measure->any_standards, false);
    if (absent == STANDARD_COUNT && measure->importance && study->columns.importance == IMPORTANCE_NONE)
        absent = STANDARD_IMPORTANCE;
    if (absent == STANDARD_COUNT && (!measure->dimensions || study->dimension_count))
        return REASON_NONE;
    *missing = absent == STANDARD_COUNT ? "dimensions" : standard_name(absent);
    return REASON_NOT_ASKED;
}

bool measure_is_default(const struct measure *measure, const struct study *study)
{
    const char *missing = NULL;
    return measure->by_default && measure_applies(measure, study, &missing) == REASON_NONE &&
           first_standard(study, measure->unless_standards, true) == STANDARD_COUNT &&
           !(measure->unless_dimensions && study->dimension_count);
}
