/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_CLI_COMMAND_LINE_H
#define GAPMETER_CLI_COMMAND_LINE_H

#include "cli/command.h"

/* Reads the words after the command's name: options of the command in any order (`--name VALUE`,
 * `--name=VALUE`, `-o VALUE`, `-oVALUE`), operands, and `--` after which all is operand.
 * takes   words  count texts that outlive the line
 * fails   STATUS_USAGE with a sentence that names the word and what would be accepted */
enum status command_line_parse(struct ctx *ctx, const struct command *command, const char *const *words, size_t count,
                               struct command_line *out) MUST_USE;

/* The value of an option as a real number within [least, most].
 * gives   *out  the fallback when the option was not given
 * fails   STATUS_USAGE */
enum status command_option_number(struct ctx *ctx, const struct command_line *line, const char *name, double least, double most,
                                  double *out) MUST_USE;

/* The value of an option as a whole number within [least, most]; *out keeps its value when the option was not given.
 * fails   STATUS_USAGE */
enum status command_option_count_of(struct ctx *ctx, const struct command_line *line, const char *name, uint64_t least,
                                    uint64_t most, uint64_t *out) MUST_USE;

/* A command by its name, or NULL. */
const struct command *command_find(const char *name);

#endif
