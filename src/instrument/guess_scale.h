/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_GUESS_SCALE_H
#define GAPMETER_INSTRUMENT_GUESS_SCALE_H

#include "instrument/guess_items.h"

/* The scale that the answers seem to be on, and the texts among them that seem to mean "no answer". Private to instrument/. */
struct guessed_scale {
    bool found;
    struct scale scale;
    bool ends_seen; /* both ends occur */
    bool labels;    /* the cells hold labels */
    struct missing_code *missing;
    uint32_t missing_count;
};

/* Looks at the values of all columns that answer the items, importance left out.
 * gives   *out  in ctx->arena */
enum status scale_guess(struct ctx *ctx, const struct column_profile *profiles, const struct guessed_items *items,
                        struct guessed_scale *out) MUST_USE;

#endif
