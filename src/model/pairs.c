/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pairs.h"

#include <assert.h>

const char *pairs_value_text(const struct pairs *pairs, const struct group_set *set, const struct group *group, uint32_t segment)
{
    assert(segment < set->by.segment_count);
    uint16_t value = group->values[segment];
    if (value == NO_SEGMENT_VALUE)
        return NULL;
    return pairs->answers->segment_values[set->by.segments[segment]][value];
}
