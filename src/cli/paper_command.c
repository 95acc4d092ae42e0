/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "app/paper_publish.h"
#include "base/text.h"
#include "cli/command.h"

static const struct option_row paper_options[] = {
    {.name = "--output", .letter = 'o', .argument = "FILE.pdf", .meaning = "the form to write"},
    {.name = "--wave", .argument = "WAVE", .meaning = "which form: perception (default), expectation or during"},
    {.name = "--language", .argument = "CODE", .meaning = "one that the study speaks (default: its own)"},
    {.name = "--link", .argument = "URL", .meaning = "where it can be answered by phone: shown with its QR code"},
    {.name = "--db", .argument = "DB", .meaning = "STUDY is the name of a live study in this store"},
    {.name = NULL},
};

static enum status paper_run(struct ctx *ctx, const struct command_line *line)
{
    const char *path = command_option(line, "--output"), *wave = command_option(line, "--wave"),
               *store = command_option(line, "--db");
    struct paper_request request = {
        .wave = WAVE_PERCEPTION, .language = command_option(line, "--language"), .link = command_option(line, "--link")};
    if (!path)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Where to? Give -o FILE, such as -o form.pdf.");
    if (wave && !wave_parse(span_of(wave), &request.wave))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "\"%s\" is no form; there are: expectation, during, perception.", wave);
    enum status status = store ? paper_publish_live(ctx, store, line->operands[0], &request, path)
                               : paper_publish_file(ctx, line->operands[0], &request, path);
    if (!status)
        (void)fprintf(stderr, "Wrote %s\n", path);
    return status;
}

const struct command command_paper_command = {
    .name = "paper",
    .operands = "STUDY -o FILE.pdf",
    .sentence = "Writes the form of a study as a PDF, to be printed and filled in with a pen.",
    .description =
        "STUDY is a study file, or with --db the name of a live study. The questions stand in the order in which staff\n"
        "type them in (gapmeter door create --kind paper). --link adds the QR code of the open link.",
    .example = "gapmeter paper study.json --wave perception -o form.pdf",
    .options = paper_options,
    .operands_least = 1,
    .operands_most = 1,
    .order = 84,
    .run = paper_run,
};
