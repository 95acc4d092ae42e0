/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_embedding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <hb.h>
#include <string.h>

#include "support/pdf_reading.h"
#include "support/pdf_sheet_canvas.h"

/* The file with the fonts of what was drawn, unpacked.
 * gives   *resources  which font is which object */
static struct span fonts_written(struct sheet_canvas *sheet, struct span *resources)
{
    struct ctx *ctx = &sheet->job.ctx;
    struct out *out = NULL, *named = NULL;
    struct pdf_file *file = NULL;
    assert_ok(&sheet->job, out_open_memory(ctx, &out));
    assert_ok(&sheet->job, out_open_memory(ctx, &named));
    assert_ok(&sheet->job, pdf_file_begin(ctx, out, &file));
    assert_ok(&sheet->job, pdf_fonts_write(sheet->fonts, file, named));
    assert_ok(&sheet->job, pdf_file_end(file, 1, 1));
    *resources = out_bytes(named);
    return pdf_unpacked(&sheet->job, out_bytes(out));
}

/* The font that is embedded holds the outlines of the letters that are used under their own numbers, and no others. */
static void only_used_letters_are_embedded(void **state)
{
    struct sheet_canvas sheet;
    struct span resources;
    hb_glyph_extents_t whole, cut;
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    (void)sheet_canvas_draw(&sheet, &(struct pdf_words){.text = "Gap", .size = 10});
    const struct pdf_face *face = sheet.fonts->faces[0];
    assert_int_equal(face->used, 3);
    struct span pdf = fonts_written(&sheet, &resources);
    assert_true(span_is(resources, "/F0 1 0 R"));
    static const char *const parts[] = {"/Subtype/Type0",
                                        "+OpenSans",
                                        "/Encoding/Identity-H",
                                        "/Subtype/CIDFontType2",
                                        "/FontFile2 ",
                                        "3 beginbfchar",
                                        "<0047>\n",
                                        "<0061>\n",
                                        "<0070>\nendbfchar",
                                        "/Flags 4"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!pdf_count(pdf, parts[i]))
            fail_msg("%s is not there", parts[i]);
    }
    const char *begun = memmem(pdf.at, pdf.length, "\0\1\0\0\0\6", 6);
    assert_non_null(begun); /* a font of six tables */
    hb_blob_t *blob =
        hb_blob_create(begun, (unsigned)(pdf.length - (size_t)(begun - pdf.at)), HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *embedded = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(embedded);
    for (uint32_t glyph = 0; glyph < face->glyph_count; glyph++) {
        bool used = face->found[glyph] > 0;
        assert_true(!hb_font_get_glyph_extents(face->font, glyph, &whole) || hb_font_get_glyph_extents(font, glyph, &cut) ||
                    !used);
        if (used)
            assert_memory_equal(&whole, &cut, sizeof cut);
        else if (glyph > 0 && hb_font_get_glyph_extents(font, glyph, &cut))
            assert_int_equal(cut.width, 0);
    }
    hb_font_destroy(font);
    hb_face_destroy(embedded);
    hb_blob_destroy(blob);
    sheet_canvas_end(&sheet);
}

/* Faces with other outlines are drawn letter by letter, in parts of as many letters as a byte can name. */
static void other_outlines_are_drawn(void **state)
{
    struct sheet_canvas sheet;
    struct span resources;
    uint32_t at = 0;
    bool plain = false;
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    (void)sheet_canvas_draw(&sheet, &(struct pdf_words){.text = "l", .size = 10});
    struct pdf_face *face = sheet.fonts->faces[0];
    face->drawn = true;
    for (uint32_t glyph = 0; glyph < 300; glyph++)
        assert_ok(&sheet.job, pdf_glyph_use(sheet.fonts, face, glyph, span_of("x"), &at, &plain));
    assert_int_equal(face->used, 300);
    struct span drawn = sheet_canvas_draw(&sheet, &(struct pdf_words){.text = "l", .size = 10});
    assert_int_equal(pdf_count(drawn, "/F0p0 10 Tf"), 1);
    assert_int_equal(pdf_count(drawn, "[(l)]") + pdf_count(drawn, "[("), 1);
    struct span pdf = fonts_written(&sheet, &resources);
    assert_int_equal(pdf_count(resources, "/F0p0 "), 1);
    assert_int_equal(pdf_count(resources, "/F0p1 "), 1);
    assert_int_equal(pdf_count(pdf, "/Subtype/Type3"), 2);
    assert_int_equal(pdf_count(pdf, "/LastChar 255"), 1);
    assert_int_equal(pdf_count(pdf, "/LastChar 45"), 1);
    assert_int_equal(pdf_count(pdf, " d1\n"), 300);
    assert_true(pdf_count(pdf, " c\n") > 1000);
    assert_int_equal(pdf_count(pdf, "<00><006C>"), 1);
    assert_int_equal(pdf_count(pdf, "100 beginbfchar"), 3 - 1);
    assert_int_equal(pdf_count(pdf, "/FontFile2"), 0);
    /* "l" is a box: four places, closed and filled. */
    assert_int_equal(pdf_count(pdf, "252.93 0 0 0 167 760 d1\n167 0 m\n85.9 0 l\n85.9 759.8 l\n167 759.8 l\n167 0 l\nh\nf\n"), 1);
    sheet_canvas_end(&sheet);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(only_used_letters_are_embedded),
                                              cmocka_unit_test(other_outlines_are_drawn)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
