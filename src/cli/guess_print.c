/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/guess_print.h"

#include <unistd.h>

#include "app/guessing.h"

void guess_print(struct out *out, const struct guess *guess, const char *path)
{
    out_format(out, "What %s seems to hold (%u rows looked at%s):\n\n", path, guess->row_count,
               guess->whole ? ", all of them" : "");
    for (uint32_t i = 0; i < guess->line_count; i++) {
        const struct guess_line *line = &guess->lines[i];
        if (line->sure == 0 && !guess->study)
            out_format(out, "         %-12s %s\n%*s(%s)\n", line->what, line->found, 22, "", line->why);
        else
            out_format(out, "  %3u %%  %-12s %s\n%*s(%s)\n", line->sure, line->what, line->found, 22, "", line->why);
    }
}

enum status guess_and_advise(struct ctx *ctx, const struct format_source *source)
{
    struct guess guess;
    struct out *out = NULL;
    if (source->perception_path)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Two files need --study FILE, which says what their columns mean.");
    enum status status = guess_answers(ctx, source->path, &guess);
    if (!status)
        status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    guess_print(out, &guess, source->path);
    if (guess.study)
        out_format(out, "\nNext:\n  gapmeter guess %s -o study.json\n  gapmeter analyze %s --study study.json\n", source->path,
                   source->path);
    else
        out_text(out, "\nNo items were found. `gapmeter new gap-22 -o study.json` writes a study file to change by hand.\n");
    return out_close(ctx, out);
}
