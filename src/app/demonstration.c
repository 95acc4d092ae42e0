/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/demonstration.h"

#include <assert.h>
#include <string.h>

#include "app/analysis.h"
#include "app/demo_answers.h"
#include "app/publish.h"
#include "base/folder.h"
#include "model/embedded.h"

#define DEMO_SEED  20260401u
#define DEMO_FLOOR 5u

static enum status path_make(struct ctx *ctx, const char *folder, const char *name, const char **out)
{
    *out = arena_format(ctx->arena, "%s/%s", folder, name);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status answers_save(struct ctx *ctx, const char *path)
{
    struct out *out = NULL;
    enum status status = out_open_file(ctx, path, &out);
    if (status)
        return status;
    demo_answers_write(out, DEMO_SEED);
    return out_close(ctx, out);
}

static enum status study_save(struct ctx *ctx, const char *path)
{
    const struct embedded_file *file = embedded_files;
    while (file->name && strcmp(file->name, "demo/study.json") != 0)
        file++;
    assert(file->name);
    struct out *out = NULL;
    enum status status = out_open_file(ctx, path, &out);
    if (status)
        return status;
    out_write(out, file->at, file->length);
    return out_close(ctx, out);
}

static enum status document_make(struct ctx *ctx, const char *const *files, const char *const *by, const char *const *sections,
                                 const struct document **out)
{
    struct problems problems;
    const struct analysis_request request = {.source = {.path = files[0]},
                                             .study_path = files[1],
                                             .by = by,
                                             .by_count = by ? 1 : 0,
                                             .confidence = 0.95,
                                             .seed = 1,
                                             .floor = DEMO_FLOOR,
                                             .story = true,
                                             .sections = sections,
                                             .language = "en"};
    enum status status = problems_init(ctx, &problems, false);
    return status ? status : analysis_document(ctx, &request, &problems, out);
}

/* A document of every kind that can be a file and holds all of it. */
static enum status documents_save(struct ctx *ctx, const char *folder, const struct document *document, const char **files,
                                  size_t *count)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < renderer_register_count && !status; i++) {
        const struct renderer *renderer = renderer_register[i];
        if (!renderer->extension || renderer->one_chart)
            continue;
        const char *name = arena_format(ctx->arena, "report%s", renderer->extension);
        if (!name)
            return ctx_no_memory(ctx);
        status = path_make(ctx, folder, name, &files[*count]);
        if (!status)
            status = document_publish_file(ctx, document, files[(*count)++], (struct span){"", 0});
    }
    return status;
}

static const char *best_choose(const char *const *files)
{
    for (size_t i = 0; files[i]; i++) {
        const char *dot = strrchr(files[i], '.');
        if (dot && strcmp(dot, ".html") == 0)
            return files[i];
    }
    return files[0];
}

enum status demonstration_make(struct ctx *ctx, const char *folder, struct demonstration *out)
{
    static const char *const by[] = {"hotel"};
    static const char *const summary_sections[] = {"opening", "gaps", NULL};
    const struct document *report = NULL;
    const char **files = arena_array(ctx->arena, renderer_register_count + 3, sizeof *files);
    size_t count = 2;
    if (!files)
        return ctx_no_memory(ctx);
    enum status status = folder_make(ctx, folder);
    if (!status)
        status = path_make(ctx, folder, "answers.csv", &files[0]);
    if (!status)
        status = path_make(ctx, folder, "study.json", &files[1]);
    if (!status)
        status = answers_save(ctx, files[0]);
    if (!status)
        status = study_save(ctx, files[1]);
    if (!status)
        status = document_make(ctx, files, by, NULL, &report);
    if (!status)
        status = documents_save(ctx, folder, report, files, &count);
    if (!status)
        status = document_make(ctx, files, NULL, summary_sections, &out->summary);
    out->files = files;
    out->best = status ? NULL : best_choose(files);
    return status;
}
