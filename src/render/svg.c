/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

#include "render/single_chart.h"
#include "render/svg_picture.h"

static enum status svg_render(struct ctx *ctx, const struct document *document, const struct rendering *rendering,
                              struct out *out)
{
    struct markup m = {.out = out};
    struct picture picture;
    enum status status = single_chart_make(ctx, document, &picture);
    (void)rendering;
    if (!status)
        svg_file_write(&m, &picture, document->head.language);
    return status;
}

const struct renderer renderer_svg = {
    .name = "svg",
    .extension = ".svg",
    .media_type = "image/svg+xml",
    .meaning = "One chart as a drawing that stays sharp at any size, for slides and texts.",
    .one_chart = true,
    .render = svg_render,
};
