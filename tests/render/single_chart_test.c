/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/single_chart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/chart_samples.h"
#include "support/page_reading.h"
#include "support/picture_reading.h"
#include "support/rendered_text.h"

/* A document of one chart, as many times. */
static const struct document *document_of(struct hand *hand, const struct document_block *block, unsigned times)
{
    struct document *document = NULL;
    assert_ok(&hand->job, document_create(&hand->job.ctx, &hand->head, &document));
    for (unsigned i = 0; i < times; i++) {
        struct document_block *added = NULL;
        assert_ok(&hand->job, document_add(&hand->job.ctx, document, DOCUMENT_CHART, &added));
        *added = *block;
    }
    return document;
}

/* "one chart alone, with title": every chart stands with its finding and base above it and the study below it, and nothing overlaps. */
static void every_chart_stands_alone(void **state)
{
    (void)state;
    for (size_t c = 0; c < chart_register_count; c++) {
        struct hand hand;
        struct document_block block;
        struct picture picture;
        assert_true(chart_sample_begin(&hand, chart_register[c]->name, 22, &block));
        if (block.kind == DOCUMENT_CHART) {
            assert_ok(&hand.job, single_chart_make(&hand.job.ctx, document_of(&hand, &block, 1), &picture));
            picture_assert_readable(&picture);
            assert_string_equal(picture.title, block.text);
            const struct mark *first = picture_mark(&picture, MARK_TEXT, 0);
            assert_true(first->bold && first->at.y < 60);
            assert_memory_equal(first->text.at, block.text, first->text.length);
            assert_non_null(picture_find_text(&picture, hand.head.title));
            const struct mark *paper = picture_mark(&picture, MARK_BOX, 0);
            assert_true(paper->tone == TONE_PAPER && paper->to.x == picture.width && paper->to.y == picture.height);
        }
        hand_end(&hand);
    }
}

/* A picture of no chart, or of two, is refused, and names them. */
static void one_chart_is_needed(void **state)
{
    (void)state;
    struct hand hand;
    struct document_block block;
    struct picture picture;
    assert_true(chart_sample_begin(&hand, "gap_lollipop", 3, &block));
    assert_int_equal(single_chart_make(&hand.job.ctx, document_of(&hand, &block, 0), &picture), STATUS_USAGE);
    assert_string_equal(hand.job.ctx.error.sentence, "A picture holds one chart, and this report has none.");
    assert_int_equal(single_chart_make(&hand.job.ctx, document_of(&hand, &block, 2), &picture), STATUS_USAGE);
    assert_string_equal(hand.job.ctx.error.sentence, "A picture holds one chart; say which one it is to be: gap_lollipop.");
    hand_end(&hand);
}

/* Words of a language that runs from right to left stand right. */
static void words_stand_where_the_language_begins(void **state)
{
    (void)state;
    struct hand hand;
    struct document_block block;
    struct picture left, right;
    assert_true(chart_sample_begin(&hand, "gap_lollipop", 3, &block));
    assert_ok(&hand.job, single_chart_make(&hand.job.ctx, document_of(&hand, &block, 1), &left));
    hand.head.language = "ar";
    assert_ok(&hand.job, single_chart_make(&hand.job.ctx, document_of(&hand, &block, 1), &right));
    const struct mark *one = picture_mark(&left, MARK_TEXT, 0), *other = picture_mark(&right, MARK_TEXT, 0);
    assert_true(one->anchor == ANCHOR_START && one->at.x < 30);
    assert_true(other->anchor == ANCHOR_END && other->at.x > right.width - 30);
    hand_end(&hand);
}

/* "alt text in SVG": a file of its own, with title and description, whose looks need no stylesheet. */
static void a_drawing_needs_nothing_else(void **state)
{
    (void)state;
    struct hand hand;
    struct document_block block;
    assert_true(chart_sample_begin(&hand, "gap_lollipop", 3, &block));
    const char *svg = rendered_text(&hand.job, document_of(&hand, &block, 1), "svg", rendering_page);
    page_assert_well_formed(arena_format(hand.job.ctx.arena, "<!doctype html>%s", svg));
    static const char *const parts[] = {"<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"en\" width=\"816\" height=\"",
                                        "role=\"img\" aria-labelledby=\"t1 d1\"><title id=\"t1\">",
                                        "<desc id=\"d1\">3 rows",
                                        " font-size=\"18\" font-weight=\"600\" x=\"24\" ",
                                        " text-anchor=\"end\" ",
                                        "fill=\"none\" stroke=\"#d55e00\" stroke-width=\"",
                                        "<circle fill=\"#ffffff\" stroke=\"#d55e00\" stroke-width=\"2\" "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!strstr(svg, parts[i]))
            fail_msg("no %s", parts[i]);
    }
    assert_null(strstr(svg, "class="));
    assert_null(strstr(svg, "unicode-bidi"));
    hand.head.language = "ar";
    assert_non_null(
        strstr(rendered_text(&hand.job, document_of(&hand, &block, 1), "svg", rendering_page), "unicode-bidi=\"plaintext\""));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_chart_stands_alone),
        cmocka_unit_test(one_chart_is_needed),
        cmocka_unit_test(words_stand_where_the_language_begins),
        cmocka_unit_test(a_drawing_needs_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
