/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/picture_reading.h"

static const char *const labels[] = {
    "ask", "a question of the usual length for an item", "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung am Stück",
    "a question that goes on and on, far beyond the room that two lines of a label leave for it in any picture of ours"};

/* A row of one item on a scale of `count` points.
 * takes   shares  [count]; NULL: sides of 10, 30 and 60 % alone */
static void item_add(struct hand *hand, struct table *table, const char *item, const double *shares, uint32_t count)
{
    static const char *const points[] = {"point_1", "point_2", "point_3", "point_4",  "point_5", "point_6",
                                         "point_7", "point_8", "point_9", "point_10", "point_11"};
    double sides[3] = {shares ? 0 : 0.1, shares ? 0 : 0.3, shares ? 0 : 0.6};
    struct row *row = hand_row(hand, table, item);
    for (uint32_t i = 0; shares && i < count; i++) {
        sides[i < count / 2 ? 0 : i >= count - count / 2 ? 2 : 1] += shares[i];
        hand_number(table, row, points[i], shares[i]);
    }
    hand_text(table, row, "standard", "perception");
    hand_count(table, row, "n", 100);
    hand_number(table, row, "below", sides[0]);
    if (!shares || count % 2)
        hand_number(table, row, "middle", sides[1]);
    hand_number(table, row, "above", sides[2]);
    hand_number(table, row, "above_low", fmax(sides[2] - 0.1, 0));
    hand_number(table, row, "above_high", fmin(sides[2] + 0.1, 1));
}

/* "centred on the scale's middle: per item the shares of each scale point": parts follow each other, the middle one at the middle; the
 * outer half of either side is filled. */
static void a_part_for_each_point(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "answer_shares", NULL);
    item_add(&hand, table, "q1", (const double[]){0.1, 0.2, 0.2, 0.3, 0.2}, 5);
    item_add(&hand, table, "q2", (const double[]){0.1, 0.1, 0.4, 0.4}, 4);
    struct picture picture = picture_of(&hand, "answer_distribution", ROOM_WIDE);
    picture_assert_readable(&picture);
    /* −0.4 … 0.8 over 264 … 504 */
    double unit = 240 / 1.2, middle = 264 + 0.4 * unit;
    static const double ends[] = {-0.4, -0.3, -0.1, 0.1, 0.4, 0.6};
    for (size_t i = 0; i < 5; i++) {
        const struct mark *box = picture_mark(&picture, MARK_BOX, i);
        bool hollow = i == 1 || i == 3;
        assert_true(box->hollow == hollow);
        assert_true(fabs(box->at.x - (middle + ends[i] * unit) - hollow) < 1e-9);
        assert_true(fabs(box->to.x - (middle + ends[i + 1] * unit) + hollow) < 1e-9);
        assert_int_equal(box->tone, i < 2 ? TONE_SECOND : i == 2 ? TONE_BAND : TONE_FIRST);
    }
    assert_string_equal(picture_mark(&picture, MARK_BOX, 3)->tip, "4: 30 %");
    assert_true(fabs(picture_mark(&picture, MARK_BOX, 6)->to.x - (middle - 1)) < 1e-9); /* no middle: both sides meet */
    assert_non_null(picture_find_text(&picture, "50 %"));
    assert_non_null(picture_find_text(&picture, "50"));
    assert_non_null(picture_find_text(&picture, "[40, 60]"));
    assert_non_null(picture_find_text(&picture, "[70, 90]"));
    assert_true(fabs(picture_mark(&picture, MARK_DOT, 0)->at.x - (562 + 35)) < 1e-9);
    assert_string_equal(picture.description, "2 rows, from Item one 50 to Item two 80. The table holds all numbers.");
    hand_end(&hand);
}

/* Long scales have three parts. */
static void sides_alone(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    item_add(&hand, hand_table(&hand, "answer_shares", NULL), "q1", NULL, 0);
    struct picture picture = picture_of(&hand, "answer_distribution", ROOM_WIDE);
    picture_assert_readable(&picture);
    assert_int_equal(picture_count(&picture, MARK_BOX, TONE_SECOND), 1);
    assert_int_equal(picture_count(&picture, MARK_BOX, TONE_BAND), 1);
    assert_int_equal(picture_count(&picture, MARK_BOX, TONE_FIRST), 1);
    assert_false(picture_mark(&picture, MARK_BOX, 0)->hollow);
    hand_end(&hand);
}

/* 1, 3, 22 and 60 items on scales of 2 to 11 points: all at one end, all in the middle, spread, and nobody, in every room */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60}, points[] = {2, 5, 7, 11};
    for (size_t at = 0; at < 48; at++) {
        uint32_t count = counts[at % 4], steps = points[at / 4 % 4];
        struct hand hand;
        hand_begin(&hand, count);
        hand.scales[0] = (struct scale){.id = "points", .min = {1, 0}, .max = {(int)steps, 0}, .step = {1, 0}, .steps = steps};
        struct table *table = hand_table(&hand, "answer_shares", NULL);
        for (uint32_t i = 0; i < count; i++) {
            double shares[11] = {0};
            hand.items[i].text = labels[i % 4];
            for (uint32_t p = 0; p < steps && at / 16 == 2; p++)
                shares[p] = 1.0 / steps;
            if (at / 16 < 2)
                shares[at / 16 ? steps / 2 : 0] = 1;
            item_add(&hand, table, hand.ids[i], shares, steps);
        }
        struct row *blank = hand_row(&hand, table, "q1");
        hand_blank(table, blank, "above", REASON_NO_PAIRS);
        for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
            struct picture picture = picture_of(&hand, "answer_distribution", room);
            picture_assert_readable(&picture);
        }
        hand_end(&hand);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_for_each_point),
        cmocka_unit_test(sides_alone),
        cmocka_unit_test(texts_never_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
