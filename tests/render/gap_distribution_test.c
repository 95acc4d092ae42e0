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
    "ask", "a question of the usual length for an item", "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung am Stück",
    "a question that goes on and on, far beyond the room that two lines of a label leave for it in any picture of ours"};

/* −2 or less, −1, 0, +1, +2 or more */
static struct row *spread_add(struct hand *hand, struct table *table, const char *item, const double shares[5])
{
    static const char *const columns[] = {"share_two_below", "share_one_below", "share_equal", "share_one_above",
                                          "share_two_above"};
    struct row *row = hand_row(hand, table, item);
    double net = shares[3] + shares[4] - shares[0] - shares[1];
    hand_count(table, row, "n", 100);
    for (size_t i = 0; i < 5; i++)
        hand_number(table, row, columns[i], shares[i]);
    hand_number(table, row, "net", net);
    hand_number(table, row, "net_low", fmax(net - 0.1, -1));
    hand_number(table, row, "net_high", fmin(net + 0.1, 1));
    return row;
}

/* "diverging stacked bars, centred on the middle": parts follow each other, in the scale of the shares, and those who got what they
 * expected lie half to either side. */
static void parts_are_centred(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "gap_bands", NULL);
    (void)spread_add(&hand, table, "q1", (double[]){0.3, 0.2, 0.2, 0.2, 0.1});
    (void)spread_add(&hand, table, "q2", (double[]){0, 0.1, 0.4, 0.1, 0.4});
    struct picture picture = picture_of(&hand, "gap_distribution", ROOM_WIDE);
    picture_assert_readable(&picture);
    /* −0.6 … 0.7 over 264 … 504 */
    double unit = 240 / 1.3, middle = 264 + 0.6 * unit;
    const struct mark *two_below = picture_mark(&picture, MARK_BOX, 0), *equal = picture_mark(&picture, MARK_BOX, 2);
    const struct mark *one_below = picture_mark(&picture, MARK_BOX, 1), *two_above = picture_mark(&picture, MARK_BOX, 4);
    assert_true(fabs(two_below->at.x - 264) < 1e-9 && fabs(two_below->to.x - (264 + 0.3 * unit)) < 1e-9);
    assert_true(fabs(equal->at.x - (middle - 0.1 * unit)) < 1e-9 && fabs(equal->to.x - (middle + 0.1 * unit)) < 1e-9);
    assert_true(fabs(two_above->to.x - (middle + 0.4 * unit)) < 1e-9);
    assert_true(two_below->tone == TONE_SHORT && !two_below->hollow && one_below->tone == TONE_SHORT && one_below->hollow);
    assert_true(equal->tone == TONE_BAND && two_above->tone == TONE_ABOVE && !two_above->hollow);
    assert_string_equal(two_below->tip, "−2 or less: 30 %");
    /* the second row: nobody two below */
    assert_true(fabs(picture_mark(&picture, MARK_BOX, 5)->to.x - (middle - 0.2 * unit) + 1) < 1e-9);
    assert_non_null(picture_find_text(&picture, "50 %")); /* less, of the first; more, of the second */
    assert_non_null(picture_find_text(&picture, "30 %"));
    assert_non_null(picture_find_text(&picture, "−20"));
    assert_non_null(picture_find_text(&picture, "[−30, −10]"));
    assert_int_equal(picture_find_text(&picture, "−20")->tone, TONE_SHORT);
    assert_int_equal(picture_find_text(&picture, "+40")->tone, TONE_ABOVE);
    assert_string_equal(picture.description, "2 rows, from Item one −20 to Item two +40. The table holds all numbers.");
    hand_end(&hand);
}

/* An interval that holds 0 has no side. */
static void undecided_is_grey(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "gap_bands", NULL);
    (void)spread_add(&hand, table, "q1", (double[]){0.1, 0.2, 0.35, 0.2, 0.15});
    struct picture picture = picture_of(&hand, "gap_distribution", ROOM_WIDE);
    assert_int_equal(picture_find_text(&picture, "+5")->tone, TONE_INK);
    assert_int_equal(picture_mark(&picture, MARK_DOT, 0)->tone, TONE_UNDECIDED);
    hand_end(&hand);
}

/* 1, 3, 22 and 60 items, all on one side, all the same, and nobody at all, in every room */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    static const double shares[][5] = {
        {1, 0, 0, 0, 0}, {0, 0, 1, 0, 0}, {0.001, 0.4, 0.001, 0.4, 0.198}, {0, 0, 0, 0, 1}, {0.25, 0.25, 0, 0.25, 0.25}};
    for (size_t c = 0; c < 4; c++) {
        for (size_t s = 0; s < 5; s++) {
            struct hand hand;
            hand_begin(&hand, counts[c]);
            struct table *table = hand_table(&hand, "gap_bands", NULL);
            for (uint32_t i = 0; i < counts[c]; i++) {
                hand.items[i].text = labels[i % 4];
                (void)spread_add(&hand, table, hand.ids[i], shares[i % 3 ? s : (s + i) % 5]);
            }
            struct row *blank = hand_row(&hand, table, "q1");
            for (uint32_t i = 2; i < table->column_count; i++)
                blank->values[i] = value_blank(REASON_NO_PAIRS);
            for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
                struct picture picture = picture_of(&hand, "gap_distribution", room);
                picture_assert_readable(&picture);
                assert_non_null(picture_find_text(&picture, "no pairs"));
            }
            hand_end(&hand);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_centred),
        cmocka_unit_test(undecided_is_grey),
        cmocka_unit_test(texts_never_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
