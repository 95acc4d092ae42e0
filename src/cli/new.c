/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <unistd.h>

#include "app/starting.h"
#include "base/out.h"

static const struct option_row new_options[] = {
    {.name = "--output", .letter = 'o', .argument = "FILE", .meaning = "the study file to write"},
    {.name = "--replace", .meaning = "replace files of these names"},
    {.name = NULL},
};

static enum status new_run(struct ctx *ctx, const struct command_line *line)
{
    const char *path = command_option(line, "--output");
    struct study_started started = {.answers = NULL};
    struct out *out = NULL;
    if (!path)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Where to? Give -o FILE, such as -o study.json.");
    enum status status = study_start(ctx, line->operands[0], path, command_option(line, "--replace") != NULL, &started);
    if (!status)
        status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    out_format(out, "Wrote %s, the study file, and %s, to be filled in: a row per customer.\n", path, started.answers);
    for (unsigned wave = 0; wave < WAVE_COUNT; wave++)
        if (started.papers[wave])
            out_format(out, "Wrote %s, the form to print.\n", started.papers[wave]);
    out_format(out, "Then: gapmeter analyze %s --study %s\n", started.answers, path);
    return out_close(ctx, out);
}

const struct command command_new = {
    .name = "new",
    .operands = "INSTRUMENT -o study.json",
    .sentence = "Begins a study with an instrument: a study file, an answer template, and forms to print.",
    .description = "INSTRUMENT is the name of a shipped instrument (gapmeter instruments lists them) or the path of a\n"
                   "file of your own. The template has one header line; expectations are e1, e2, …, perceptions p1, p2, …",
    .example = "gapmeter new gap-22 -o study.json",
    .options = new_options,
    .operands_least = 1,
    .operands_most = 1,
    .order = 20,
    .run = new_run,
};
