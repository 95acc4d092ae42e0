/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_embedding.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <stdlib.h>
#include <string.h>

#include "render/pdf_drawn_face.h"
#include "render/pdf_syntax.h"
#include "render/pdf_text.h"

#define MEANINGS_MOST 100u /* of one list */
#define NAME_BYTES    100u
#define SYMBOLIC      4u /* the flag of a font whose letters are told by number */
#define TAG_LETTERS   6u

static int by_glyph(const void *a, const void *b)
{
    uint32_t x = ((const struct pdf_glyph *)a)->glyph, y = ((const struct pdf_glyph *)b)->glyph;
    return (x > y) - (x < y);
}

/* The letters of a face in the order of their numbers. */
static enum status glyphs_sort(struct ctx *ctx, const struct pdf_face *face, struct pdf_glyph **out)
{
    *out = arena_array(ctx->arena, face->used + 1u, sizeof **out);
    if (!*out)
        return ctx_no_memory(ctx);
    memcpy(*out, face->glyphs, face->used * sizeof **out);
    qsort(*out, face->used, sizeof **out, by_glyph);
    return STATUS_OK;
}

static void code_write(struct out *out, uint32_t code, bool two)
{
    out_format(out, two ? "<%04X>" : "<%02X>", code);
}

enum status pdf_meanings_write(struct ctx *ctx, const struct pdf_face *face, struct pdf_file *file, uint32_t from, uint32_t count,
                               uint32_t *number)
{
    struct out *out = NULL;
    bool two = !face->drawn;
    uint32_t known = 0, listed = 0;
    enum status status = out_open_memory(ctx, &out);
    if (status)
        return status;
    out_text(out, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)"
                  "/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n");
    out_text(out, two ? "<0000><FFFF>\nendcodespacerange\n" : "<00><FF>\nendcodespacerange\n");
    for (uint32_t i = from; i < from + count; i++)
        known += face->glyphs[i].text.length > 0;
    for (uint32_t i = from; i < from + count; i++) {
        const struct pdf_glyph *glyph = &face->glyphs[i];
        if (!glyph->text.length)
            continue;
        if (listed % MEANINGS_MOST == 0)
            out_format(out, "%u beginbfchar\n", known - listed < MEANINGS_MOST ? known - listed : MEANINGS_MOST);
        code_write(out, two ? glyph->glyph : i - from, two);
        out_char(out, '<');
        pdf_utf16_write(out, glyph->text);
        out_text(out, ">\n");
        if (++listed % MEANINGS_MOST == 0 || listed == known)
            out_text(out, "endbfchar\n");
    }
    out_text(out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    *number = pdf_file_numbers(file, 1);
    return pdf_stream_write(file, *number, "", out);
}

/* The face with nothing but the outlines of these letters and what is needed to draw them.
 * gives   NULL when HarfBuzz cannot */
static hb_blob_t *face_cut(const struct pdf_face *face)
{
    static const hb_tag_t kept[] = {HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'), HB_TAG('h', 'e', 'a', 'd'),
                                    HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p')};
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_face_t *cut = NULL;
    hb_blob_t *bytes = NULL;
    if (!input)
        return NULL;
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_set_clear(dropped);
    hb_set_invert(dropped);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        hb_set_del(dropped, kept[i]);
    for (uint32_t i = 0; i < face->used; i++)
        hb_set_add(hb_subset_input_glyph_set(input), face->glyphs[i].glyph);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    cut = hb_subset_or_fail(face->face, input);
    if (cut)
        bytes = hb_face_reference_blob(cut);
    hb_face_destroy(cut);
    hb_subset_input_destroy(input);
    return bytes;
}

static enum status outlines_write(struct ctx *ctx, const struct pdf_face *face, struct pdf_file *file, uint32_t number)
{
    struct out *out = NULL;
    hb_blob_t *blob = face_cut(face);
    unsigned length = 0;
    const char *bytes = blob ? hb_blob_get_data(blob, &length) : NULL;
    const char *entries = arena_format(ctx->arena, "/Length1 %u", length);
    enum status status = !entries ? ctx_no_memory(ctx) : out_open_memory(ctx, &out);
    if (!status && !length)
        status = ctx_fail(ctx, STATUS_FAILURE, NULL,
                          "A font could not be cut to the letters that the PDF uses; HarfBuzz can cut any font of Debian.");
    if (!status) {
        out_write(out, bytes, length);
        status = pdf_stream_write(file, number, entries, out);
    }
    hb_blob_destroy(blob);
    return status;
}

/* "ABCDEF+OpenSans": six letters that say which part of the font it is. */
static void name_make(const struct pdf_face *face, const struct pdf_glyph *glyphs, char *name, unsigned size)
{
    uint32_t mixed = 2166136261u;
    for (uint32_t i = 0; i < face->used; i++)
        mixed = (mixed ^ glyphs[i].glyph) * 16777619u;
    for (unsigned i = 0; i < TAG_LETTERS; i++) {
        name[i] = (char)('A' + mixed % 26);
        mixed /= 26;
    }
    name[TAG_LETTERS] = '+';
    unsigned room = size - TAG_LETTERS - 1;
    if (!hb_ot_name_get_utf8(face->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &room, name + TAG_LETTERS + 1))
        text_join((const char *const[]){"Font", NULL}, name + TAG_LETTERS + 1, size - TAG_LETTERS - 1);
}

/* A number of the face's own units, in thousandths of its size. */
static double thousandths(const struct pdf_face *face, int units)
{
    return 1000.0 * units / face->units_per_em;
}

/* The box around all letters, as the head of the font tells it. */
static void box_write(struct out *out, const struct pdf_face *face)
{
    hb_blob_t *head = hb_face_reference_table(face->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(head, &length);
    for (unsigned i = 36; i < 44; i += 2) {
        unsigned units = i + 1 < length ? (unsigned)(unsigned char)bytes[i] << 8 | (unsigned char)bytes[i + 1] : 0;
        out_char(out, ' ');
        pdf_number_write(out, thousandths(face, units < 0x8000 ? (int)units : (int)units - 0x10000), 0);
    }
    hb_blob_destroy(head);
}

static enum status descriptor_write(const struct pdf_face *face, struct pdf_file *file, const char *name, uint32_t number,
                                    uint32_t outlines)
{
    hb_font_extents_t extents = {0};
    hb_position_t capitals = 0;
    struct out *out = pdf_object_begin(file, number);
    (void)hb_font_get_h_extents(face->font, &extents);
    if (!hb_ot_metrics_get_position(face->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &capitals))
        capitals = extents.ascender;
    out_text(out, "<</Type/FontDescriptor/FontName");
    pdf_name_write(out, name);
    out_format(out, "/Flags %u/FontBBox[", SYMBOLIC);
    box_write(out, face);
    out_format(out, " ]/ItalicAngle %.0f/StemV 80/Ascent ", (double)hb_style_get_value(face->font, HB_STYLE_TAG_SLANT_ANGLE));
    pdf_number_write(out, thousandths(face, extents.ascender), 0);
    out_text(out, "/Descent ");
    pdf_number_write(out, thousandths(face, extents.descender), 0);
    out_text(out, "/CapHeight ");
    pdf_number_write(out, thousandths(face, capitals), 0);
    out_text(out, "/FontFile2 ");
    pdf_reference_write(out, outlines);
    out_text(out, ">>");
    return pdf_object_end(file);
}

/* The widths of letters, runs of neighbours together: "[ 3 [260] 36 [633 648] ]". */
static void widths_write(struct out *out, const struct pdf_face *face, const struct pdf_glyph *glyphs)
{
    for (uint32_t i = 0; i < face->used; i++) {
        if (!i || glyphs[i].glyph != glyphs[i - 1].glyph + 1)
            out_format(out, "%s%u[", i ? "]" : "", glyphs[i].glyph);
        else
            out_char(out, ' ');
        pdf_number_write(out, glyphs[i].width, 3);
    }
    out_text(out, face->used ? "]" : "");
}

/* A face of TrueType: text names its letters by their numbers, in two bytes. */
static enum status embedded_write(struct ctx *ctx, const struct pdf_face *face, struct pdf_file *file, uint32_t number)
{
    struct pdf_glyph *glyphs = NULL;
    char name[NAME_BYTES];
    uint32_t meanings = 0, letters = pdf_file_numbers(file, 3), descriptor = letters + 1, outlines = letters + 2;
    enum status status = glyphs_sort(ctx, face, &glyphs);
    if (status)
        return status;
    name_make(face, glyphs, name, sizeof name);
    status = outlines_write(ctx, face, file, outlines);
    if (!status)
        status = pdf_meanings_write(ctx, face, file, 0, face->used, &meanings);
    if (!status)
        status = descriptor_write(face, file, name, descriptor, outlines);
    if (status)
        return status;
    struct out *out = pdf_object_begin(file, letters);
    out_text(out, "<</Type/Font/Subtype/CIDFontType2/BaseFont");
    pdf_name_write(out, name);
    out_format(
        out,
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/DW 0/FontDescriptor %u 0 R/W[",
        descriptor);
    widths_write(out, face, glyphs);
    out_text(out, "]>>");
    status = pdf_object_end(file);
    if (status)
        return status;
    out = pdf_object_begin(file, number);
    out_text(out, "<</Type/Font/Subtype/Type0/BaseFont");
    pdf_name_write(out, name);
    out_format(out, "/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R>>", letters, meanings);
    return pdf_object_end(file);
}

static void resource_write(struct out *resources, const struct pdf_face *face, uint32_t part, uint32_t number)
{
    out_char(resources, '/');
    pdf_font_name_write(resources, face, part);
    out_char(resources, ' ');
    pdf_reference_write(resources, number);
}

enum status pdf_fonts_write(struct pdf_fonts *fonts, struct pdf_file *file, struct out *resources)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < fonts->face_count && !status; i++) {
        const struct pdf_face *face = fonts->faces[i];
        uint32_t parts = face->drawn ? (face->used + PDF_DRAWN_MOST - 1) / PDF_DRAWN_MOST : face->used > 0;
        for (uint32_t part = 0; part < parts && !status; part++) {
            uint32_t number = pdf_file_numbers(file, 1);
            resource_write(resources, face, part, number);
            status = face->drawn ? pdf_drawn_face_write(fonts->ctx, face, file, part, number)
                                 : embedded_write(fonts->ctx, face, file, number);
        }
    }
    return status;
}
