/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of chart on one page, drawn by the code that reports use: gallery FILE (./dev gallery). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/markup.h"
#include "model/embedded.h"
#include "render/svg_picture.h"
#include "support/chart_samples.h"
#include "support/picture_reading.h"

static const uint32_t sizes[] = {1, 3, 22, 60};
enum { SIZES = sizeof sizes / sizeof *sizes };

static void page_begin(struct markup *m)
{
    const struct embedded_file *css = embedded_find("assets/report.css");
    markup_open(m, "html");
    markup_attribute(m, "lang", "en");
    markup_open(m, "head");
    markup_void(m, "meta");
    markup_attribute(m, "charset", "utf-8");
    markup_void(m, "meta");
    markup_attribute(m, "name", "viewport");
    markup_attribute(m, "content", "width=device-width, initial-scale=1");
    markup_element(m, "title", "Gapmeter: every chart");
    markup_style(m, (struct span){.at = (const char *)css->at, .length = css->length});
    markup_close(m, "head");
    markup_open(m, "body");
    markup_open(m, "main");
    markup_element(m, "h1", "Every chart");
    markup_element(m, "p",
                   "Drawn by the code that draws reports, from invented figures. Narrow windows show the "
                   "pictures of phones.");
}

static void picture_write(struct markup *m, struct hand *hand, const struct document_block *block, enum chart_room room,
                          unsigned number)
{
    static const char *const classes[ROOM_COUNT] = {"chart wide", "chart narrow", "chart paper"};
    struct picture picture;
    char id[32];
    assert_ok(&hand->job, chart_draw(&hand->job.ctx, &hand->head, block, room, &picture));
    (void)snprintf(id, sizeof id, "%u-%u", number, (unsigned)room);
    svg_picture_write(m, &picture, &(struct svg_place){.class = classes[room], .id = id});
}

/* The chart at one size, when it is drawn at that size. */
static void size_write(struct markup *m, const struct chart *chart, uint32_t rows, unsigned number)
{
    struct hand hand;
    struct document_block block;
    assert_true(chart_sample_begin(&hand, chart->name, rows, &block));
    if (block.kind == DOCUMENT_CHART) {
        markup_open(m, "figure");
        markup_open(m, "figcaption");
        markup_element(m, "strong", block.text);
        markup_element(m, "span", block.subtitle);
        markup_close(m, "figcaption");
        picture_write(m, &hand, &block, ROOM_WIDE, number);
        picture_write(m, &hand, &block, ROOM_NARROW, number);
        markup_close(m, "figure");
        markup_newline(m);
    }
    hand_end(&hand);
}

static void gallery_written(void **state)
{
    struct job job;
    struct out *out = NULL;
    struct markup m = {.depth = 0};
    unsigned number = 0;
    job_begin(&job);
    assert_ok(&job, out_open_file(&job.ctx, *state, &out));
    markup_begin(&m, out);
    page_begin(&m);
    for (size_t c = 0; c < chart_register_count; c++) {
        markup_element(&m, "h2", chart_register[c]->name);
        markup_element(&m, "p", chart_register[c]->meaning);
        for (size_t s = 0; s < SIZES; s++)
            size_write(&m, chart_register[c], sizes[s], ++number);
    }
    markup_close(&m, "main");
    markup_close(&m, "body");
    markup_close(&m, "html");
    assert_ok(&job, out_close(&job.ctx, out));
    job_end(&job);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        (void)fputs("usage: gallery FILE\n", stderr);
        return 2;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(gallery_written, argv[1])};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
