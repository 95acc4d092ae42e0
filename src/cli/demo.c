/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <unistd.h>

#include "app/demonstration.h"
#include "app/publish.h"
#include "cli/terminal_rendering.h"

static const struct option_row demo_options[] = {
    {.name = "--out", .argument = "DIR", .meaning = "the folder to write to (default gapmeter-demo)"},
    {.name = NULL},
};

static enum status demo_print(struct ctx *ctx, const struct demonstration *demo)
{
    struct rendering rendering = terminal_rendering(false);
    struct out *out = NULL;
    enum status status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (!status)
        status = document_publish(ctx, demo->summary, renderer_find(span_of("terminal")), &rendering, out);
    if (status)
        return status;
    out_text(out, "\nWrote\n");
    for (size_t i = 0; demo->files[i]; i++)
        out_format(out, "  %s\n", demo->files[i]);
    out_format(out, "\nOpen %s in a browser.\nTry next: gapmeter analyze %s --study %s --by hotel\n", demo->best, demo->files[0],
               demo->files[1]);
    return out_close(ctx, out);
}

static enum status demo_run(struct ctx *ctx, const struct command_line *line)
{
    const char *folder = command_option(line, "--out");
    struct demonstration demo;
    enum status status = demonstration_make(ctx, folder ? folder : "gapmeter-demo", &demo);
    return status ? status : demo_print(ctx, &demo);
}

const struct command command_demo = {
    .name = "demo",
    .operands = "[--out DIR]",
    .sentence = "Shows all of it on a simulated hotel study: answers, study file, report.",
    .description = "The 420 guests are simulated with a fixed seed; src/app/demo_answers.h documents how. Every kind of\n"
                   "document that gapmeter can write is made from them.",
    .example = "gapmeter demo --out demo",
    .options = demo_options,
    .order = 10,
    .run = demo_run,
};
