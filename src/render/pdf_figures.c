/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_figures.h"

#include <string.h>

#include "base/text.h"

#define NARROW "0123456789.,+-%[]()"
#define MINUS  "\xe2\x88\x92" /* U+2212 */
#define DASH   "\xe2\x80\x93" /* U+2013 */

const char pdf_figure_letters[] = NARROW MINUS " " DASH TEXT_NO_BREAK_SPACE "0";

/* How many bytes the space at the beginning of a text has, and any other letter of figures; 0 = it begins with neither. */
static size_t space_length(const char *text)
{
    return *text == ' ' ? 1 : strncmp(text, TEXT_NO_BREAK_SPACE, 2) == 0 ? 2 : 0;
}

static size_t letter_length(const char *text)
{
    if (*text && strchr(NARROW, *text))
        return 1;
    return strncmp(text, MINUS, 3) == 0 || strncmp(text, DASH, 3) == 0 ? 3 : 0;
}

bool pdf_figures_only(const char *text)
{
    bool inked = false; /* the last one was no space */
    while (*text) {
        size_t space = inked ? space_length(text) : 0, letter = letter_length(text);
        if (!space && !letter)
            return false;
        inked = !space;
        text += space ? space : letter;
    }
    return inked;
}

bool pdf_figures_learn(PangoLayout *layout, struct pdf_figures *out)
{
    const PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    int width = 0, height = 0;
    if (pango_layout_get_unknown_glyphs_count(layout) || !line->runs || line->runs->next)
        return false;
    const PangoAnalysis *analysis = &((const PangoGlyphItem *)line->runs->data)->item->analysis;
    if (!analysis->font || analysis->level || analysis->extra_attrs)
        return false;
    pango_layout_get_size(layout, &width, &height);
    *out = (struct pdf_figures){.height = (double)height / PANGO_SCALE,
                                .baseline = (double)pango_layout_get_baseline(layout) / PANGO_SCALE};
    out->analysis = *analysis;
    out->analysis.flags = 0; /* they say what holds for that text alone, as where it began */
    return true;
}

/* A line of one run, with all that pango wants to know of it. */
struct figure_line {
    struct pdf_layout_line line;
    GSList runs;
    PangoGlyphItem run;
    PangoItem item;
    PangoGlyphString glyphs;
};

static bool glyphs_copy(struct ctx *ctx, const PangoGlyphString *from, PangoGlyphString *to)
{
    size_t count = (size_t)from->num_glyphs;
    to->num_glyphs = from->num_glyphs;
    to->glyphs = arena_array(ctx->arena, count, sizeof *to->glyphs);
    to->log_clusters = arena_array(ctx->arena, count, sizeof *to->log_clusters);
    if (!to->glyphs || !to->log_clusters)
        return false;
    memcpy(to->glyphs, from->glyphs, count * sizeof *to->glyphs);
    memcpy(to->log_clusters, from->log_clusters, count * sizeof *to->log_clusters);
    return true;
}

enum status pdf_figures_set(struct ctx *ctx, const struct pdf_figures *figures, const char *text, struct pdf_layout *out)
{
    int length = (int)strlen(text);
    struct figure_line *set = arena_alloc(ctx->arena, sizeof *set);
    PangoGlyphString *glyphs = set ? pango_glyph_string_new() : NULL;
    if (!glyphs)
        return ctx_no_memory(ctx);
    pango_shape_with_flags(text, length, text, length, &figures->analysis, glyphs, PANGO_SHAPE_NONE);
    bool copied = glyphs_copy(ctx, glyphs, &set->glyphs);
    pango_glyph_string_free(glyphs);
    if (!copied)
        return ctx_no_memory(ctx);
    set->item = (PangoItem){.length = length, .num_chars = (int)g_utf8_strlen(text, length), .analysis = figures->analysis};
    set->run = (PangoGlyphItem){.item = &set->item, .glyphs = &set->glyphs};
    set->runs.data = &set->run;
    set->line = (struct pdf_layout_line){.runs = &set->runs, .bottom = figures->height, .baseline = figures->baseline};
    *out = (struct pdf_layout){.text = text,
                               .width = (double)pango_glyph_string_get_width(&set->glyphs) / PANGO_SCALE,
                               .height = figures->height,
                               .line_count = 1,
                               .lines = &set->line};
    return STATUS_OK;
}
