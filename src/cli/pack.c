/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "app/packing.h"
#include "cli/analysis_options.h"

static const struct option_row pack_options[] = {
    {.name = "--study", .argument = "FILE", .meaning = "what was asked and where the answers stand (JSON)"},
    {.name = "--output",
     .letter = 'o',
     .argument = "FILE",
     .meaning = "the pack (default: ANSWERS.pack, where --cache looks for it)"},
    SOURCE_OPTION_ROWS,
    THREADS_OPTION_ROW,
    {.name = NULL},
};

static enum status pack_run(struct ctx *ctx, const struct command_line *line)
{
    struct format_source source;
    struct problems problems;
    struct pack_made made;
    const char *study = command_option(line, "--study");
    enum status status = answers_source_read(ctx, line, &source);
    if (!status)
        status = threads_option_read(ctx, line);
    if (!status && !study)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "pack needs --study FILE; `gapmeter guess %s -o study.json` proposes one.",
                        source.path);
    if (!status)
        status = problems_init(ctx, &problems, false);
    if (status)
        return status;
    status = pack_make(ctx, &source, study, command_option(line, "--output"), &problems, &made);
    if (status == STATUS_DATA && problems.total)
        problems_print(&problems, &source, study);
    if (!status)
        (void)fprintf(stderr, "Wrote %s: %llu encounters, %llu bytes each.\n", made.path, (unsigned long long)made.encounters,
                      (unsigned long long)made.row_bytes);
    return status;
}

const struct command command_pack = {
    .name = "pack",
    .operands = "ANSWERS --study FILE [-o FILE.pack]",
    .sentence = "Packs a file of answers, so that later analyses of it start in milliseconds.",
    .description = "A pack takes the place of its file in analyze, report and check: the same numbers, without reading text\n"
                   "again. It holds what the study file names, checked to the last bit, and is refused once the file of\n"
                   "answers, the columns and scales of the study file, or the version of gapmeter are others. It is no\n"
                   "archive: keep the file of answers. `analyze --cache` and `report --cache` make and take it by themselves.",
    .example = "gapmeter pack answers.csv --study study.json -o answers.pack",
    .options = pack_options,
    .operands_most = 1,
    .order = 37,
    .run = pack_run,
};
