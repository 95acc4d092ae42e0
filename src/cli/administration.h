/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands that work on a store share: the word after the command, the store, the operation that is asked, and how what
 * it gives is shown. */
#ifndef GAPMETER_CLI_ADMINISTRATION_H
#define GAPMETER_CLI_ADMINISTRATION_H

#include <jansson.h>

#include "base/out.h"
#include "cli/command.h"

/* A command line whose first operand was a word such as "list". */
struct administration {
    const struct command_line *line;
    const char *command;         /* "study" */
    const char *store;           /* --db */
    const char *const *operands; /* after the word */
    size_t operand_count;
};

/* One word after a command: "study list". The last of a table has no name. */
struct subcommand {
    const char *name;
    const char *operands; /* for messages: "STUDY FILE" */
    size_t operands_least, operands_most;
    enum status (*run)(struct ctx *ctx, const struct administration *a);
};

/* Options that every such command has; they stand in its table. */
#define ADMINISTRATION_OPTIONS                                                                                                   \
    {.name = "--db", .argument = "DB", .meaning = "the store; while a server runs, it is asked through DB.sock"},                \
        {.name = "--json", .meaning = "what the operation gave, as JSON"},                                                       \
    {                                                                                                                            \
        .name = "--csv", .meaning = "a list as CSV"                                                                              \
    }

/* Finds the word and runs it.
 * fails   STATUS_USAGE with the words there are, or the operands that are missing, or without --db */
enum status administration_run(struct ctx *ctx, const char *command, const struct command_line *line,
                               const struct subcommand *words) MUST_USE;

/* Asks for an operation.
 * takes   in   owned: given to json_decref; NULL (no memory) fails
 * gives   *out to be given to json_decref */
enum status administration_ask(struct ctx *ctx, const struct administration *a, const char *operation, json_t *in,
                               json_t **out) MUST_USE;

/* One column of a list: a member of its objects. */
struct value_column {
    const char *member;
    const char *title;
};

/* How a reply is shown on a terminal. */
typedef void value_print(struct out *out, const json_t *value);

/* Shows a reply on standard output: as JSON with --json, else as `print` says.
 * takes   value  owned: given to json_decref */
enum status administration_show(struct ctx *ctx, const struct administration *a, json_t *value, value_print *print) MUST_USE;

/* Shows a list that is a member of a reply: as JSON, as CSV, or as a table whose columns end with a NULL title.
 * takes   value  owned
 *         none   what stands there when the list is empty */
enum status administration_show_list(struct ctx *ctx, const struct administration *a, json_t *value, const char *member,
                                     const struct value_column *columns, const char *none) MUST_USE;

/* A value as a cell: texts as they are, "" for null, objects as key=value pairs, lists with commas between. */
const char *value_cell(struct ctx *ctx, const json_t *value);

/* Writes a list of objects as CSV with a header line. */
void value_write_csv(struct ctx *ctx, struct out *out, const json_t *list, const struct value_column *columns);

/* Reads "--attribute NAME=VALUE", repeated, into an object; NULL when there is none.
 * gives   *out  owned by the caller */
enum status attributes_read(struct ctx *ctx, const struct administration *a, json_t **out) MUST_USE;

/* Puts the address of --base before a link that begins with "/", because the store's desk did not know its server's address.
 * gives   a text in ctx->arena; NULL for null */
const char *link_whole(struct ctx *ctx, const struct administration *a, const json_t *link);

#endif
