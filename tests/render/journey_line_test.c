/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "support/picture_reading.h"

static const char *const labels[] = {
    "desk", "a touchpoint of the usual length", "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung am Stück",
    "a touchpoint that goes on and on, far beyond the room that two lines of a label leave for it in any picture of ours"};

static void journey_begin(struct hand *hand)
{
    hand_begin(hand, 1);
    hand->study.columns.journey.rating_scale =
        (struct scale){.id = "stars", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = 7};
}

static void touchpoint_add(struct hand *hand, struct table *table, const char *name, double rating, double half, uint64_t last)
{
    struct row *row = hand_row(hand, table, name);
    hand_number(table, row, "rating", rating);
    hand_number(table, row, "ci_low", rating - half);
    hand_number(table, row, "ci_high", rating + half);
    hand_count(table, row, "last", last);
}

/* "show the whole scale for means": 1 at the left end, 7 at the right; a line from dot to dot; peak and end filled and in words */
static void dots_lines_and_words(void **state)
{
    (void)state;
    struct hand hand;
    journey_begin(&hand);
    struct table *table = hand_table(&hand, "journey_touchpoint", NULL);
    touchpoint_add(&hand, table, "door", 5, 0.2, 0);
    touchpoint_add(&hand, table, "wait", 2, 0.5, 1);
    touchpoint_add(&hand, table, "pay", 4, 0.25, 9);
    struct picture picture = picture_of(&hand, "journey_line", ROOM_WIDE);
    picture_assert_readable(&picture);
    double unit = 230.0 / 6;
    static const double ratings[] = {5, 2, 4};
    for (size_t i = 0; i < 3; i++) {
        const struct mark *dot = picture_mark(&picture, MARK_DOT, i);
        assert_true(fabs(dot->at.x - (226 + (ratings[i] - 1) * unit)) < 1e-9);
        assert_true(fabs(dot->at.y - (46 + 38.0 * (double)i + 19)) < 1e-9);
        assert_int_equal(dot->hollow, i == 0);
    }
    const struct mark *line = picture_mark(&picture, MARK_LINE, 7); /* after the seven ticks of the scale */
    assert_true(fabs(line->at.x - picture_mark(&picture, MARK_DOT, 0)->at.x) < 1e-9);
    assert_true(fabs(line->to.x - picture_mark(&picture, MARK_DOT, 1)->at.x) < 1e-9);
    const struct mark *low = picture_find_text(&picture, "low point"), *end = picture_find_text(&picture, "most end here");
    assert_true(low && low->bold && low->at.y < end->at.y);
    assert_null(picture_find_text(&picture, "peak"));
    assert_non_null(picture_find_text(&picture, "[1.50, 2.50]"));
    assert_string_equal(picture.description, "3 rows, from Door 5.00 to Pay 4.00. The table holds all numbers.");
    hand_number(table, &table->rows[1], "rating", 6.9);
    picture = picture_of(&hand, "journey_line", ROOM_WIDE);
    assert_non_null(picture_find_text(&picture, "peak"));
    assert_true(fabs(picture_mark(&picture, MARK_DOT, 1)->at.x - (226 + 5.9 * unit)) < 1e-9);
    hand_end(&hand);
}

/* A touchpoint may be both; one without rating says why and is passed over by the line. */
static void both_and_none(void **state)
{
    (void)state;
    struct hand hand;
    journey_begin(&hand);
    struct table *table = hand_table(&hand, "journey_touchpoint", NULL);
    touchpoint_add(&hand, table, "door", 5, 0.2, 0);
    hand_blank(table, hand_row(&hand, table, "wait"), "rating", REASON_TOO_FEW);
    touchpoint_add(&hand, table, "pay", 6, 0.25, 9);
    struct picture picture = picture_of(&hand, "journey_line", ROOM_WIDE);
    picture_assert_readable(&picture);
    assert_non_null(picture_find_text(&picture, "peak, most end here"));
    assert_non_null(picture_find_text(&picture, "too few"));
    const struct mark *line = picture_mark(&picture, MARK_LINE, 7);
    assert_true(fabs(line->to.x - picture_mark(&picture, MARK_DOT, 1)->at.x) < 1e-9);
    hand_end(&hand);
}

/* 1, 3, 22 and 60 touchpoints with short and long names, ends of the scale, and intervals that leave it, in every room */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    for (size_t c = 0; c < 4; c++) {
        struct hand hand;
        journey_begin(&hand);
        struct table *table = hand_table(&hand, "journey_touchpoint", NULL);
        for (uint32_t i = 0; i < counts[c]; i++)
            touchpoint_add(&hand, table, labels[i % 4], i % 3 == 0 ? 1 : i % 3 == 1 ? 7 : 4, i % 2 ? 0.1 : 12.5, i);
        for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
            struct picture picture = picture_of(&hand, "journey_line", room);
            picture_assert_readable(&picture);
            assert_int_equal(picture_count(&picture, MARK_DOT, TONE_FIRST), counts[c]);
        }
        hand_end(&hand);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dots_lines_and_words),
        cmocka_unit_test(both_and_none),
        cmocka_unit_test(texts_never_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
