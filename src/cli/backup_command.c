/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "cli/administration.h"

static void copied_print(struct out *out, const json_t *value)
{
    out_format(out, "Backed up to %s: %lld pages, checked.\n", json_string_value(json_object_get(value, "to")),
               (long long)json_integer_value(json_object_get(value, "pages")));
}

/* The server has a folder of its own, so that it is told the full path. */
static const char *path_whole(struct ctx *ctx, const char *path)
{
    char folder[PATH_MAX];
    if (path[0] == '/')
        return path;
    return getcwd(folder, sizeof folder) ? arena_format(ctx->arena, "%s/%s", folder, path) : NULL;
}

static enum status backup_run(struct ctx *ctx, const struct command_line *line)
{
    struct administration a = {.line = line, .command = "backup", .store = command_option(line, "--db")};
    const char *path = command_option(line, "--output");
    json_t *value = NULL;
    if (!a.store)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Which store? Give --db DB, such as --db study.db.");
    if (!path)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Where to? Give -o FILE, such as -o backup.db.");
    path = path_whole(ctx, path);
    if (!path)
        return ctx_fail(ctx, STATUS_IO, NULL, "The folder that this command runs in cannot be found; give a full path.");
    enum status status = administration_ask(ctx, &a, "store_copy", json_pack("{s:s}", "to", path), &value);
    return status ? status : administration_show(ctx, &a, value, copied_print);
}

static const struct option_row backup_options[] = {
    {.name = "--db", .argument = "DB", .meaning = "the store; a server may be running"},
    {.name = "--output",
     .letter = 'o',
     .argument = "FILE",
     .meaning = "the file to write; replaced only once the new one is whole"},
    {.name = "--json", .meaning = "what the operation gave, as JSON"},
    {.name = NULL},
};

const struct command command_backup_command = {
    .name = "backup",
    .operands = "--db DB -o FILE",
    .sentence = "Copies a store of one moment into a file, while answers come in.",
    .description =
        "The copy is checked before it takes the place of an older one. Keep it as you keep the store: it holds the same\n"
        "people and answers. `gapmeter restore` puts it back; who was erased in between stays erased.",
    .example = "gapmeter backup --db study.db -o backup.db",
    .options = backup_options,
    .operands_least = 0,
    .operands_most = 0,
    .order = 86,
    .run = backup_run,
};
