/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/live.h"

#include <assert.h>

static const char *const door_names[DOOR_COUNT] = {"link", "open", "kiosk", "embed", "paper", "api"};

const char *door_kind_name(enum door_kind kind)
{
    assert(kind < DOOR_COUNT);
    return door_names[kind];
}

bool door_kind_parse(struct span text, enum door_kind *out)
{
    unsigned i = 0;
    while (i < DOOR_COUNT && !span_is(text, door_names[i]))
        i++;
    if (i < DOOR_COUNT)
        *out = (enum door_kind)i;
    return i < DOOR_COUNT;
}
