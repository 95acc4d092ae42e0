/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_CLI_COMMAND_H
#define GAPMETER_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

struct out;

/* One option of a command, as help shows it. */
struct option_row {
    const char *name;     /* "--confidence" */
    char letter;          /* 'o' for -o; 0 = none */
    const char *argument; /* "FILE"; NULL = a switch */
    bool repeat;          /* may be given more than once */
    const char *meaning;  /* one line */
};

/* The words of a command line, checked against the command's option rows. */
struct command_line {
    const char *const *operands;
    size_t operand_count;
    const struct option_row *options; /* the rows of the command */
    const char *const *const *values; /* [row]: values given, in order; a switch given has one empty text */
    const size_t *value_counts;       /* [row] */
};

/* The last value of an option, or NULL when it was not given; a switch gives "". */
const char *command_option(const struct command_line *line, const char *name);

/* How often an option was given, and its i-th value. */
size_t command_option_count(const struct command_line *line, const char *name);
const char *command_option_at(const struct command_line *line, const char *name, size_t i);

/* One command: one file in src/cli/ that defines `const struct command command_<name>`. */
struct command {
    const char *name;
    const char *operands;             /* "ANSWERS --study FILE" for the usage line */
    const char *sentence;             /* what it does, in the list of commands */
    const char *description;          /* paragraphs for help COMMAND */
    const char *example;              /* a command line that works */
    const struct option_row *options; /* ends with a row whose name is NULL */
    size_t operands_least, operands_most;
    unsigned order;                /* place in the list */
    void (*more)(struct out *out); /* what help adds from a register, before the example; NULL = nothing */
    enum status (*run)(struct ctx *ctx, const struct command_line *line);
};

extern const struct command *const command_register[];
extern const size_t command_register_count;

#endif
