/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_ATTRIBUTE_TEXT_H
#define GAPMETER_MODEL_ATTRIBUTE_TEXT_H

#include "base/ctx.h"

/* Hands on each member of a JSON object whose values are texts, such as {"branch": "Oslo"}: what is known of an encounter.
 * takes   json  as the attributes of an encounter or a door are kept; empty: no members
 *         each  a status other than STATUS_OK stops and is returned; name and value live in ctx->arena
 * fails   STATUS_DATA when it is anything else
 * proof   tests/model/attribute_text_test.c */
enum status attributes_each(struct ctx *ctx, struct span json,
                            enum status (*each)(struct ctx *ctx, void *state, struct span name, struct span value),
                            void *state) MUST_USE;

#endif
