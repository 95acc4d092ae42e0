/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/chart_choice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/document_text.h"
#include "support/hand_document.h"

static enum status wished(struct job *job, const char *text, struct chart_wish *wish)
{
    return chart_wish_read(&job->ctx, span_of(text), wish);
}

/* "gap_lollipop", "driver_bars:2", or nothing. */
static void wishes_are_read(void **state)
{
    (void)state;
    struct job job;
    struct chart_wish wish;
    job_begin(&job);
    assert_ok(&job, wished(&job, "", &wish));
    assert_null(wish.name);
    assert_ok(&job, wished(&job, "gap_lollipop", &wish));
    assert_string_equal(wish.name, "gap_lollipop");
    assert_int_equal(wish.number, 1);
    assert_ok(&job, wished(&job, "driver_bars:12", &wish));
    assert_string_equal(wish.name, "driver_bars");
    assert_int_equal(wish.number, 12);
    static const char *const wrong[] = {"driver_bars:", "driver_bars:0", "driver_bars:1.5", "driver_bars:-1", "driver_bars:1001"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(wished(&job, wrong[i], &wish), STATUS_USAGE);
        assert_non_null(strstr(job.ctx.error.sentence, "driver_bars:2"));
    }
    assert_int_equal(wished(&job, "gap_lollipo", &wish), STATUS_USAGE);
    assert_non_null(strstr(job.ctx.error.sentence, "\"gap_lollipo\" is no chart; there are: answer_distribution, cusum_chart, "));
    assert_int_equal(wished(&job, ":1", &wish), STATUS_USAGE);
    job_end(&job);
}

/* The document with nothing but the chart; what it has not is refused, naming what it has. */
static void one_chart_is_left(void **state)
{
    (void)state;
    struct hand hand;
    const struct document *alone = NULL;
    hand_document_begin(&hand);
    const struct document *whole = hand_document(&hand);
    struct ctx *ctx = &hand.job.ctx;
    assert_ok(&hand.job, chart_choose(ctx, whole, &(struct chart_wish){"gap_lollipop", 1}, &alone));
    assert_int_equal(alone->block_count, 1);
    assert_int_equal(alone->blocks[0].kind, DOCUMENT_CHART);
    assert_string_equal(alone->blocks[0].chart, "gap_lollipop");
    assert_string_equal(alone->head.title, whole->head.title);
    assert_int_equal(chart_choose(ctx, whole, &(struct chart_wish){"gap_lollipop", 2}, &alone), STATUS_USAGE);
    assert_string_equal(ctx->error.sentence, "This report has 1 of the chart gap_lollipop, so there is no gap_lollipop:2.");
    assert_int_equal(chart_choose(ctx, whole, &(struct chart_wish){"kano_map", 1}, &alone), STATUS_USAGE);
    assert_string_equal(ctx->error.sentence, "This report has no chart kano_map; it has: gap_lollipop.");
    hand_end(&hand);
}

/* The second of a kind, and how many there are. */
static void charts_of_a_kind_are_counted(void **state)
{
    (void)state;
    struct hand hand;
    struct document *twice = NULL;
    const struct document *alone = NULL;
    hand_document_begin(&hand);
    const struct document *whole = hand_document(&hand);
    struct ctx *ctx = &hand.job.ctx;
    assert_ok(&hand.job, document_create(ctx, &whole->head, &twice));
    for (uint32_t i = 0; i < whole->block_count; i++) {
        for (unsigned copy = 0; whole->blocks[i].kind == DOCUMENT_CHART && copy < 2; copy++) {
            struct document_block *block = NULL;
            assert_ok(&hand.job, document_add(ctx, twice, DOCUMENT_CHART, &block));
            *block = whole->blocks[i];
            block->text = copy ? "the second" : "the first";
        }
    }
    assert_ok(&hand.job, chart_choose(ctx, twice, &(struct chart_wish){"gap_lollipop", 2}, &alone));
    assert_string_equal(alone->blocks[0].text, "the second");
    assert_ok(&hand.job, chart_choose(ctx, twice, &(struct chart_wish){"gap_lollipop", 1}, &alone));
    assert_string_equal(alone->blocks[0].text, "the first");
    assert_int_equal(chart_choose(ctx, twice, &(struct chart_wish){"zone_bands", 1}, &alone), STATUS_USAGE);
    assert_non_null(strstr(ctx->error.sentence, "it has: gap_lollipop (2)."));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wishes_are_read),
        cmocka_unit_test(one_chart_is_left),
        cmocka_unit_test(charts_of_a_kind_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
