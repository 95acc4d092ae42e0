/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_fonts.h"

#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <pango/pangofc-font.h>
#include <string.h>

#include "base/text.h"

static void fonts_close(void *resource)
{
    struct pdf_fonts *fonts = resource;
    for (uint32_t i = 0; i < fonts->font_count; i++)
        g_object_unref(fonts->fonts[i]->pango);
    for (uint32_t i = 0; i < fonts->face_count; i++) {
        hb_font_destroy(fonts->faces[i]->font);
        hb_face_destroy(fonts->faces[i]->face);
    }
}

enum status pdf_fonts_create(struct ctx *ctx, struct pdf_fonts **out)
{
    struct pdf_fonts *fonts = arena_alloc(ctx->arena, sizeof *fonts);
    if (!fonts)
        return ctx_no_memory(ctx);
    fonts->ctx = ctx;
    *out = fonts;
    return arena_defer(ctx->arena, fonts_close, fonts);
}

/* Room for one more in a list.
 * gives   the list, moved when it was full; NULL without memory */
static void *list_grow(struct ctx *ctx, void *list, uint32_t count, uint32_t *capacity, size_t size)
{
    if (count < *capacity)
        return list;
    uint32_t more = *capacity ? 2 * *capacity : 64;
    void *grown = arena_array(ctx->arena, more, size);
    if (grown && count)
        memcpy(grown, list, count * size);
    *capacity = grown ? more : *capacity;
    return grown;
}

/* Outlines of TrueType that are the same at every setting of the font. */
static bool face_is_plain(hb_face_t *face)
{
    hb_blob_t *outlines = hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f'));
    bool plain = hb_blob_get_length(outlines) > 0 && !hb_ot_var_has_data(face);
    hb_blob_destroy(outlines);
    return plain;
}

/* The same face, at the same settings of a variable font? */
static bool face_is(const struct pdf_face *face, hb_font_t *font)
{
    unsigned count = 0, own = 0;
    if (face->face != hb_font_get_face(font))
        return false;
    const int *settings = hb_font_get_var_coords_normalized(font, &count);
    const int *owned = hb_font_get_var_coords_normalized(face->font, &own);
    return own == count && (!count || memcmp(settings, owned, count * sizeof *settings) == 0);
}

static enum status face_add(struct pdf_fonts *fonts, hb_font_t *font, struct pdf_face **out)
{
    struct ctx *ctx = fonts->ctx;
    struct pdf_face **faces = list_grow(ctx, fonts->faces, fonts->face_count, &fonts->face_capacity, sizeof(*faces));
    struct pdf_face *face = arena_alloc(ctx->arena, sizeof *face);
    hb_face_t *of = hb_font_get_face(font);
    if (!faces || !face)
        return ctx_no_memory(ctx);
    fonts->faces = faces;
    face->index = fonts->face_count;
    face->glyph_count = hb_face_get_glyph_count(of);
    face->found = arena_array(ctx->arena, face->glyph_count + 1u, sizeof *face->found);
    if (!face->found)
        return ctx_no_memory(ctx);
    unsigned count = 0;
    const int *settings = hb_font_get_var_coords_normalized(font, &count);
    face->face = hb_face_reference(of);
    face->font = hb_font_create(of);
    hb_font_set_var_coords_normalized(face->font, settings, count);
    face->units_per_em = hb_face_get_upem(of);
    face->drawn = !face_is_plain(of);
    faces[fonts->face_count++] = face;
    *out = face;
    return STATUS_OK;
}

static enum status face_find(struct pdf_fonts *fonts, hb_font_t *font, struct pdf_face **out)
{
    for (uint32_t i = 0; i < fonts->face_count; i++) {
        if (face_is(fonts->faces[i], font)) {
            *out = fonts->faces[i];
            return STATUS_OK;
        }
    }
    return face_add(fonts, font, out);
}

/* What fontconfig says of a font: its size, and what is to be made up for. */
static void pattern_read(struct pdf_font *font)
{
    FcPattern *pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font->pango));
    FcMatrix *matrix = NULL;
    FcBool heavy = FcFalse;
    if (FcPatternGetDouble(pattern, FC_PIXEL_SIZE, 0, &font->size) != FcResultMatch)
        font->size = 0;
    if (FcPatternGetMatrix(pattern, FC_MATRIX, 0, &matrix) == FcResultMatch && matrix->xx > 0)
        font->slant = matrix->xy / matrix->xx;
    if (FcPatternGetBool(pattern, FC_EMBOLDEN, 0, &heavy) == FcResultMatch)
        font->heavy = heavy == FcTrue;
}

static enum status font_add(struct pdf_fonts *fonts, PangoFont *pango, const struct pdf_font **out)
{
    struct ctx *ctx = fonts->ctx;
    struct pdf_font **list = list_grow(ctx, fonts->fonts, fonts->font_count, &fonts->font_capacity, sizeof(*list));
    struct pdf_font *font = arena_alloc(ctx->arena, sizeof *font);
    if (!list || !font)
        return ctx_no_memory(ctx);
    fonts->fonts = list;
    font->pango = pango;
    pattern_read(font);
    enum status status = face_find(fonts, pango_font_get_hb_font(pango), &font->face);
    if (status)
        return status;
    g_object_ref(pango);
    list[fonts->font_count++] = font;
    *out = font;
    return STATUS_OK;
}

enum status pdf_font_find(struct pdf_fonts *fonts, PangoFont *pango, const struct pdf_font **out)
{
    for (uint32_t i = 0; i < fonts->font_count; i++) {
        if (fonts->fonts[i]->pango == pango) {
            *out = fonts->fonts[i];
            return STATUS_OK;
        }
    }
    return font_add(fonts, pango, out);
}

/* Signs that steer and are not seen: no letter stands for one of them alone, since other texts show the same letter. */
static bool is_unseen(struct span text)
{
    unsigned code_point = 0;
    if (text_utf8_decode(text, &code_point) != text.length)
        return false;
    return code_point == 0xAD || code_point == 0xFEFF || (code_point >= 0x200B && code_point <= 0x200F) ||
           (code_point >= 0x2028 && code_point <= 0x202E) || (code_point >= 0x2060 && code_point <= 0x2069);
}

/* A letter that comes for the first time. */
static enum status glyph_add(struct pdf_fonts *fonts, struct pdf_face *face, uint32_t glyph)
{
    struct pdf_glyph *glyphs = list_grow(fonts->ctx, face->glyphs, face->used, &face->capacity, sizeof *glyphs);
    if (!glyphs)
        return ctx_no_memory(fonts->ctx);
    face->glyphs = glyphs;
    glyphs[face->used++] =
        (struct pdf_glyph){.glyph = glyph, .width = 1000.0 * hb_font_get_glyph_h_advance(face->font, glyph) / face->units_per_em};
    face->found[glyph] = face->used;
    return STATUS_OK;
}

enum status pdf_glyph_use(struct pdf_fonts *fonts, struct pdf_face *face, uint32_t glyph, struct span text, uint32_t *at,
                          bool *plain)
{
    glyph = glyph < face->glyph_count ? glyph : 0;
    if (!face->found[glyph]) {
        enum status status = glyph_add(fonts, face, glyph);
        if (status)
            return status;
    }
    struct pdf_glyph *used = &face->glyphs[face->found[glyph] - 1];
    *at = face->found[glyph] - 1;
    if (span_is(text, TEXT_NO_BREAK_SPACE))
        text = span_of(" "); /* both are the same letter of the font, and who searches types this one */
    if (!used->text.length && text.length && !is_unseen(text)) {
        const char *kept = arena_copy(fonts->ctx->arena, text);
        if (!kept)
            return ctx_no_memory(fonts->ctx);
        used->text = (struct span){.at = kept, .length = text.length};
    }
    *plain = text.length && span_equal(used->text, text);
    return STATUS_OK;
}
