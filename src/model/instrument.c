/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/instrument.h"

#include <assert.h>

const char *instrument_kind_name(enum instrument_kind kind)
{
    static const char *const names[INSTRUMENT_KIND_COUNT] = {"gap", "rating", "zone", "checklist", "index"};
    assert(kind < INSTRUMENT_KIND_COUNT);
    return names[kind];
}
