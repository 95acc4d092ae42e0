/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_CATALOG_H
#define GAPMETER_APP_CATALOG_H

#include "base/ctx.h"
#include "model/instrument.h"

/* The shipped instruments, sorted by name.
 * gives   *out, *count  in ctx->arena */
enum status catalog_instruments(struct ctx *ctx, const struct instrument *const **out, size_t *count) MUST_USE;

/* One instrument by its name or path.
 * fails   STATUS_NO_INPUT, listing those there are */
enum status catalog_instrument(struct ctx *ctx, const char *name, const struct instrument **out) MUST_USE;

#endif
