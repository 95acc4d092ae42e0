/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publish.h"

#include <string.h>

#include "model/embedded.h"

static struct span stylesheet_find(void)
{
    for (const struct embedded_file *file = embedded_files; file->name; file++) {
        if (strcmp(file->name, "assets/report.css") == 0)
            return (struct span){.at = (const char *)file->at, .length = file->length};
    }
    return span_of("");
}

enum status document_publish(struct ctx *ctx, const struct document *document, const struct renderer *renderer,
                             const struct rendering *rendering, struct out *out)
{
    struct rendering filled = *rendering;
    filled.stylesheet = stylesheet_find();
    return renderer->render(ctx, document, &filled, out);
}

enum status document_endings(struct ctx *ctx, const char **out)
{
    struct out *known = NULL;
    bool more = false;
    enum status status = out_open_memory(ctx, &known);
    for (size_t i = 0; i < renderer_register_count && !status; i++) {
        if (!renderer_register[i]->extension)
            continue;
        out_format(known, "%s%s", more ? ", " : "", renderer_register[i]->extension);
        more = true;
    }
    return status ? status : out_copy(ctx, known, out);
}

static enum status extension_refuse(struct ctx *ctx, const char *path)
{
    const char *known = NULL;
    enum status status = document_endings(ctx, &known);
    if (status)
        return status;
    return ctx_fail(ctx, STATUS_USAGE, NULL, "The ending of \"%s\" names no kind of document; these can be written: %s.", path,
                    known);
}

enum status document_publish_file(struct ctx *ctx, const struct document *document, const char *path, struct span logo)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash ? slash : path, '.');
    const struct renderer *renderer = dot ? renderer_for_extension(span_of(dot)) : NULL;
    if (!renderer)
        return extension_refuse(ctx, path);
    struct out *out = NULL;
    struct rendering rendering = {.wide = true, .utf8 = true, .logo = logo};
    enum status status = out_open_file(ctx, path, &out);
    if (!status)
        status = document_publish(ctx, document, renderer, &rendering, out);
    if (!status)
        status = out_close(ctx, out);
    return status;
}
