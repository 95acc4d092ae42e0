/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/cairo_picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/job_fixture.h"

enum { SIDE = 120 };

/* A picture drawn to pixels. */
struct canvas {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoFontMap *fonts;
    PangoLayout *words;
};

static void canvas_draw(struct canvas *canvas, const struct picture *picture)
{
    canvas->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
    canvas->cairo = cairo_create(canvas->surface);
    canvas->fonts = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(canvas->fonts);
    canvas->words = pango_layout_new(context);
    g_object_unref(context);
    cairo_set_antialias(canvas->cairo, CAIRO_ANTIALIAS_NONE);
    cairo_set_source_rgb(canvas->cairo, 1, 1, 1);
    cairo_paint(canvas->cairo);
    cairo_picture_draw(canvas->cairo, canvas->words, picture);
    assert_int_equal(cairo_status(canvas->cairo), CAIRO_STATUS_SUCCESS);
    cairo_surface_flush(canvas->surface);
}

static void canvas_end(struct canvas *canvas)
{
    g_object_unref(canvas->words);
    g_object_unref(canvas->fonts);
    cairo_destroy(canvas->cairo);
    cairo_surface_destroy(canvas->surface);
}

static uint32_t pixel(const struct canvas *canvas, int x, int y)
{
    const unsigned char *row =
        cairo_image_surface_get_data(canvas->surface) + (ptrdiff_t)y * cairo_image_surface_get_stride(canvas->surface);
    uint32_t colour = 0;
    memcpy(&colour, row + (ptrdiff_t)x * 4, sizeof colour);
    return colour & 0xFFFFFFu;
}

/* Columns between the first and the last that hold anything but paper, in some rows. */
static int ink_width(const struct canvas *canvas, int top, int bottom)
{
    int first = SIDE, last = -1;
    for (int y = top; y < bottom; y++)
        for (int x = 0; x < SIDE; x++)
            if (pixel(canvas, x, y) != 0xFFFFFF) {
                first = x < first ? x : first;
                last = x > last ? x : last;
            }
    return last < first ? 0 : last - first + 1;
}

/* Every mark stands where the picture says, in its colour. */
static void test_marks_are_drawn(void **state)
{
    (void)state;
    struct job job;
    struct picture picture;
    struct canvas canvas;
    job_begin(&job);
    picture_begin(&picture, &job.ctx, SIDE);
    (void)picture_box(&picture, TONE_BAND, (struct point){10, 10}, (struct point){30, 20});
    (void)picture_line(&picture, TONE_SHORT, 4, (struct point){10, 40}, (struct point){60, 40});
    (void)picture_dot(&picture, TONE_ABOVE, 6, (struct point){90, 15});
    picture_dot(&picture, TONE_UNDECIDED, 6, (struct point){90, 45})->hollow = true;
    const struct point triangle[] = {{10, 60}, {50, 60}, {10, 100}};
    picture_shape(&picture, TONE_THIRD, triangle, 3)->closed = true;
    (void)picture_shape(&picture, TONE_FIFTH, (const struct point[]){{70, 60}, {110, 60}, {110, 100}}, 3);
    assert_ok(&job, picture_end(&picture, SIDE));
    canvas_draw(&canvas, &picture);
    assert_int_equal(pixel(&canvas, 20, 15), 0xcfe3f1);
    assert_int_equal(pixel(&canvas, 31, 15), 0xffffff);
    assert_int_equal(pixel(&canvas, 35, 40), 0xd55e00);
    assert_int_equal(pixel(&canvas, 35, 44), 0xffffff);
    assert_int_equal(pixel(&canvas, 90, 15), 0x0072b2);
    assert_int_equal(pixel(&canvas, 90, 45), 0xffffff);
    assert_int_equal(pixel(&canvas, 96, 45), 0x6b7280);
    assert_int_equal(pixel(&canvas, 15, 70), 0x009e73);
    assert_int_equal(pixel(&canvas, 45, 95), 0xffffff);
    assert_int_equal(pixel(&canvas, 90, 60), 0xe69f00);
    assert_int_equal(pixel(&canvas, 110, 80), 0xe69f00);
    assert_int_equal(pixel(&canvas, 90, 80), 0xffffff);
    canvas_end(&canvas);
    job_end(&job);
}

/* "Words that the font makes clearly wider are set smaller": no text takes more room than the layout gave it, from any anchor. */
static void test_texts_keep_their_room(void **state)
{
    (void)state;
    static const char words[] = "WWWWMMMM";
    struct job job;
    struct picture picture;
    struct canvas canvas;
    job_begin(&job);
    picture_begin(&picture, &job.ctx, SIDE);
    const enum anchor anchors[] = {ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END};
    const double at[] = {10, 60, 110};
    for (unsigned i = 0; i < 3; i++)
        picture_text(&picture, TONE_INK, (struct point){at[i], 30 + 40.0 * i}, anchors[i], span_of(words))->bold = true;
    assert_ok(&job, picture_end(&picture, SIDE));
    canvas_draw(&canvas, &picture);
    int most = (int)(picture_text_width(span_of(words), SMALL_PX) + 0.8 * SMALL_PX) + 1;
    for (int i = 0; i < 3; i++) {
        int width = ink_width(&canvas, 10 + 40 * i, 34 + 40 * i);
        assert_in_range(width, most / 2, most);
    }
    canvas_end(&canvas);
    job_end(&job);
}

/* A short word of wide letters is as high as a narrow one: it takes some of what is free beside it. */
static void test_short_words_keep_their_size(void **state)
{
    (void)state;
    struct job job;
    struct picture picture;
    struct canvas canvas;
    job_begin(&job);
    picture_begin(&picture, &job.ctx, SIDE);
    (void)picture_text(&picture, TONE_INK, (struct point){10, 30}, ANCHOR_START, span_of("mmm"));
    (void)picture_text(&picture, TONE_INK, (struct point){10, 70}, ANCHOR_START, span_of("m"));
    (void)picture_text(&picture, TONE_INK, (struct point){10, 110}, ANCHOR_START, span_of("mmmmmmmm"));
    assert_ok(&job, picture_end(&picture, SIDE));
    canvas_draw(&canvas, &picture);
    int three = ink_width(&canvas, 10, 34), one = ink_width(&canvas, 50, 74), eight = ink_width(&canvas, 90, 114);
    assert_true(three > (int)picture_text_width(span_of("mmm"), SMALL_PX));
    assert_true(three >= 3 * one);
    int room = (int)(picture_text_width(span_of("mmmmmmmm"), SMALL_PX) + 0.8 * SMALL_PX);
    assert_true(eight <= room + 6);   /* hinted letters are as wide as whole pixels */
    assert_true(eight < 8 * one - 4); /* set smaller */
    canvas_end(&canvas);
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_marks_are_drawn),
                                              cmocka_unit_test(test_texts_keep_their_room),
                                              cmocka_unit_test(test_short_words_keep_their_size)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
