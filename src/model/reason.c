/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/reason.h"

#include <assert.h>

static const struct {
    const char *name;
    const char *words;
} reasons[REASON_COUNT] = {
#define REASON(symbol, name, words) {name, words},
#include "model/reason.def"
#undef REASON
};

const char *reason_name(enum reason reason)
{
    assert(reason < REASON_COUNT);
    return reasons[reason].name;
}

const char *reason_words(enum reason reason)
{
    assert(reason < REASON_COUNT);
    return reasons[reason].words;
}
