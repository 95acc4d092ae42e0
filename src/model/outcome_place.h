/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_OUTCOME_PLACE_H
#define GAPMETER_MODEL_OUTCOME_PLACE_H

#include <stdint.h>
#include <string.h>

/* Where a row of outcomes holds one of them, in as few bytes as its scale takes. */
struct outcome_place {
    uint32_t at;    /* offset in the row */
    uint32_t bytes; /* 1 or 2: a code, 0 missing; 8: units of 10^-decimals, INT64_MIN missing */
};

/* An outcome in a row of outcomes, whatever bytes it takes: its code, or units of 10^-decimals; INT64_MIN when it is missing.
 * needs   outcomes that are not NULL */
static inline int64_t outcome_get(const uint8_t *outcomes, struct outcome_place place)
{
    uint16_t code = outcomes[place.at];
    int64_t units;
    if (place.bytes == sizeof units) {
        memcpy(&units, outcomes + place.at, sizeof units);
        return units;
    }
    if (place.bytes == sizeof code)
        memcpy(&code, outcomes + place.at, sizeof code);
    return code == 0 ? INT64_MIN : code;
}

/* Writes an outcome into a row of outcomes.
 * takes   value  a code that the place has room for, units, or INT64_MIN */
static inline void outcome_set(uint8_t *outcomes, struct outcome_place place, int64_t value)
{
    const uint16_t code = value == INT64_MIN ? 0 : (uint16_t)value;
    if (place.bytes == sizeof value)
        memcpy(outcomes + place.at, &value, sizeof value);
    else if (place.bytes == sizeof code)
        memcpy(outcomes + place.at, &code, sizeof code);
    else
        outcomes[place.at] = (uint8_t)code;
}

#endif
