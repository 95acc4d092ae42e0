/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <unistd.h>

#include "base/out.h"

static enum status version_run(struct ctx *ctx, const struct command_line *line)
{
    (void)line;
    struct out *out = NULL;
    enum status status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    out_text(out, "gapmeter " GAPMETER_VERSION "\n");
    return out_close(ctx, out);
}

const struct command command_version = {
    .name = "version",
    .operands = "",
    .sentence = "Says which version this is.",
    .description = "The same as gapmeter --version.",
    .example = "gapmeter --version",
    .options = (const struct option_row[]){{.name = NULL}},
    .order = 100,
    .run = version_run,
};
