/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/svg_picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/job_fixture.h"
#include "support/page_reading.h"

static const char *written(struct job *job, const struct picture *picture)
{
    struct out *out = NULL;
    struct markup m = {.depth = 0};
    assert_ok(job, out_open_memory(&job->ctx, &out));
    markup_begin(&m, out);
    svg_picture_write(&m, picture, &(struct svg_place){.class = "chart wide", .id = "7"});
    const char *text = arena_copy(job->ctx.arena, out_bytes(out));
    assert_non_null(text);
    page_assert_well_formed(text);
    return text;
}

/* "real text, title, desc", every kind of mark with its colour by class, tips, and nothing unescaped */
static void test_every_mark(void **state)
{
    (void)state;
    struct job job;
    struct picture picture;
    job_begin(&job);
    picture_begin(&picture, &job.ctx, 100);
    picture.title = "A & B";
    picture.description = "Two <marks>";
    (void)picture_line(&picture, TONE_SHORT, 2.5, (struct point){1, 2}, (struct point){3, 4.126});
    picture_line(&picture, TONE_GRID, 1, (struct point){0, 0}, (struct point){9, 0})->dashed = true;
    (void)picture_box(&picture, TONE_BAND, (struct point){1, 2}, (struct point){11, 22});
    picture_dot(&picture, TONE_ABOVE, 5, (struct point){6, 7})->tip = "n = 5 < 10";
    struct mark *ring = picture_dot(&picture, TONE_UNDECIDED, 5, (struct point){8, 9});
    ring->hollow = ring->fine = true;
    const struct point points[] = {{1, 2}, {3, 4}, {5, 6.5}};
    (void)picture_shape(&picture, TONE_FIRST, points, 3);
    picture_shape(&picture, TONE_SIXTH, points, 3)->closed = true;
    (void)picture_text(&picture, TONE_SOFT, (struct point){10, 20}, ANCHOR_START, span_of("a < b"));
    struct mark *text = picture_text(&picture, TONE_SHORT, (struct point){10, 40}, ANCHOR_END, span_of("−0.44"));
    text->size = TEXT_PX;
    text->bold = true;
    (void)picture_text(&picture, TONE_INK, (struct point){10, 60}, ANCHOR_MIDDLE, span_of("m"));
    assert_ok(&job, picture_end(&picture, 80));
    const char *svg = written(&job, &picture);
    static const char *const parts[] = {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart wide\" viewBox=\"0 0 100 80\" role=\"img\" "
        "aria-labelledby=\"t7 d7\">",
        "<title id=\"t7\">A &amp; B</title><desc id=\"d7\">Two &lt;marks",
        "<line class=\"short\" x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4.13\" stroke-width=\"2.5\"></line>",
        "<line class=\"grid dashed\"",
        "<rect class=\"band\" x=\"1\" y=\"2\" width=\"10\" height=\"20\"></rect>",
        "<circle class=\"above\" cx=\"6\" cy=\"7\" r=\"5\"><title>n = 5 &lt; 10</title></circle>",
        "<circle class=\"unsure hollow fine\"",
        "<polyline class=\"first\" points=\"1 2 3 4 5 6.5\" stroke-width=\"2\"></polyline>",
        "<polygon class=\"sixth\" points=\"1 2 3 4 5 6.5\"",
        "<text class=\"soft\" x=\"10\" y=\"20\">a &lt; b</text>",
        "<text class=\"short bold end large\" x=\"10\" y=\"40\">−0.44</text>",
        "<text class=\"ink middle\"",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(svg, parts[i]))
            fail_msg("not written: %s\nin %s", parts[i], svg);
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_mark)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
