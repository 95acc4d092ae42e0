/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/pdf_reading.h"
#include "support/pdf_sheet_canvas.h"

static struct span picture_draw(struct sheet_canvas *sheet, const struct pdf_cutting *cutting)
{
    PangoLayout *words = pdf_type_words(sheet->type);
    pdf_canvas_clear(&sheet->canvas);
    assert_ok(&sheet->job, pdf_picture_draw(&sheet->canvas, words, cutting));
    g_object_unref(words);
    return out_bytes(sheet->canvas.out);
}

/* Each mark at its place, half as large, in its colour. */
static void marks_are_drawn(void **state)
{
    struct sheet_canvas sheet;
    struct picture picture;
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    picture_begin(&picture, &sheet.job.ctx, 200);
    (void)picture_box(&picture, TONE_BAND, (struct point){10, 10}, (struct point){30, 20});
    picture_line(&picture, TONE_SHORT, 4, (struct point){10, 40}, (struct point){60, 40})->dashed = true;
    (void)picture_line(&picture, TONE_SHORT, 4, (struct point){10, 50}, (struct point){60, 50});
    (void)picture_dot(&picture, TONE_ABOVE, 6, (struct point){90, 15});
    picture_dot(&picture, TONE_UNDECIDED, 6, (struct point){90, 45})->hollow = true;
    const struct point triangle[] = {{10, 60}, {50, 60}, {10, 100}};
    struct mark *shape = picture_shape(&picture, TONE_THIRD, triangle, 3);
    shape->closed = shape->hollow = shape->fine = true;
    (void)picture_shape(&picture, TONE_FIFTH, triangle, 3);
    assert_ok(&sheet.job, picture_end(&picture, 120));
    const struct pdf_cutting cutting = {.picture = &picture, .at = {100, 300}, .width = 500, .height = 60, .scale = 0.5};
    struct span drawn = picture_draw(&sheet, &cutting);
    static const char *const parts[] = {"q 1 j\n0 440 500 60 re\nW n\n",
                                        ".812 .89 .945 rg\n105 490 10 5 re\nf\n",
                                        ".835 .369 0 RG\n2 w\n[2 1.5]0 d\n105 480 m\n130 480 l\nS\n",
                                        "[]0 d\n105 475 m\n130 475 l\nS\n",
                                        "0 .447 .698 rg\n148 492.5 m\n",
                                        "1 g\n.42 .447 .502 RG\n1 w\n148 477.5 m\n",
                                        "h\nB\n",
                                        "0 .62 .451 RG\n.5 w\n105 470 m\n125 470 l\n105 450 l\nb\n",
                                        "105 470 m\n125 470 l\n105 450 l\nS\nQ\n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (pdf_count(drawn, parts[i]) != 1)
            fail_msg("%s is not in %.*s", parts[i], (int)drawn.length, drawn.at);
    }
    /* A circle of radius 3 ends each quarter at its side. */
    assert_int_equal(pdf_count(drawn, " 145 489.5 c\n"), 1);
    assert_int_equal(pdf_count(drawn, " 142 492.5 c\n"), 1);
    assert_int_equal(pdf_count(drawn, " 145 495.5 c\n"), 1);
    assert_int_equal(pdf_count(drawn, " 148 492.5 c\n"), 1);
    sheet_canvas_end(&sheet);
}

/* A part of a picture does not say what is on other pages; what reaches into it is there. */
static void other_parts_are_left_out(void **state)
{
    struct sheet_canvas sheet;
    struct picture picture;
    (void)state;
    sheet_canvas_begin(&sheet, "en");
    picture_begin(&picture, &sheet.job.ctx, 200);
    for (unsigned i = 0; i < 4; i++)
        (void)picture_text(&picture, TONE_INK, (struct point){10, 50 + 100.0 * i}, ANCHOR_START, span_of("Gap"));
    /* One that ends just above the part, and one that begins just below it: the cut goes between them. */
    (void)picture_text(&picture, TONE_INK, (struct point){10, 100 - 0.35 * SMALL_PX}, ANCHOR_START, span_of("Gap"));
    (void)picture_text(&picture, TONE_INK, (struct point){10, 300 + SMALL_PX}, ANCHOR_START, span_of("Gap"));
    (void)picture_line(&picture, TONE_GRID, 1, (struct point){5, 0}, (struct point){5, 400});
    assert_ok(&sheet.job, picture_end(&picture, 400));
    const struct pdf_cutting cutting = {
        .picture = &picture, .at = {0, 100}, .width = 500, .height = 200, .from = 100, .scale = 1};
    struct span drawn = picture_draw(&sheet, &cutting);
    assert_int_equal(pdf_count(drawn, "]TJ"), 2);
    assert_int_equal(pdf_count(drawn, "10 650 Td"), 1); /* 150 px, which is 50 below the top of the part */
    assert_int_equal(pdf_count(drawn, "5 800 m\n5 400 l\nS\n"), 1);
    sheet_canvas_end(&sheet);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(marks_are_drawn), cmocka_unit_test(other_parts_are_left_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
