/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <unistd.h>

#include "base/kernel.h"
#include "base/out.h"

/* "kernel: avx2 (GAPMETER_KERNEL can be scalar or avx2)" */
static void kernel_write(struct out *out)
{
    char choices[KERNEL_CHOICES_BYTES];
    kernel_choices(choices);
    out_format(out, "kernel: %s (GAPMETER_KERNEL can be %s)\n", kernel_name(kernel_current()), choices);
}

static enum status version_run(struct ctx *ctx, const struct command_line *line)
{
    (void)line;
    struct out *out = NULL;
    enum status status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    out_text(out, "gapmeter " GAPMETER_VERSION "\n");
    kernel_write(out);
    return out_close(ctx, out);
}

const struct command command_version = {
    .name = "version",
    .operands = "",
    .sentence = "Says which version this is, and which kernel it runs.",
    .description = "The same as gapmeter --version. The kernel says which vectors the processor lends to the loops over many "
                   "answers; numbers do\n"
                   "not depend on it.",
    .example = "gapmeter --version",
    .options = (const struct option_row[]){{.name = NULL}},
    .order = 100,
    .run = version_run,
};
