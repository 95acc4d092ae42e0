/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "support/picture_reading.h"

/* takes   half  of both intervals; 0 = none */
static void item_add(struct hand *hand, struct table *table, uint32_t index, struct point means, double half)
{
    struct row *row = hand_row(hand, table, hand->ids[index]);
    hand_number(table, row, "functional_mean", means.y);
    hand_number(table, row, "dysfunctional_mean", means.x);
    hand_text(table, row, "continuous_category",
              means.y >= 2 ? (means.x >= 2 ? "one-dimensional" : "attractive") : (means.x >= 2 ? "must-be" : "indifferent"));
    if (half <= 0)
        return;
    hand_number(table, row, "functional_low", means.y - half);
    hand_number(table, row, "functional_high", means.y + half);
    hand_number(table, row, "dysfunctional_low", means.x - half);
    hand_number(table, row, "dysfunctional_high", means.x + half);
    hand_text(table, row, "continuous_certainty", index % 2 ? "undecided" : "clear");
}

/* 1, 3, 22 and 60 items in every room, all in one corner and all over, below 0 too */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    for (size_t c = 0; c < 4; c++) {
        for (unsigned spread = 0; spread < 2; spread++) {
            struct hand hand;
            hand_begin(&hand, counts[c]);
            struct table *table = hand_table(&hand, "kano", NULL);
            for (uint32_t i = 0; i < counts[c]; i++)
                item_add(&hand, table, i,
                         spread ? (struct point){i * 23 % 59 / 10.0 - 2, i * 37 % 61 / 10.0 - 2} : (struct point){3.9, 3.8}, 0.2);
            for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
                struct picture picture = picture_of(&hand, "kano_means", room);
                picture_assert_readable(&picture);
            }
            hand_end(&hand);
        }
    }
}

/* The mean when there goes up, the one when missing to the right, over 0 … 4 with the lines at 2; filled where neither interval leaves
 * its quarter. */
static void a_dot_stands_where_its_means_are(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "kano", NULL);
    item_add(&hand, table, 0, (struct point){1, 3}, 0.25);
    item_add(&hand, table, 1, (struct point){2, 0.5}, 0.25);
    struct picture picture = picture_of(&hand, "kano_means", ROOM_WIDE);
    const struct mark *first = picture_mark(&picture, MARK_DOT, 0), *second = picture_mark(&picture, MARK_DOT, 1);
    /* Points of 0 … 4 over 52 … 748 across and 416 … 56 up. */
    assert_true(fabs(first->at.x - (52 + 1 * 174)) < 1e-9 && fabs(first->at.y - (416 - 3 * 90)) < 1e-9);
    assert_true(fabs(second->at.x - (52 + 2 * 174)) < 1e-9 && fabs(second->at.y - (416 - 0.5 * 90)) < 1e-9);
    assert_true(!first->hollow && second->hollow);
    assert_int_equal(first->tone, TONE_THIRD);
    assert_int_equal(second->tone, TONE_SECOND);
    assert_string_equal(first->tip, "Item one: Attractive; when there 3.00 [2.75, 3.25], when missing 1.00 [0.75, 1.25]");
    assert_non_null(picture_find_text(&picture, "○ not clear"));
    assert_non_null(picture_find_text(&picture, "Must be"));
    hand_end(&hand);
}

/* An interval that reaches below 0 moves both ends by a whole point; without intervals dots are filled and nothing is said of clear ones;
 * an item without means is left out. */
static void below_zero_and_without_intervals(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "kano", NULL);
    item_add(&hand, table, 0, (struct point){0.1, 3}, 0.25);
    struct picture picture = picture_of(&hand, "kano_means", ROOM_WIDE);
    const struct mark *dot = picture_mark(&picture, MARK_DOT, 0);
    /* −1 … 4 */
    assert_true(fabs(dot->at.x - (52 + 1.1 / 5 * 696)) < 1e-9 && fabs(dot->at.y - (416 - 4.0 / 5 * 360)) < 1e-9);
    hand_end(&hand);
    hand_begin(&hand, 2);
    table = hand_table(&hand, "kano", NULL);
    (void)hand_row(&hand, table, hand.ids[0]);
    item_add(&hand, table, 1, (struct point){1, 1}, 0);
    picture = picture_of(&hand, "kano_means", ROOM_WIDE);
    assert_false(picture_mark(&picture, MARK_DOT, 0)->hollow);
    assert_null(picture_find_text(&picture, "● clear what it is to customers"));
    size_t dots = 0;
    for (size_t i = 0; i < picture.mark_count; i++)
        dots += picture.marks[i].kind == MARK_DOT;
    assert_int_equal(dots, 1);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_never_overlap),
        cmocka_unit_test(a_dot_stands_where_its_means_are),
        cmocka_unit_test(below_zero_and_without_intervals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
