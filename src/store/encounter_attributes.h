/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The segment values of an encounter, as they stand in its row (a JSON object of texts). Private to store/. */
#ifndef GAPMETER_STORE_ENCOUNTER_ATTRIBUTES_H
#define GAPMETER_STORE_ENCOUNTER_ATTRIBUTES_H

#include "base/ctx.h"

/* Calls `each` with every attribute; a status other than STATUS_OK stops.
 * fails   STATUS_DATA when the text is no such object */
enum status attributes_each(struct ctx *ctx, const char *attributes,
                            enum status (*each)(struct ctx *ctx, void *state, const char *name, struct span value),
                            void *state) MUST_USE;

#endif
