/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_drawn_face.h"

#include <math.h>

#include "render/pdf_embedding.h"
#include "render/pdf_syntax.h"

/* poppler, which searches texts for many viewers, guesses how large the letters of a drawn font are by how wide its "m" is, as a share of
 * this. One stands behind all others, so that it guesses right; no text names it. */
#define M_WIDTH 600

/* A box around letters, in thousandths of their size. */
struct drawn_box {
    double left, bottom, right, top;
};

/* A letter while it is drawn. */
struct drawn_glyph {
    struct out *out;
    double scale;              /* thousandths of the size for one unit */
    struct drawn_box box, all; /* around this letter, and around all so far */
};

static void box_take(struct drawn_box *box, double x, double y)
{
    box->left = fmin(box->left, x);
    box->right = fmax(box->right, x);
    box->bottom = fmin(box->bottom, y);
    box->top = fmax(box->top, y);
}

static void box_write(struct out *out, const struct drawn_box *box)
{
    pdf_number_write(out, floor(box->left), 0);
    out_char(out, ' ');
    pdf_number_write(out, floor(box->bottom), 0);
    out_char(out, ' ');
    pdf_number_write(out, ceil(box->right), 0);
    out_char(out, ' ');
    pdf_number_write(out, ceil(box->top), 0);
}

static void place_write(struct drawn_glyph *drawn, double x, double y)
{
    box_take(&drawn->box, x * drawn->scale, y * drawn->scale);
    pdf_number_write(drawn->out, x * drawn->scale, 1);
    out_char(drawn->out, ' ');
    pdf_number_write(drawn->out, y * drawn->scale, 1);
    out_char(drawn->out, ' ');
}

static void outline_move(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, float x, float y, void *own)
{
    struct drawn_glyph *drawn = data;
    (void)functions, (void)state, (void)own;
    place_write(drawn, (double)x, (double)y);
    out_text(drawn->out, "m\n");
}

static void outline_line(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, float x, float y, void *own)
{
    struct drawn_glyph *drawn = data;
    (void)functions, (void)state, (void)own;
    place_write(drawn, (double)x, (double)y);
    out_text(drawn->out, "l\n");
}

/* HarfBuzz writes quadratic curves as cubic ones where nobody takes them. */
static void outline_curve(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, float x1, float y1, float x2, float y2,
                          float x, float y, void *own)
{
    struct drawn_glyph *drawn = data;
    (void)functions, (void)state, (void)own;
    place_write(drawn, (double)x1, (double)y1);
    place_write(drawn, (double)x2, (double)y2);
    place_write(drawn, (double)x, (double)y);
    out_text(drawn->out, "c\n");
}

static void outline_close(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, void *own)
{
    struct drawn_glyph *drawn = data;
    (void)functions, (void)state, (void)own;
    out_text(drawn->out, "h\n");
}

static hb_draw_funcs_t *functions_make(void)
{
    hb_draw_funcs_t *functions = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(functions, outline_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(functions, outline_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(functions, outline_curve, NULL, NULL);
    hb_draw_funcs_set_close_path_func(functions, outline_close, NULL, NULL);
    return functions;
}

/* The outline of a letter, and the box around it. */
static void outline_draw(const struct pdf_face *face, uint32_t glyph, struct drawn_glyph *drawn)
{
    hb_draw_funcs_t *functions = functions_make();
    hb_font_get_glyph_shape(face->font, glyph, functions, drawn);
    hb_draw_funcs_destroy(functions);
    out_text(drawn->out, "f\n");
}

/* A letter as a stream: its width and box, so that it takes the colour of the text, then its outline.
 * takes   outline, stream  empty ones to be used */
static enum status glyph_write(const struct pdf_face *face, const struct pdf_glyph *glyph, struct pdf_file *file,
                               struct drawn_glyph *drawn, struct out *stream, uint32_t number)
{
    out_empty(drawn->out);
    out_empty(stream);
    drawn->box = (struct drawn_box){0};
    outline_draw(face, glyph->glyph, drawn);
    pdf_number_write(stream, glyph->width, 3);
    out_text(stream, " 0 ");
    box_write(stream, &drawn->box);
    out_text(stream, " d1\n");
    out_span(stream, out_bytes(drawn->out));
    box_take(&drawn->all, drawn->box.left, drawn->box.bottom);
    box_take(&drawn->all, drawn->box.right, drawn->box.top);
    return pdf_stream_write(file, number, "", stream);
}

/* A part of a face, as it is in the file. */
struct drawn_part {
    const struct pdf_glyph *glyphs; /* [count] */
    uint32_t count;
    uint32_t number, letters, meanings; /* objects: the font, the first letter, what they stand for */
};

static enum status font_write(const struct drawn_part *part, struct pdf_file *file, const struct drawn_box *box)
{
    struct out *out = pdf_object_begin(file, part->number);
    out_text(out, "<</Type/Font/Subtype/Type3/FontBBox[");
    box_write(out, box);
    out_format(out,
               "]/FontMatrix[.001 0 0 .001 0 0]/Resources<<>>/FirstChar 0/LastChar %u/ToUnicode %u 0 R"
               "/Encoding<</Type/Encoding/Differences[0",
               part->count, part->meanings);
    for (uint32_t i = 0; i < part->count; i++)
        out_format(out, "/g%u", i);
    out_format(out, "/m]>>/CharProcs<</m %u 0 R", part->letters);
    for (uint32_t i = 0; i < part->count; i++)
        out_format(out, "/g%u %u 0 R", i, part->letters + i);
    out_text(out, ">>/Widths[");
    for (uint32_t i = 0; i < part->count; i++) {
        pdf_number_write(out, part->glyphs[i].width, 3);
        out_char(out, ' ');
    }
    out_format(out, "%d]>>", M_WIDTH);
    return pdf_object_end(file);
}

enum status pdf_drawn_face_write(struct ctx *ctx, const struct pdf_face *face, struct pdf_file *file, uint32_t part,
                                 uint32_t number)
{
    uint32_t first = part * PDF_DRAWN_MOST, rest = face->used - first, count = rest < PDF_DRAWN_MOST ? rest : PDF_DRAWN_MOST;
    struct drawn_part written = {.number = number, .letters = pdf_file_numbers(file, count), .count = count};
    struct drawn_glyph drawn = {.scale = 1000.0 / face->units_per_em};
    hb_font_extents_t extents = {0};
    struct out *stream = NULL;
    enum status status = out_open_memory(ctx, &drawn.out);
    if (!status)
        status = out_open_memory(ctx, &stream);
    (void)hb_font_get_h_extents(face->font, &extents);
    box_take(&drawn.all, 0, extents.ascender * drawn.scale);
    box_take(&drawn.all, 0, extents.descender * drawn.scale);
    written.glyphs = &face->glyphs[first];
    for (uint32_t i = 0; i < count && !status; i++)
        status = glyph_write(face, &written.glyphs[i], file, &drawn, stream, written.letters + i);
    if (!status)
        status = pdf_meanings_write(ctx, face, file, first, count, &written.meanings);
    return status ? status : font_write(&written, file, &drawn.all);
}
