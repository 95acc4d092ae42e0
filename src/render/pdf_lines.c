/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_lines.h"

/* A line of a layout: where it stands, from the left and the top of that, and what was written of it. */
struct known_line {
    PangoLayoutLine *line;
    double x, top, baseline;
    struct pdf_kept kept;
};

/* All lines of a layout. */
struct known_lines {
    const struct pdf_canvas *canvas; /* that they are known for */
    struct known_line lines[];
};

static GQuark known_name(void)
{
    return g_quark_from_static_string("gapmeter-pdf-lines");
}

static enum status lines_know(struct pdf_canvas *canvas, PangoLayout *layout, struct known_lines **out)
{
    int count = pango_layout_get_line_count(layout), top = 0, bottom = 0;
    struct known_lines *known =
        arena_alloc(canvas->ctx->arena, sizeof *known + (size_t)(count > 0 ? count : 1) * sizeof *known->lines);
    if (!known)
        return ctx_no_memory(canvas->ctx);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    struct known_line *line = known->lines;
    known->canvas = canvas;
    do {
        PangoRectangle logical;
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        *line = (struct known_line){.line = pango_layout_iter_get_line_readonly(iter),
                                    .x = (double)logical.x / PANGO_SCALE,
                                    .top = (double)top / PANGO_SCALE,
                                    .baseline = (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE};
        line++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    g_object_set_qdata(G_OBJECT(layout), known_name(), known);
    *out = known;
    return STATUS_OK;
}

enum status pdf_lines_draw(struct pdf_canvas *canvas, const struct pdf_lines *lines)
{
    struct known_lines *known = g_object_get_qdata(G_OBJECT(lines->layout), known_name());
    enum status status = known && known->canvas == canvas ? STATUS_OK : lines_know(canvas, lines->layout, &known);
    for (int i = lines->first; i < lines->first + lines->count && !status; i++) {
        struct known_line *each = &known->lines[i];
        const struct pdf_line line = {
            .line = each->line,
            .text = pango_layout_get_text(lines->layout),
            .at = {lines->at.x + each->x, lines->at.y + each->baseline - known->lines[lines->first].top},
            .colour = lines->colour,
            .kept = &each->kept};
        status = pdf_line_draw(canvas, &line);
    }
    return status;
}
