/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "support/picture_reading.h"

static void item_add(struct hand *hand, struct table *table, uint32_t index, double got, double importance, const char *quadrant)
{
    struct row *row = hand_row(hand, table, hand->ids[index]);
    hand_number(table, row, "performance", got);
    hand_number(table, row, "importance", importance);
    hand_text(table, row, "quadrant", quadrant);
    hand_text(table, row, "settled", index % 2 ? "unsettled" : "settled");
    hand_text(table, row, "importance_kind", "rating");
}

static const char *const labels[] = {"ask", "a question of the usual length for an item",
                                     "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung ohne Leerzeichen"};

/* 1, 3, 22 and 60 items in every room: all alike, all over, and one far from all others */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    for (size_t c = 0; c < 4; c++) {
        for (unsigned way = 0; way < 3; way++) {
            struct hand hand;
            hand_begin(&hand, counts[c]);
            struct table *table = hand_table(&hand, "importance_performance", NULL);
            for (uint32_t i = 0; i < counts[c]; i++) {
                hand.items[i].text = labels[i % 3];
                double x = way == 0 ? 3 : way == 1 ? (i * 37 % 61) / 15.0 : i ? 4 : -80;
                item_add(&hand, table, i, x, way == 0 ? 3 : (i * 23 % 59) / 14.0, "low priority");
            }
            for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
                struct picture picture = picture_of(&hand, "importance_performance_map", room);
                picture_assert_readable(&picture);
            }
            hand_end(&hand);
        }
    }
}

/* Importance goes up and performance to the right; the lines stand at their means; hollow where it is not settled. */
static void a_dot_stands_where_its_means_are(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table = hand_table(&hand, "importance_performance", NULL);
    item_add(&hand, table, 0, 3, 4, "concentrate here");
    item_add(&hand, table, 1, 5, 3, "keep up");
    item_add(&hand, table, 2, 4, 2, "low priority");
    struct picture picture = picture_of(&hand, "importance_performance_map", ROOM_WIDE);
    const struct mark *dots[] = {picture_mark(&picture, MARK_DOT, 0), picture_mark(&picture, MARK_DOT, 1),
                                 picture_mark(&picture, MARK_DOT, 2)};
    /* 3 … 5 over 52 … 748 across, 2 … 4 over 416 … 56 up; both means lie in the middle. */
    assert_true(fabs(dots[0]->at.x - 52) < 1e-9 && fabs(dots[0]->at.y - 56) < 1e-9);
    assert_true(fabs(dots[1]->at.x - 748) < 1e-9 && fabs(dots[1]->at.y - 236) < 1e-9);
    assert_true(fabs(dots[2]->at.x - 400) < 1e-9 && fabs(dots[2]->at.y - 416) < 1e-9);
    assert_int_equal(dots[0]->tone, TONE_SHORT);
    assert_int_equal(dots[1]->tone, TONE_ABOVE);
    assert_int_equal(dots[2]->tone, TONE_UNDECIDED);
    assert_true(!dots[0]->hollow && dots[1]->hollow && !dots[2]->hollow);
    size_t lines = 0;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        if (mark->kind == MARK_LINE && mark->tone == TONE_SOFT) {
            lines++;
            assert_true(fabs(mark->at.x - 400) < 1e-9 || fabs(mark->at.y - 236) < 1e-9);
        }
    }
    assert_int_equal(lines, 2);
    assert_string_equal(dots[0]->tip, "Item one: got 3.00, importance 4.00, Concentrate here");
    assert_non_null(picture_find_text(&picture, "↑ Importance (mean rating)"));
    assert_null(picture_find_text(&picture, "1")); /* names have room: no numbers */
    hand_end(&hand);
}

/* Long names: numbers stand beside the dots and a list says what they are; a blank item has neither. */
static void long_names_stand_in_a_list(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    struct table *table = hand_table(&hand, "importance_performance", NULL);
    hand.items[0].text = labels[1];
    item_add(&hand, table, 0, 3, 4, "concentrate here");
    item_add(&hand, table, 1, 5, 3, "keep up");
    item_add(&hand, table, 2, 4, 2, "low priority");
    struct row *blank = hand_row(&hand, table, "q4");
    hand_blank(table, blank, "performance", REASON_TOO_FEW);
    struct picture picture = picture_of(&hand, "importance_performance_map", ROOM_WIDE);
    assert_non_null(picture_find_text(&picture, "A question of the usual length for an item"));
    assert_true(picture_find_text(&picture, "A question of the usual length for an item")->at.y > 446);
    assert_non_null(picture_find_text(&picture, "3"));
    assert_null(picture_find_text(&picture, "4"));
    hand_end(&hand);
}

/* Points are asked of dimensions; without replicates nothing is said of what is settled. */
static void dimensions_and_no_replicates(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "importance_performance", NULL);
    item_add(&hand, table, 0, 3, 60, "concentrate here");
    struct row *row = &table->rows[0];
    hand_blank(table, row, "item", REASON_NOT_APPLICABLE);
    hand_blank(table, row, "settled", REASON_NOT_ASKED);
    hand_text(table, row, "dimension", "speed");
    hand_text(table, row, "importance_kind", "points");
    struct picture picture = picture_of(&hand, "importance_performance_map", ROOM_WIDE);
    assert_non_null(picture_find_text(&picture, "Speed"));
    assert_non_null(picture_find_text(&picture, "↑ Importance (mean of 100 points)"));
    assert_null(picture_find_text(&picture, "● where it lies is settled"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_never_overlap),
        cmocka_unit_test(a_dot_stands_where_its_means_are),
        cmocka_unit_test(long_names_stand_in_a_list),
        cmocka_unit_test(dimensions_and_no_replicates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
