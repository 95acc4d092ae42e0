/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/analysis_options.h"

#include <stdio.h>
#include <string.h>

#include "app/live_answers.h"
#include "app/publish.h"

static const struct option_row report_options[] = {
    ANALYSIS_OPTION_ROWS,
    {.name = "--output", .letter = 'o', .argument = "FILE", .meaning = "the document; its ending says which kind"},
    {.name = "--sections", .argument = "NAMES", .meaning = "only these sections, divided by commas"},
    {.name = "--title", .argument = "TEXT", .meaning = "instead of the study's title"},
    {.name = NULL},
};

/* "gaps,quality" → two names and NULL. */
static enum status sections_read(struct ctx *ctx, const char *text, const char *const **out)
{
    *out = NULL;
    if (!text)
        return STATUS_OK;
    size_t count = 1;
    for (const char *at = text; *at; at++)
        count += *at == ',';
    const char **names = arena_array(ctx->arena, count + 1, sizeof *names);
    if (!names)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(text, ",");
        names[i] = arena_copy(ctx->arena, span_trim((struct span){.at = text, .length = length}));
        if (!names[i])
            return ctx_no_memory(ctx);
        text += length + (text[length] == ',');
    }
    *out = names;
    return STATUS_OK;
}

static enum status report_run(struct ctx *ctx, const struct command_line *line)
{
    struct analysis_request request;
    struct problems problems;
    const struct document *document = NULL;
    const char *path = command_option(line, "--output");
    enum status status = analysis_options_read(ctx, line, &request);
    if (!status)
        status = sections_read(ctx, command_option(line, "--sections"), &request.sections);
    if (!status)
        status = problems_init(ctx, &problems, false);
    if (status)
        return status;
    if (!path)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Where to? Give -o FILE, such as -o report.html.");
    if (!request.study_path && !source_is_live(&request.source))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "A report needs --study FILE; `gapmeter guess %s -o study.json` proposes one.",
                        request.source.path);
    request.story = true;
    request.title = command_option(line, "--title");
    status = analysis_document(ctx, &request, &problems, &document);
    if (status == STATUS_DATA && problems.total) {
        problems_print(&problems, &request.source, request.study_path);
        return status;
    }
    if (!status)
        status = document_publish_file(ctx, document, path);
    if (!status)
        (void)fprintf(stderr, "Wrote %s\n", path);
    return status;
}

const struct command command_report = {
    .name = "report",
    .operands = "ANSWERS --study FILE -o FILE [OPTIONS] | STORE [--study NAME] -o FILE",
    .sentence = "Writes a document about the gaps that can be shown to people who decide.",
    .description = "Opens with three sentences made by rule from the numbers; then the picture of the gaps, the\n"
                   "tables, the quality of the answers and the method. The file is replaced only when the whole\n"
                   "document is safe on the disk.",
    .example = "gapmeter report answers.csv --study study.json -o report.html",
    .options = report_options,
    .operands_most = 1,
    .order = 50,
    .run = report_run,
};
