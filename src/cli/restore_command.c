/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <unistd.h>

#include "app/restoring.h"
#include "base/folder.h"
#include "base/out.h"
#include "cli/command.h"

static enum status restore_run(struct ctx *ctx, const struct command_line *line)
{
    const char *store = command_option(line, "--db"), *from = line->operands[0];
    uint64_t erased = 0;
    struct out *out = NULL;
    if (!store)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Which store? Give --db DB, such as --db study.db.");
    if (path_exists(store) && !command_option(line, "--replace"))
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "%s exists: what came in since the backup would be lost. Say --replace if that is meant.", store);
    enum status status = desk_restore(ctx, from, store, &erased);
    if (!status)
        status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    out_format(out, "Restored %s from %s.\n", store, from);
    if (erased)
        out_format(out, "%llu respondent%s erased since the backup and %s erased again.\n", (unsigned long long)erased,
                   erased == 1 ? " was" : "s were", erased == 1 ? "is" : "are");
    return out_close(ctx, out);
}

static const struct option_row restore_options[] = {
    {.name = "--db", .argument = "DB", .meaning = "the store that is made, or replaced"},
    {.name = "--replace", .meaning = "replace a store that is there"},
    {.name = NULL},
};

const struct command command_restore_command = {
    .name = "restore",
    .operands = "BACKUP --db DB",
    .sentence = "Puts a backup in the place of a store; who was erased since stays erased.",
    .description =
        "The backup is checked first, and the store is replaced in one step. A running server must be stopped before. People\n"
        "who were erased after the backup was made are erased again: the store and the list beside it, DB.erased, tell whom.",
    .example = "gapmeter restore backup.db --db study.db --replace",
    .options = restore_options,
    .operands_least = 1,
    .operands_most = 1,
    .order = 87,
    .run = restore_run,
};
