/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/analysis_options.h"

#include <unistd.h>

#include "app/live_answers.h"
#include "app/publish.h"
#include "cli/guess_print.h"
#include "cli/terminal_rendering.h"

static const struct option_row analyze_options[] = {
    ANALYSIS_OPTION_ROWS,
    {.name = "--table", .argument = "NAME", .repeat = true, .meaning = "only this table; `gapmeter measures` lists them"},
    {.name = "--json", .meaning = "all numbers in full precision, as JSON"},
    {.name = "--csv", .meaning = "one table as CSV (with exactly one --table)"},
    {.name = "--wide", .meaning = "every column on the terminal"},
    {.name = NULL},
};

static enum status kind_choose(struct ctx *ctx, const struct command_line *line, const struct analysis_request *request,
                               const char **kind)
{
    bool json = command_option(line, "--json"), csv = command_option(line, "--csv");
    if (json && csv)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "--json and --csv exclude each other.");
    if (csv && (request->measure_count != 1 || request->by_count > 1))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "--csv writes one table: give exactly one --table NAME and at most one --by.");
    *kind = json ? "json" : csv ? "csv" : "terminal";
    return STATUS_OK;
}

static enum status tables_read(struct ctx *ctx, const struct command_line *line, struct analysis_request *request)
{
    request->measure_count = command_option_count(line, "--table");
    const char **names = arena_array(ctx->arena, request->measure_count + 1, sizeof *names);
    if (!names)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < request->measure_count; i++)
        names[i] = command_option_at(line, "--table", i);
    request->measures = names;
    return STATUS_OK;
}

static enum status analyze_print(struct ctx *ctx, const struct command_line *line, const struct document *document,
                                 const char *kind)
{
    struct rendering rendering = terminal_rendering(command_option(line, "--wide") != NULL);
    struct out *out = NULL;
    enum status status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (!status)
        status = document_publish(ctx, document, renderer_find(span_of(kind)), &rendering, out);
    return status ? status : out_close(ctx, out);
}

static enum status analyze_run(struct ctx *ctx, const struct command_line *line)
{
    struct analysis_request request;
    const char *kind = NULL;
    struct problems problems;
    const struct document *document = NULL;
    enum status status = analysis_options_read(ctx, line, &request);
    if (!status)
        status = tables_read(ctx, line, &request);
    if (!status)
        status = kind_choose(ctx, line, &request, &kind);
    if (status)
        return status;
    if (!request.study_path && !source_is_live(&request.source))
        return guess_and_advise(ctx, &request.source);
    request.wide = command_option(line, "--wide") != NULL;
    status = problems_init(ctx, &problems, false);
    if (!status)
        status = analysis_document(ctx, &request, &problems, &document);
    cache_remark_print(&request);
    if (status == STATUS_DATA && problems.total) {
        problems_print(&problems, &request.source, request.study_path);
        return status;
    }
    return status ? status : analyze_print(ctx, line, document, kind);
}

const struct command command_analyze = {
    .name = "analyze",
    .operands = "ANSWERS --study FILE [OPTIONS] | STORE [--study NAME]",
    .sentence = "Measures the gaps in a file of answers: tables, JSON or CSV on standard output.",
    .description = "Pairs each customer's expectation with the perception of the same item, and prints the tables\n"
                   "that the study can support, or those asked for with --table. Negative gaps mean worse than\n"
                   "expected. Without --study it prints what it guesses about the file and what to do next.\n"
                   "Problems in the answers are listed with row, column and value; then nothing is computed.\n"
                   "Of a store of live studies it measures what has come in so far; a server may be running.",
    .example = "gapmeter analyze answers.csv --study study.json --by branch",
    .options = analyze_options,
    .operands_most = 1,
    .order = 40,
    .run = analyze_run,
};
