/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_URL_DECODING_H
#define GAPMETER_SERVE_URL_DECODING_H

#include "base/ctx.h"
#include "model/form.h"

/* Decodes %XX once: what then still reads as %XX is text. Used once on each piece of a request and nowhere else.
 * takes   plus_is_space  in forms and queries, never in paths
 * gives   *out  in ctx->arena, or the text itself when there was nothing to decode
 * fails   STATUS_INVALID for a % without two hexadecimal digits, a NUL, or bytes that are no UTF-8; STATUS_MEMORY
 * proof   tests/http/router_test.c, fuzz/router_fuzz.c */
enum status url_decode(struct ctx *ctx, struct span text, bool plus_is_space, struct span *out) MUST_USE;

/* Reads name=value&name=value. A name without = has an empty value; empty pieces are passed over.
 * takes   most  fields that are accepted
 * fails   as url_decode; STATUS_INVALID when there are more */
enum status url_fields(struct ctx *ctx, struct span text, size_t most, const struct form_field **out, size_t *count) MUST_USE;

#endif
