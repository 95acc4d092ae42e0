/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/instrument.h"

#include <assert.h>

const char *instrument_kind_name(enum instrument_kind kind)
{
    static const char *const names[INSTRUMENT_KIND_COUNT] = {"gap", "rating", "zone", "checklist", "index"};
    assert(kind < INSTRUMENT_KIND_COUNT);
    return names[kind];
}

const char *stem_name(enum stem stem)
{
    static const char *const names[STEM_COUNT] = {"will",    "should",     "excellent", "desired",
                                                  "minimum", "perception", "importance"};
    assert(stem < STEM_COUNT);
    return names[stem];
}

enum stem stem_of_expectation(enum expectation_kind kind)
{
    static const enum stem stems[EXPECTATION_KIND_COUNT] = {
        [EXPECTATION_WILL] = STEM_WILL,
        [EXPECTATION_SHOULD] = STEM_SHOULD,
        [EXPECTATION_EXCELLENT] = STEM_EXCELLENT,
        [EXPECTATION_DESIRED] = STEM_DESIRED,
    };
    assert(kind < EXPECTATION_KIND_COUNT);
    return stems[kind];
}
