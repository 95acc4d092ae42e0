/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_CLI_GUESS_PRINT_H
#define GAPMETER_CLI_GUESS_PRINT_H

#include "base/out.h"
#include "model/format.h"
#include "model/guess.h"

/* Prints what was guessed, a line each with how sure it is. */
void guess_print(struct out *out, const struct guess *guess, const char *path);

/* What analyze does without a study: prints what guess finds and the commands to run next.
 * fails   STATUS_USAGE for two files to be joined (a study is needed), and what reading says */
enum status guess_and_advise(struct ctx *ctx, const struct format_source *source) MUST_USE;

#endif
