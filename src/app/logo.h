/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_LOGO_H
#define GAPMETER_APP_LOGO_H

#include "base/ctx.h"
#include "base/text.h"

/* Reads a PNG for the head of a report and looks at its frame: signature, size, and that it is there to its end.
 * gives   *out  its bytes, in ctx->arena
 * fails   STATUS_NO_INPUT, STATUS_PERMISSION, STATUS_IO; STATUS_DATA when it is no whole PNG of at most LOGO_BYTES_MAX bytes and
 *         LOGO_PIXELS_MAX pixels a side
 * source  Portable Network Graphics (ISO/IEC 15948), 5.2, 5.3, 11.2.2
 * proof   tests/app/logo_test.c */
enum status logo_read(struct ctx *ctx, const char *path, struct span *out) MUST_USE;

#endif
