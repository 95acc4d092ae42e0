/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_GUESSING_H
#define GAPMETER_APP_GUESSING_H

#include "base/ctx.h"
#include "model/guess.h"

/* Looks at the headers and the first rows of a file of answers and proposes a study file for it.
 * takes   path  "-" for standard input
 * gives   *out  in ctx->arena
 * fails   whatever reading the file says */
enum status guess_answers(struct ctx *ctx, const char *path, struct guess *out) MUST_USE;

/* Writes the proposed study as a study file; an existing file is replaced only when `replace` is set.
 * needs   guess->study
 * fails   STATUS_USAGE when the file exists, STATUS_IO */
enum status guess_write(struct ctx *ctx, const struct guess *guess, const char *path, bool replace) MUST_USE;

#endif
