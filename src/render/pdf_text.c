/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_text.h"

#include <math.h>

#include "render/pdf_syntax.h"

#define DRIFT_MOST 0.015      /* points that a letter may stand beside its place */
#define HEAVINESS  (1.0 / 24) /* of the size: how much wider letters get that are made bold */

/* A line while it is written. */
struct writing {
    struct pdf_canvas *canvas;
    const struct pdf_line *line;
    const struct pdf_font *font; /* of the run */
    double size;                 /* of its letters on the page */
    double x;                    /* where the next letter belongs, in points from the start of the line */
    double pen;                  /* where it would come to stand */
    double rise, slant;
    bool placed;             /* it holds places of the page */
    bool in_list, in_string; /* "[" and "(" stand open */
};

void pdf_font_name_write(struct out *out, const struct pdf_face *face, uint32_t part)
{
    out_char(out, 'F');
    pdf_count_write(out, face->index);
    if (face->drawn) {
        out_char(out, 'p');
        pdf_count_write(out, part);
    }
}

static void string_end(struct writing *writing)
{
    if (writing->in_string)
        out_char(writing->canvas->out, ')');
    writing->in_string = false;
}

static void list_end(struct writing *writing)
{
    string_end(writing);
    if (writing->in_list)
        out_text(writing->canvas->out, "]TJ\n");
    writing->in_list = false;
}

static void list_begin(struct writing *writing)
{
    if (!writing->in_list)
        out_char(writing->canvas->out, '[');
    writing->in_list = true;
}

/* Names the font, its size and how heavy it is, where that changes. */
static void font_set(struct writing *writing, uint32_t part)
{
    struct pdf_ink *ink = &writing->canvas->ink;
    struct out *out = writing->canvas->out;
    const struct pdf_font *font = writing->font;
    if (ink->face != font->face || ink->part != part || ink->size < writing->size || ink->size > writing->size) {
        list_end(writing);
        out_char(out, '/');
        pdf_font_name_write(out, font->face, part);
        out_char(out, ' ');
        pdf_number_write(out, writing->size, 3);
        out_text(out, " Tf\n");
        ink->face = font->face;
        ink->part = part;
        ink->size = writing->size;
    }
    if (ink->heavy == font->heavy)
        return;
    list_end(writing);
    out_text(out, font->heavy ? "2 Tr\n" : "0 Tr\n");
    ink->heavy = font->heavy;
}

/* Moves the pen to a letter's place when it has drifted from it, and lifts it. */
static void place_set(struct writing *writing, const PangoGlyphGeometry *geometry)
{
    struct out *out = writing->canvas->out;
    double units = writing->canvas->scale / PANGO_SCALE;
    double rise = -geometry->y_offset * units, drift = writing->x + geometry->x_offset * units - writing->pen;
    if (fabs(rise - writing->rise) > DRIFT_MOST) {
        list_end(writing);
        pdf_number_write(out, rise, 2);
        out_text(out, " Ts\n");
        writing->rise = rise;
    }
    if (fabs(drift) <= DRIFT_MOST || writing->size <= 0)
        return;
    double thousandths = round(-drift * 1000 / writing->size);
    string_end(writing);
    list_begin(writing);
    pdf_number_write(out, thousandths, 0);
    writing->pen -= thousandths * writing->size / 1000;
}

/* The code of a letter within its font: its number, or its place among those of a part that is drawn. */
static void code_write(struct writing *writing, const struct pdf_face *face, uint32_t at)
{
    struct out *out = writing->canvas->out;
    uint32_t code = face->drawn ? at % PDF_DRAWN_MOST : face->glyphs[at].glyph;
    const char bytes[] = {(char)(code >> 8 & 255u), (char)(code & 255u)};
    list_begin(writing);
    if (!writing->in_string)
        out_char(out, '(');
    writing->in_string = true;
    for (size_t i = face->drawn ? 1 : 0; i < sizeof bytes; i++) {
        if (bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\' || bytes[i] == '\r')
            out_char(out, '\\');
        out_char(out, bytes[i] == '\r' ? 'r' : bytes[i]);
    }
}

static enum status glyph_write(struct writing *writing, const PangoGlyphInfo *info, uint32_t at)
{
    struct pdf_face *face = writing->font->face;
    font_set(writing, face->drawn ? at / PDF_DRAWN_MOST : 0);
    place_set(writing, &info->geometry);
    code_write(writing, face, at);
    writing->pen += face->glyphs[at].width * writing->size / 1000;
    return STATUS_OK;
}

/* Letters that belong together: those of a ligature, or a letter with its marks. */
struct cluster {
    const PangoGlyphInfo *glyphs;
    int count;
    struct span text;
};

/* The letter of a font for what pango tells; what no font has is drawn as the sign for that, which is its first letter. */
static uint32_t glyph_known(PangoGlyph glyph)
{
    return glyph & PANGO_GLYPH_UNKNOWN_FLAG ? 0 : glyph;
}

static enum status cluster_write(struct writing *writing, const struct cluster *cluster)
{
    struct pdf_canvas *canvas = writing->canvas;
    struct pdf_face *face = writing->font->face;
    int seen = 0;
    bool plain = false;
    uint32_t at = 0;
    enum status status = STATUS_OK;
    for (int i = 0; i < cluster->count; i++)
        seen += cluster->glyphs[i].glyph != PANGO_GLYPH_EMPTY;
    if (seen == 1 && cluster->count == 1)
        status = pdf_glyph_use(canvas->fonts, face, glyph_known(cluster->glyphs[0].glyph), cluster->text, &at, &plain);
    if (seen && !plain) {
        list_end(writing);
        out_text(canvas->out, "/Span<</ActualText<FEFF");
        pdf_utf16_write(canvas->out, cluster->text);
        out_text(canvas->out, ">>>BDC\n");
    }
    for (int i = 0; i < cluster->count && !status; i++) {
        const PangoGlyphInfo *info = &cluster->glyphs[i];
        bool said = false;
        if (info->glyph != PANGO_GLYPH_EMPTY && !plain)
            status = pdf_glyph_use(canvas->fonts, face, glyph_known(info->glyph), (struct span){NULL, 0}, &at, &said);
        if (info->glyph != PANGO_GLYPH_EMPTY && !status)
            status = glyph_write(writing, info, at);
        writing->x += info->geometry.width * canvas->scale / PANGO_SCALE;
    }
    if (seen && !plain) {
        list_end(writing);
        out_text(canvas->out, "EMC\n");
    }
    return status;
}

/* The colour of a run: its own, or the line's. */
static uint32_t run_colour(const struct writing *writing, const PangoAnalysis *analysis)
{
    for (const GSList *each = analysis->extra_attrs; each; each = each->next) {
        const PangoAttribute *attribute = each->data;
        if (attribute->klass->type == PANGO_ATTR_FOREGROUND) {
            const PangoColor *colour = &((const PangoAttrColor *)each->data)->color;
            return (uint32_t)(colour->red >> 8) << 16 | (uint32_t)(colour->green >> 8) << 8 | (uint32_t)(colour->blue >> 8);
        }
    }
    return writing->line->colour;
}

/* What a run is drawn with. Letters that lean have a matrix of their own, which puts the pen anew. */
static void run_begin(struct writing *writing, const PangoAnalysis *analysis)
{
    struct pdf_canvas *canvas = writing->canvas;
    const struct pdf_font *font = writing->font;
    uint32_t colour = run_colour(writing, analysis);
    list_end(writing);
    writing->size = font->size * canvas->scale;
    pdf_fill_set(canvas, colour);
    if (font->heavy)
        pdf_stroke_set(canvas, colour, font->size * HEAVINESS, false);
    if (font->slant < writing->slant || font->slant > writing->slant) {
        out_text(canvas->out, "1 0 ");
        pdf_number_write(canvas->out, font->slant, 3);
        out_text(canvas->out, " 1 ");
        pdf_place_write(canvas, (struct point){writing->line->at.x + writing->x / canvas->scale, writing->line->at.y});
        out_text(canvas->out, "Tm\n");
        writing->slant = font->slant;
        writing->placed = true;
        writing->pen = writing->x;
    }
}

/* The letters of a run from one on that belong together.
 * gives   the first letter behind them */
static int cluster_find(const struct writing *writing, const PangoGlyphItem *run, int from, struct cluster *cluster)
{
    const PangoItem *item = run->item;
    const PangoGlyphString *glyphs = run->glyphs;
    bool leftward = item->analysis.level % 2;
    int start = glyphs->log_clusters[from], behind = item->length, end = from + 1;
    while (end < glyphs->num_glyphs && glyphs->log_clusters[end] == start)
        end++;
    if (leftward && from > 0)
        behind = glyphs->log_clusters[from - 1];
    else if (!leftward && end < glyphs->num_glyphs)
        behind = glyphs->log_clusters[end];
    *cluster = (struct cluster){.glyphs = &glyphs->glyphs[from], .count = end - from};
    cluster->text = (struct span){.at = writing->line->text + item->offset + start, .length = (size_t)(behind - start)};
    if (item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS)
        cluster->text = span_of("…");
    return end;
}

static enum status run_write(struct writing *writing, const PangoGlyphItem *run)
{
    const PangoAnalysis *analysis = &run->item->analysis;
    enum status status = STATUS_OK;
    if (!analysis->font)
        return STATUS_OK;
    status = pdf_font_find(writing->canvas->fonts, analysis->font, &writing->font);
    if (status)
        return status;
    run_begin(writing, analysis);
    for (int i = 0; i < run->glyphs->num_glyphs && !status;) {
        struct cluster cluster;
        i = cluster_find(writing, run, i, &cluster);
        status = cluster_write(writing, &cluster);
    }
    return status;
}

static bool same(double a, double b)
{
    return a <= b && a >= b;
}

static bool ink_is(const struct pdf_ink *a, const struct pdf_ink *b)
{
    return a->fill == b->fill && a->stroke == b->stroke && same(a->width, b->width) && a->dashed == b->dashed &&
           a->face == b->face && a->part == b->part && same(a->size, b->size) && a->heavy == b->heavy;
}

/* Keeps what was written from a place on. */
static enum status line_keep(struct pdf_canvas *canvas, const struct pdf_line *line, const struct pdf_ink *before, size_t from)
{
    struct span written = out_bytes(canvas->out);
    written = (struct span){.at = written.at + from, .length = written.length - from};
    const char *bytes = arena_copy(canvas->ctx->arena, written);
    if (!bytes)
        return ctx_no_memory(canvas->ctx);
    *line->kept = (struct pdf_kept){
        .before = *before, .after = canvas->ink, .colour = line->colour, .bytes = {.at = bytes, .length = written.length}};
    return STATUS_OK;
}

enum status pdf_line_draw(struct pdf_canvas *canvas, const struct pdf_line *line)
{
    struct writing writing = {.canvas = canvas, .line = line};
    const struct pdf_ink before = canvas->ink;
    const struct pdf_kept *kept = line->kept;
    enum status status = STATUS_OK;
    out_text(canvas->out, "BT\n");
    pdf_place_write(canvas, line->at);
    if (kept && kept->bytes.length && kept->colour == line->colour && ink_is(&kept->before, &before)) {
        out_span(canvas->out, kept->bytes);
        canvas->ink = kept->after;
        return STATUS_OK;
    }
    size_t from = out_bytes(canvas->out).length;
    out_text(canvas->out, "Td\n");
    for (const GSList *each = line->runs; each && !status; each = each->next)
        status = run_write(&writing, each->data);
    list_end(&writing);
    if (fabs(writing.rise) > 0)
        out_text(canvas->out, "0 Ts\n");
    out_text(canvas->out, "ET\n");
    if (!status && kept && !writing.placed && !out_failed(canvas->out))
        status = line_keep(canvas, line, &before, from);
    return status;
}
