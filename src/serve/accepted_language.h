/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_ACCEPTED_LANGUAGE_H
#define GAPMETER_SERVE_ACCEPTED_LANGUAGE_H

#include "base/ctx.h"

/* The first of the languages with the highest weight in an Accept-Language, such as "de-CH"; "" when none is asked for.
 * takes   speaks  which of them count, asked with `state`; NULL = all
 * gives   in ctx->arena
 * source  RFC 9110, 12.5.4
 * proof   tests/http/router_test.c */
const char *accepted_language(struct ctx *ctx, struct span list, bool (*speaks)(const void *state, struct span tag),
                              const void *state);

#endif
