/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/analysis_options.h"

#include <stdio.h>
#include <string.h>

#include "app/packing.h"
#include "base/limits.h"

#define DEFAULT_FLOOR    5u
#define REPLICATES_LEAST 100u /* below it the ends of an interval are hardly drawn */

enum status answers_source_read(struct ctx *ctx, const struct command_line *line, struct format_source *out)
{
    const char *expectation = command_option(line, "--expectation");
    const char *perception = command_option(line, "--perception");
    const char *key = command_option(line, "--key");
    bool join = expectation || perception || key;
    if (join && !(expectation && perception && key))
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "Two files are joined with --expectation FILE --perception FILE --key COLUMN; all three are needed.");
    if (join && line->operand_count)
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "Give either one file of answers (%s) or --expectation and --perception, not both.", line->operands[0]);
    if (!join && !line->operand_count)
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "Which answers? Give a file (csv, tsv, or gzip or zstd of it), or - for standard input.");
    *out = (struct format_source){.path = join ? expectation : line->operands[0], .perception_path = perception, .key = key};
    return STATUS_OK;
}

static enum status policy_read(struct ctx *ctx, const struct command_line *line, enum pair_policy *out)
{
    const char *text = command_option(line, "--pairs");
    if (!text || strcmp(text, "available") == 0)
        *out = PAIRS_AVAILABLE;
    else if (strcmp(text, "complete") == 0)
        *out = PAIRS_COMPLETE;
    else
        return ctx_fail(ctx, STATUS_USAGE, NULL, "--pairs %s: available or complete is accepted.", text);
    return STATUS_OK;
}

static enum status by_read(struct ctx *ctx, const struct command_line *line, struct analysis_request *out)
{
    out->by_count = command_option_count(line, "--by");
    const char **by = arena_array(ctx->arena, out->by_count + 1, sizeof *by);
    if (!by)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->by_count; i++)
        by[i] = command_option_at(line, "--by", i);
    out->by = by;
    return STATUS_OK;
}

enum status threads_option_read(struct ctx *ctx, const struct command_line *line)
{
    uint64_t threads = ctx->threads;
    enum status status = command_option_count_of(ctx, line, "--threads", 1, THREADS_MAX, &threads);
    ctx->threads = (unsigned)threads;
    return status;
}

static enum status numbers_read(struct ctx *ctx, const struct command_line *line, struct analysis_request *out)
{
    uint64_t floor = DEFAULT_FLOOR, replicates = 0;
    enum status status = command_option_number(ctx, line, "--confidence", 0.5, 0.9999, &out->confidence);
    if (!status)
        status = command_option_count_of(ctx, line, "--min-cell", 1, 1000000, &floor);
    if (!status)
        status = command_option_count_of(ctx, line, "--seed", 0, 999999999999999999u, &out->seed);
    if (!status)
        status = threads_option_read(ctx, line);
    if (!status)
        status = command_option_count_of(ctx, line, "--bootstrap", REPLICATES_LEAST, REPLICATES_MAX, &replicates);
    out->floor = (uint32_t)floor;
    out->replicates = (uint32_t)replicates;
    return status;
}

enum status analysis_options_read(struct ctx *ctx, const struct command_line *line, struct analysis_request *out)
{
    *out = (struct analysis_request){.confidence = 0.95, .seed = 1};
    out->study_path = command_option(line, "--study");
    out->unweighted = command_option(line, "--unweighted") != NULL;
    out->anytime = command_option(line, "--anytime") != NULL;
    out->before.path = command_option(line, "--compare");
    if (command_option(line, "--cache")) {
        out->cache_remark = arena_alloc(ctx->arena, CACHE_REMARK_BYTES);
        if (!out->cache_remark)
            return ctx_no_memory(ctx);
    }
    enum status status = answers_source_read(ctx, line, &out->source);
    if (!status)
        status = policy_read(ctx, line, &out->policy);
    if (!status)
        status = by_read(ctx, line, out);
    if (!status)
        status = numbers_read(ctx, line, out);
    return status;
}

void cache_remark_print(const struct analysis_request *request)
{
    if (request->cache_remark && request->cache_remark[0])
        (void)fprintf(stderr, "%s\n", request->cache_remark);
}

void problems_print(const struct problems *problems, const struct format_source *source, const char *study_path)
{
    char text[1024];
    /* One problem alone is the sentence that the program ends with. */
    for (uint32_t i = 0; problems->total > 1 && i < problems->kept_count; i++) {
        problem_format(&problems->kept[i], text, sizeof text);
        (void)fprintf(stderr, "%s\n", text);
    }
    bool more = problems->stop_when_full && problems->kept_count >= problems->keep;
    if (more && !source->perception_path)
        (void)fprintf(stderr, "There may be more; all of them: gapmeter check %s --study %s\n", source->path, study_path);
}
