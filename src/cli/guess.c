/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <unistd.h>

#include "app/guessing.h"
#include "cli/guess_print.h"

static const struct option_row guess_options[] = {
    {.name = "--output", .letter = 'o', .argument = "FILE", .meaning = "write the proposal as a study file"},
    {.name = "--replace", .meaning = "replace a file of that name"},
    {.name = NULL},
};

static enum status guess_save(struct ctx *ctx, const struct command_line *line, const char *path)
{
    struct guess guess;
    struct out *out = NULL;
    enum status status = guess_answers(ctx, line->operands[0], &guess);
    if (!status && !guess.study)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "No items were found in %s, so no study file was written; `gapmeter guess %s` says what was seen.",
                        line->operands[0], line->operands[0]);
    if (!status)
        status = guess_write(ctx, &guess, path, command_option(line, "--replace") != NULL);
    if (!status)
        status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    guess_print(out, &guess, line->operands[0]);
    out_format(out, "\nWrote %s. Read it through, then:\n  gapmeter analyze %s --study %s\n", path, line->operands[0], path);
    return out_close(ctx, out);
}

static enum status guess_run(struct ctx *ctx, const struct command_line *line)
{
    const char *path = command_option(line, "--output");
    if (path)
        return guess_save(ctx, line, path);
    const struct format_source source = {.path = line->operands[0]};
    return guess_and_advise(ctx, &source);
}

const struct command command_guess = {
    .name = "guess",
    .operands = "ANSWERS [-o study.json]",
    .sentence = "Proposes a study file for a file of answers, and says how sure it is of each line.",
    .description = "Looks at headers in several languages, question texts and the first 2000 rows: which columns are\n"
                   "expectations and which perceptions, the scale, missing codes, respondent, weight and segments.",
    .example = "gapmeter guess answers.csv -o study.json",
    .options = guess_options,
    .operands_least = 1,
    .operands_most = 1,
    .order = 30,
    .run = guess_run,
};
