/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_lines.h"

/* What was written of the lines of a layout. */
struct pdf_known {
    const struct pdf_canvas *canvas; /* that it was written for */
    struct pdf_kept lines[];
};

static enum status lines_know(struct pdf_canvas *canvas, struct pdf_layout *layout)
{
    struct pdf_known *known = arena_alloc(canvas->ctx->arena, sizeof *known + (size_t)layout->line_count * sizeof *known->lines);
    if (!known)
        return ctx_no_memory(canvas->ctx);
    known->canvas = canvas;
    layout->known = known;
    return STATUS_OK;
}

enum status pdf_lines_draw(struct pdf_canvas *canvas, const struct pdf_lines *lines)
{
    struct pdf_layout *layout = lines->layout;
    enum status status = layout->known && layout->known->canvas == canvas ? STATUS_OK : lines_know(canvas, layout);
    for (int i = lines->first; i < lines->first + lines->count && !status; i++) {
        const struct pdf_layout_line *each = &layout->lines[i];
        const struct pdf_line line = {
            .runs = each->runs,
            .text = layout->text,
            .at = {lines->at.x + each->x, lines->at.y + each->baseline - layout->lines[lines->first].top},
            .colour = lines->colour,
            .kept = &layout->known->lines[i]};
        status = pdf_line_draw(canvas, &line);
    }
    return status;
}
