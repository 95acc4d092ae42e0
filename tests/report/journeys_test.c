/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static struct row *rated(struct hand *hand, struct table *table, const char *touchpoint, double rating)
{
    struct row *row = hand_row(hand, table, touchpoint);
    hand_number(table, row, "rating", rating);
    hand_number(table, row, "ci_low", rating - 0.25);
    hand_number(table, row, "ci_high", rating + 0.25);
    return row;
}

/* Lowest and highest by their ratings, of the touchpoints that have an interval; a lone one is neither. */
static void lowest_and_highest(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    assert_string_equal(section_text(&hand, "journeys"), "");
    struct table *table = hand_table(&hand, "journey_touchpoint", NULL);
    (void)rated(&hand, table, "desk", 4.5);
    assert_string_equal(section_text(&hand, "journeys"), "");
    (void)rated(&hand, table, "pay", 3.25);
    (void)rated(&hand, table, "call", 5);
    struct row *few = hand_row(&hand, table, "offer");
    hand_number(table, few, "rating", 1);
    const char *text = section_text(&hand, "journeys");
    assert_non_null(strstr(text, "## Journeys\n* Rated lowest: pay, 3.25 [3.00, 3.50], in 100 journeys.\n"
                                 "* Rated highest: call, 5.00 [4.75, 5.25].\n"));
    hand_end(&hand);
}

/* The line stands before its table, in the order of the journey; its title says where it peaks and where it ends. */
static void the_line(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    hand.study.columns.journey.rating_scale =
        (struct scale){.id = "stars", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = 7};
    struct table *table = hand_table(&hand, "journey_touchpoint", NULL);
    static const double places[] = {1, 0, 0.4};
    static const double ratings[] = {4.5, 5.5, 2};
    for (uint32_t i = 0; i < 3; i++) {
        struct row *row = rated(&hand, table, ((const char *const[]){"pay", "call", "wait"})[i], ratings[i]);
        hand_number(table, row, "place", places[i]);
        hand_count(table, row, "last", i == 0 ? 60 : 5);
    }
    (void)hand_row(&hand, table, "never rated");
    assert_non_null(
        strstr(section_text(&hand, "journeys"),
               "chart journey_touchpoint 0: The low point of the journey is “wait” (2.00); most journeys end at “pay” (4.50) | "
               "n = 100 journeys at most; touchpoints in the order in which journeys come past them, from top to bottom; the "
               "peak is farthest from the middle of the scale 1–7, 95 % intervals\ntable journey_touchpoint: "));
    const struct document *document = hand_story(&hand, (const char *const[]){"journeys", NULL});
    for (uint32_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->blocks[i];
        if (block->kind != DOCUMENT_CHART)
            continue;
        assert_string_equal(block->chart, "journey_line");
        assert_int_equal(block->drawn_count, 3);
        assert_true(block->drawn[0] == 1 && block->drawn[1] == 2 && block->drawn[2] == 0);
    }
    hand_number(table, &table->rows[2], "rating", 4.1);
    hand_count(table, &table->rows[1], "last", 70);
    assert_non_null(strstr(section_text(&hand, "journeys"), ": Most journeys end where ratings peak: at “call” (5.50) | "));
    hand_end(&hand);
}

/* Hours only where moments have times. */
static void ways_and_times(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "journey_overview", NULL);
    struct row *row = hand_row(&hand, table, "all");
    hand_count(table, row, "touchpoints", 5);
    hand_count(table, row, "variants", 31);
    hand_number(table, row, "moments_mean", 4.3);
    assert_non_null(strstr(section_text(&hand, "journeys"),
                           "* 100 journeys take 31 different orders of 5 touchpoints, 4.3 moments on average.\n"));
    hand_number(table, row, "duration_median", 12.5);
    assert_non_null(strstr(section_text(&hand, "journeys"),
                           "* 100 journeys take 31 different orders of 5 touchpoints; half of them take at most 12.5 hours.\n"));
    hand_end(&hand);
}

/* A trend is told when its interval leaves out 0; on which side decides the sentence. */
static void trends(void **state)
{
    (void)state;
    static const double ends[3][2] = {{0.1, 0.7}, {-0.9, -0.2}, {-0.2, 0.6}};
    static const char *const told[3] = {"Ratings rise along the journey", "Ratings fall along the journey", NULL};
    for (size_t i = 0; i < 3; i++) {
        struct hand hand;
        hand_begin(&hand, 1);
        struct table *table = hand_table(&hand, "journey_shape", NULL);
        struct row *row = hand_row(&hand, table, "trend");
        hand_number(table, row, "value", (ends[i][0] + ends[i][1]) / 2);
        hand_number(table, row, "ci_low", ends[i][0]);
        hand_number(table, row, "ci_high", ends[i][1]);
        const char *text = section_text(&hand, "journeys");
        assert_true(told[i] ? strstr(text, told[i]) != NULL : *text == '\0');
        hand_end(&hand);
    }
}

/* "Do not hard-code the rule": the best model is named, unless another is as good. */
static void what_is_remembered(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "journey_memory", NULL);
    hand_text(table, hand_row(&hand, table, "mean"), "verdict", "worse");
    struct row *row = hand_row(&hand, table, "peak_end");
    hand_text(table, row, "verdict", "best");
    hand_number(table, row, "r2_cv", 0.4);
    assert_non_null(
        strstr(section_text(&hand, "journeys"), "goes best with the peak and the end of the journey: they foretell 0.400"));
    hand_text(table, hand_row(&hand, table, "shape"), "verdict", "as_good");
    assert_non_null(strstr(section_text(&hand, "journeys"),
                           "What memory goes best with is not settled by these journeys: “peak end” and "
                           "“shape” foretell it about equally well.\n"));
    hand_end(&hand);
}

static void moments_of_truth(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "moment_of_truth", NULL);
    hand_text(table, hand_row(&hand, table, "call"), "verdict", "not_shown");
    assert_string_equal(section_text(&hand, "journeys"), "");
    hand_text(table, hand_row(&hand, table, "pay"), "verdict", "moment_of_truth");
    assert_non_null(strstr(section_text(&hand, "journeys"), "Satisfaction goes most with “pay”; what goes with it need not"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line), cmocka_unit_test(lowest_and_highest), cmocka_unit_test(ways_and_times),
        cmocka_unit_test(trends),   cmocka_unit_test(what_is_remembered), cmocka_unit_test(moments_of_truth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
