/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/analysis_options.h"

#include <stdio.h>
#include <string.h>

#include "app/chart_choice.h"
#include "app/live_answers.h"
#include "app/logo.h"
#include "app/publish.h"
#include "app/report_choices.h"

static const struct option_row report_options[] = {
    ANALYSIS_OPTION_ROWS,
    {.name = "--output", .letter = 'o', .argument = "FILE", .meaning = "the document; its ending says which kind"},
    {.name = "--sections", .argument = "NAMES", .meaning = "only these sections, divided by commas"},
    {.name = "--order",
     .argument = "ORDER",
     .meaning = "of items in charts: gap (default, the largest shortfall first) or dimension"},
    {.name = "--chart",
     .argument = "NAME",
     .meaning = "only this chart, as .svg or .png for slides; NAME:2 is the second of those"},
    {.name = "--language", .argument = "CODE", .meaning = "of the report, such as de (default: the study's own, or English)"},
    {.name = "--title", .argument = "TEXT", .meaning = "instead of the study's title"},
    {.name = "--logo", .argument = "PNG", .meaning = "a picture for the head of the document"},
    {.name = NULL},
};

/* Everything that the words of the command say of the document, before an answer is read. */
static enum status wish_read(struct ctx *ctx, const struct command_line *line, struct analysis_request *request,
                             struct span *logo)
{
    const char *picture = command_option(line, "--logo");
    enum status status = analysis_options_read(ctx, line, request);
    if (!status)
        status = report_sections_read(ctx, span_of(command_option(line, "--sections")), &request->sections);
    if (!status)
        status = report_order_read(ctx, span_of(command_option(line, "--order")), &request->by_dimension);
    if (!status)
        status = chart_wish_read(ctx, span_of(command_option(line, "--chart")), &request->chart);
    if (!status)
        status = report_title_read(ctx, command_option(line, "--title"), &request->title);
    request->story = true;
    request->language = command_option(line, "--language");
    if (!status && !command_option(line, "--output"))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Where to? Give -o FILE, such as -o report.html.");
    if (!status && !request->study_path && !source_is_live(&request->source))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "A report needs --study FILE; `gapmeter guess %s -o study.json` proposes one.",
                        request->source.path);
    return status || !picture ? status : logo_read(ctx, picture, logo);
}

static enum status report_run(struct ctx *ctx, const struct command_line *line)
{
    struct analysis_request request;
    struct problems problems;
    struct span logo = {"", 0};
    const struct document *document = NULL;
    const char *path = command_option(line, "--output");
    enum status status = wish_read(ctx, line, &request, &logo);
    if (!status)
        status = problems_init(ctx, &problems, false);
    if (status)
        return status;
    status = analysis_document(ctx, &request, &problems, &document);
    cache_remark_print(&request);
    if (status == STATUS_DATA && problems.total) {
        problems_print(&problems, &request.source, request.study_path);
        return status;
    }
    if (!status)
        status = document_publish_file(ctx, document, path, logo);
    if (!status)
        (void)fprintf(stderr, "Wrote %s\n", path);
    return status;
}

/* Which endings and charts there are. */
static void choices_write(struct out *out)
{
    out_text(out, "\nThe ending of -o says which kind of document:\n");
    for (size_t i = 0; i < renderer_register_count; i++) {
        if (renderer_register[i]->extension)
            out_format(out, "  %-10s %s\n", renderer_register[i]->extension, renderer_register[i]->meaning);
    }
    out_text(out, "\nThe names of --chart:\n");
    chart_names_write(out);
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
    .more = choices_write,
    .run = report_run,
};
