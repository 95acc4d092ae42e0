/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/progress.h"
#include "formats/csv_read.h"
#include "formats/csv_sample.h"
#include "formats/csv_unpack.h"
#include "model/answers_builder.h"
#include "model/format.h"

static const char *const extensions[] = {".csv", ".tsv", ".tab", ".txt", NULL};

static int sniff(struct span beginning)
{
    size_t mark_length;
    enum csv_encoding encoding = csv_encoding_of_mark(beginning, &mark_length);
    /* Packed or in UTF-16 it is text of some kind, and no other format looks like that. */
    if (csv_packing_of(beginning) != CSV_PACKING_NONE || encoding != CSV_ENCODING_UTF8)
        return 50;
    if (beginning.length == 0 || csv_encoding_not_text(beginning) != NULL)
        return 0;
    for (size_t i = 0; i < beginning.length; i++) {
        if (strchr(",;\t|", beginning.at[i]) != NULL)
            return 60;
    }
    return 20;
}

static enum status read_one(struct ctx *ctx, const struct csv_request *request, const struct study *study,
                            struct problems *problems, struct answers_builder *builder)
{
    struct csv_file *file;
    struct csv_reader reader;
    struct csv_plan plan;
    enum status status = csv_file_open(ctx, &request->openings[0], &file);
    if (status == STATUS_OK)
        status = csv_reader_open(ctx, file, study, problems, &reader);
    if (status != STATUS_OK)
        return status;
    const struct csv_heads heads = {.at = {reader.head}, .count = 1};
    status = csv_plan_columns(ctx, &heads, study, answers_builder_slots(builder), &plan);
    if (status != STATUS_OK)
        return status;
    reader.builder = builder;
    reader.plan = &plan;
    reader.path = request->path;
    status = study->columns.layout == LAYOUT_LONG      ? csv_read_long(&reader)
             : study->columns.layout == LAYOUT_JOURNEY ? csv_read_journey(&reader)
                                                       : csv_read_wide(&reader);
    if (status == STATUS_OK && reader.rows == 0)
        return ctx_fail(ctx, STATUS_DATA, NULL, "%s has a line of column names but no rows below it.", reader.head->name);
    return status == STATUS_OK ? csv_reader_notes(&reader) : status;
}

/* What the door says when there are problems: the problems themselves are in the sink. */
static enum status has_problems(struct ctx *ctx, const struct csv_request *request, const struct problems *problems)
{
    const char *names[2] = {request->openings[0].path, request->openings[1].path};
    for (uint32_t i = 0; i < request->count; i++)
        names[i] = strcmp(names[i], "-") == 0 ? "standard input" : names[i];
    if (problems->total == 1) {
        char sentence[PROBLEM_SENTENCE_BYTES];
        problem_format(&problems->kept[0], sentence, sizeof sentence);
        return ctx_fail(ctx, STATUS_DATA, NULL, "%s", sentence);
    }
    bool stopped = problems->stop_when_full && problems->kept_count == problems->keep;
    return ctx_fail(ctx, STATUS_DATA, NULL, "%s%s%s has %llu problems%s; nothing was computed.%s%s", names[0],
                    request->count == 2 ? " or " : "", request->count == 2 ? names[1] : "", (unsigned long long)problems->total,
                    stopped ? " or more" : "", problems->remark[0] == '\0' ? "" : " ", problems->remark);
}

enum status csv_read(struct ctx *ctx, const struct csv_request *request, const struct study *study, struct problems *problems,
                     const struct answers **out)
{
    struct arena *const outer = ctx->arena;
    struct arena *scratch;
    struct answers_builder *builder;
    const uint64_t before = problems->total;
    *out = NULL;
    enum status status = answers_begin(ctx, study, &builder);
    if (status != STATUS_OK)
        return status;
    if (arena_create(outer, &scratch) != STATUS_OK)
        return ctx_no_memory(ctx);
    /* Buffers, and what tells respondents apart, are given back when the file is read. */
    ctx->arena = scratch;
    status = request->count == 2 ? csv_read_joined(ctx, request, study, problems, builder)
                                 : read_one(ctx, request, study, problems, builder);
    progress_end(ctx->progress);
    if (problems->total > before && (status == STATUS_OK || status == STATUS_DATA))
        status = has_problems(ctx, request, problems);
    if (status == STATUS_OK)
        status = answers_end(ctx, builder, out);
    ctx->arena = outer;
    arena_destroy(scratch);
    return status;
}

static enum status read_format(struct ctx *ctx, const struct format_source *source, const struct study *study,
                               struct problems *problems, const struct answers **out)
{
    struct csv_request request = {.openings = {{.path = source->path}, {.path = source->perception_path}},
                                  .count = source->perception_path == NULL ? 1 : 2,
                                  .key = source->key};
    return csv_read(ctx, &request, study, problems, out);
}

const struct format format_csv = {
    .name = "csv",
    .extensions = extensions,
    .meaning =
        "Text with a line of column names and a line for each respondent; comma, semicolon, tab or bar; also packed by gzip "
        "or zstd.",
    .sniff = sniff,
    .read = read_format,
    .sample = csv_sample,
};
