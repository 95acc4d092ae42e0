/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/pdf_lines.h"
#include "support/pdf_reading.h"
#include "support/pdf_sheet_canvas.h"

/* Reads the letters of a string of two-byte codes from behind its "(".
 * gives   how far they move the pen at a size; *at behind the ")" */
static double string_read(const struct pdf_face *face, const char **at, double size)
{
    double moved = 0;
    unsigned code = 0;
    for (unsigned half = 0; **at != ')'; half++) {
        unsigned byte = (unsigned char)**at;
        if (byte == '\\')
            byte = *++*at == 'r' ? '\r' : (unsigned char)**at;
        ++*at;
        code = half % 2 ? code * 256 + byte : byte;
        if (half % 2)
            moved += face->glyphs[face->found[code] - 1].width * size / 1000;
    }
    ++*at;
    return moved;
}

/* How far all that is drawn moves the pen. */
static double pen_follow(struct span drawn, const struct pdf_face *face, double size)
{
    double moved = 0;
    const char *at = memchr(drawn.at, '[', drawn.length);
    assert_non_null(at);
    for (at++; *at != ']';) {
        char *end = NULL;
        if (*at == '(') {
            at++;
            moved += string_read(face, &at, size);
        } else {
            moved -= strtod(at, &end) * size / 1000;
            at = end;
        }
    }
    return moved;
}

/* Letters stand where pango put them: kerned pairs nearer, and no drift adds up over a line. */
static void letters_stand_where_pango_put_them(void **state)
{
    static const char *const texts[] = {"AVAVAVAVAVAV To. We. Ty", "0123456789 (\\) −0.44 [−0.62, −0.26]",
                                        "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"};
    struct sheet_canvas sheet;
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct pdf_words words = {.text = texts[i], .size = 10};
        struct span drawn = sheet_canvas_draw(&sheet, &words);
        assert_int_equal(sheet.fonts->face_count, 1);
        assert_false(sheet.fonts->faces[0]->drawn);
        double width = sheet_canvas_width(&sheet, &words), moved = pen_follow(drawn, sheet.fonts->faces[0], 10);
        if (fabs(width - moved) > 0.1)
            fail_msg("%s is %.2f wide, and drawn %.2f", texts[i], width, moved);
        assert_int_equal(pdf_count(drawn, "100 600 Td"), 1);
        assert_int_equal(pdf_count(drawn, "/F0 10 Tf"), 1);
        assert_int_equal(pdf_count(drawn, "/Span"), 0);
    }
    sheet_canvas_end(&sheet);
}

/* What was set for the last text is not set again; the small part has a colour and a size of its own. */
static void only_changes_are_written(void **state)
{
    struct sheet_canvas sheet;
    struct pdf_layout *layout = NULL;
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    const struct pdf_words words = {.text = "Gap", .small = "points", .size = 10};
    struct span drawn = sheet_canvas_draw(&sheet, &words);
    assert_int_equal(pdf_count(drawn, "/F0 10 Tf"), 1);
    assert_int_equal(pdf_count(drawn, "/F0 8.5 Tf"), 1);
    assert_int_equal(pdf_count(drawn, "0 g\n"), 1);
    assert_int_equal(pdf_count(drawn, ".337 .365 .4 rg\n"), 1);
    const struct pdf_words plain = {.text = "Gap", .size = 10};
    size_t before = sheet_canvas_draw(&sheet, &plain).length;
    assert_ok(&sheet.job, pdf_type_set(&sheet.job.ctx, sheet.type, &plain, &layout));
    const struct pdf_line line = {.runs = layout->lines[0].runs, .text = layout->text, .at = {100, 300}};
    assert_ok(&sheet.job, pdf_line_draw(&sheet.canvas, &line));
    drawn = out_bytes(sheet.canvas.out);
    drawn = (struct span){drawn.at + before, drawn.length - before};
    assert_int_equal(pdf_count(drawn, "Tf"), 0);
    assert_int_equal(pdf_count(drawn, " g\n"), 0);
    assert_int_equal(pdf_count(drawn, "100 500 Td"), 1);
    sheet_canvas_end(&sheet);
}

/* Each letter tells what it stands for, or the text around it does. */
static void texts_can_be_read_back(void **state)
{
    struct sheet_canvas sheet;
    uint32_t at = 0;
    bool plain = false;
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    /* A space that breaks no line is read as a space; where a letter stands for another text than at first, that is said. */
    const struct pdf_words spaces = {.text = "a b\xc2\xa0"
                                             "c",
                                     .size = 10};
    assert_int_equal(pdf_count(sheet_canvas_draw(&sheet, &spaces), "/Span"), 0);
    struct pdf_face *face = sheet.fonts->faces[0];
    assert_ok(&sheet.job, pdf_glyph_use(sheet.fonts, face, 50, span_of("first"), &at, &plain));
    assert_true(plain);
    assert_ok(&sheet.job, pdf_glyph_use(sheet.fonts, face, 50, span_of("second"), &at, &plain));
    assert_false(plain);
    assert_true(span_is(face->glyphs[at].text, "first"));
    assert_ok(&sheet.job, pdf_glyph_use(sheet.fonts, face, 51, span_of("\xe2\x80\x8e"), &at, &plain));
    assert_false(plain); /* a sign that is not seen gives its letter no meaning */
    assert_ok(&sheet.job, pdf_glyph_use(sheet.fonts, face, UINT32_MAX, span_of("x"), &at, &plain));
    assert_int_equal(face->glyphs[at].glyph, 0);
    sheet_canvas_end(&sheet);
}

/* The ellipsis stands for itself, not for what it hides. */
static void cut_texts_end_with_an_ellipsis(void **state)
{
    struct sheet_canvas sheet;
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    const struct pdf_words words = {.text = "Harbour Hotels of the North", .size = 10, .width = 60, .lines_most = 1};
    struct span drawn = sheet_canvas_draw(&sheet, &words);
    const struct pdf_face *face = sheet.fonts->faces[0];
    bool found = false;
    for (uint32_t i = 0; i < face->used; i++)
        found = found || span_is(face->glyphs[i].text, "…");
    assert_true(found || pdf_count(drawn, "/ActualText<FEFF2026>") == 1);
    sheet_canvas_end(&sheet);
}

/* In Devanagari the i of "ki" is drawn before its k: the two say together what they stand for. */
static void letters_say_together_what_they_stand_for(void **state)
{
    struct sheet_canvas sheet;
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    const struct pdf_words words = {.text = "a \xe0\xa4\x95\xe0\xa4\xbf b", .size = 10};
    struct span drawn = sheet_canvas_draw(&sheet, &words);
    assert_int_equal(pdf_count(drawn, "/Span<</ActualText<FEFF0915093F>>>BDC\n"), 1);
    assert_int_equal(pdf_count(drawn, "/ActualText"), 1);
    assert_int_equal(pdf_count(drawn, "EMC\n"), 1);
    sheet_canvas_end(&sheet);
}

/* Letters of Devanagari have no italics: they lean by their matrix, and those behind them stand upright again. */
static void letters_without_italics_lean(void **state)
{
    struct sheet_canvas sheet;
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    const struct pdf_words words = {.text = "\xe0\xa4\x85", .italic = true, .size = 10};
    struct span drawn = sheet_canvas_draw(&sheet, &words);
    assert_int_equal(pdf_count(drawn, "1 0 .2 1 100 600 Tm"), 1);
    sheet_canvas_end(&sheet);
}

/* A text that stands there again is written as before, but where it stands, with its own colour and whatever the page drew between. */
static void kept_texts_are_the_same(void **state)
{
    struct sheet_canvas sheet;
    struct pdf_lines lines = {.count = 1, .at = {100, 200}};
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    const struct pdf_words words = {.text = "Gap To", .size = 10}, other = {.text = "Other", .bold = true, .size = 12};
    assert_ok(&sheet.job, pdf_type_set(&sheet.job.ctx, sheet.type, &words, &lines.layout));
    (void)sheet_canvas_draw(&sheet, &words);
    size_t ends[5] = {out_bytes(sheet.canvas.out).length};
    for (unsigned i = 1; i < 5; i++) {
        lines.at.x += 50;
        lines.colour = i < 4 ? 0 : 0xff0000;
        if (i == 3) { /* another font between: the size is set again */
            pdf_canvas_clear(&sheet.canvas);
            (void)sheet_canvas_draw(&sheet, &other);
            ends[2] = out_bytes(sheet.canvas.out).length;
        }
        assert_ok(&sheet.job, pdf_lines_draw(&sheet.canvas, &lines));
        ends[i] = out_bytes(sheet.canvas.out).length;
        struct span drawn = {out_bytes(sheet.canvas.out).at + ends[i - 1], ends[i] - ends[i - 1]};
        assert_int_equal(pdf_count(drawn, "]TJ\nET\n"), 1);
        assert_int_equal(pdf_count(drawn, " Td\n"), 1);
        assert_int_equal(pdf_count(drawn, "/F0 10 Tf"), i == 3);
        assert_int_equal(pdf_count(drawn, "1 0 0 rg"), i == 4);
    }
    assert_int_equal(ends[4] > ends[3], 1);
    sheet_canvas_end(&sheet);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(letters_stand_where_pango_put_them),
                                              cmocka_unit_test(only_changes_are_written),
                                              cmocka_unit_test(texts_can_be_read_back),
                                              cmocka_unit_test(cut_texts_end_with_an_ellipsis),
                                              cmocka_unit_test(letters_say_together_what_they_stand_for),
                                              cmocka_unit_test(letters_without_italics_lean),
                                              cmocka_unit_test(kept_texts_are_the_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
