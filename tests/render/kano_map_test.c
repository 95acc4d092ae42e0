/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "support/picture_reading.h"

static void item_add(struct hand *hand, struct table *table, uint32_t index, double better, double worse)
{
    struct row *row = hand_row(hand, table, hand->ids[index]);
    hand_number(table, row, "better", better);
    hand_number(table, row, "better_low", fmax(0, better - 0.1));
    hand_number(table, row, "better_high", fmin(1, better + 0.1));
    hand_number(table, row, "worse", -worse);
    hand_number(table, row, "worse_low", -fmin(1, worse + 0.1));
    hand_number(table, row, "worse_high", -fmax(0, worse - 0.1));
    hand_text(table, row, "category", better > 0.5 ? "attractive" : "must-be");
    hand_text(table, row, "certainty", index % 2 ? "mixed" : "clear");
}

/* 1, 3, 22 and 60 items in every room, all in one corner and all over */
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
                item_add(&hand, table, i, spread ? (i * 37 % 61) / 60.0 : 1 - (i % 7) / 50.0,
                         spread ? (i * 23 % 59) / 58.0 : 0.02);
            for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
                struct picture picture = picture_of(&hand, "kano_map", room);
                picture_assert_readable(&picture);
            }
            hand_end(&hand);
        }
    }
}

/* "better" goes up, minus "worse" to the right; the intervals of both cross in the dot; filled where the category is clear. */
static void a_dot_stands_where_its_shares_are(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "kano", NULL);
    item_add(&hand, table, 0, 0.75, 0.25);
    item_add(&hand, table, 1, 0.25, 0.5);
    struct picture picture = picture_of(&hand, "kano_map", ROOM_WIDE);
    const struct mark *first = picture_mark(&picture, MARK_DOT, 0), *second = picture_mark(&picture, MARK_DOT, 1);
    /* Shares of 0 … 1 over 52 … 748 across and 416 … 56 up. */
    assert_true(fabs(first->at.x - (52 + 0.25 * 696)) < 1e-9 && fabs(first->at.y - (416 - 0.75 * 360)) < 1e-9);
    assert_true(fabs(second->at.x - (52 + 0.5 * 696)) < 1e-9 && fabs(second->at.y - (416 - 0.25 * 360)) < 1e-9);
    assert_false(first->hollow);
    assert_true(second->hollow);
    assert_int_equal(first->tone, TONE_THIRD);
    assert_int_equal(second->tone, TONE_SECOND);
    size_t crosses = 0;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        if (mark->kind != MARK_LINE || mark->tone != TONE_THIRD)
            continue;
        bool flat = fabs(mark->at.y - mark->to.y) < 1e-9;
        crosses++;
        assert_true(flat ? fabs(mark->at.x - (52 + 0.15 * 696)) < 1e-9 && fabs(mark->to.x - (52 + 0.35 * 696)) < 1e-9
                         : fabs(mark->at.y - (416 - 0.65 * 360)) < 1e-9 && fabs(mark->to.y - (416 - 0.85 * 360)) < 1e-9);
    }
    assert_int_equal(crosses, 2);
    assert_non_null(picture_find_text(&picture, "Item one"));
    assert_non_null(picture_find_text(&picture, "Must be"));
    assert_non_null(picture_find_text(&picture, "○ not clear"));
    assert_string_equal(first->tip, "Item one: Attractive; pleases 75 % [65, 85], annoys −25 % [−35, −15]");
    hand_end(&hand);
}

/* Items without coefficients are left out; without intervals, as with clusters, the dots stand alone. */
static void blanks_are_left_out(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "kano", NULL);
    item_add(&hand, table, 0, 0.75, 0.25);
    item_add(&hand, table, 1, 0.25, 0.5);
    static const char *const ends[] = {"better_low", "better_high", "worse_low", "worse_high"};
    for (size_t i = 0; i < 4; i++)
        hand_blank(table, &table->rows[0], ends[i], REASON_CLUSTERED);
    hand_blank(table, &table->rows[1], "better", REASON_TOO_FEW);
    hand_blank(table, &table->rows[0], "certainty", REASON_CLUSTERED);
    struct picture picture = picture_of(&hand, "kano_map", ROOM_WIDE);
    assert_int_equal(picture_count(&picture, MARK_DOT, TONE_THIRD), 1);
    assert_int_equal(picture_count(&picture, MARK_DOT, TONE_SECOND), 0);
    assert_int_equal(picture_count(&picture, MARK_LINE, TONE_THIRD), 0);
    assert_null(picture_find_text(&picture, "○ not clear"));
    hand_blank(table, &table->rows[0], "worse", REASON_TOO_FEW);
    picture = picture_of(&hand, "kano_map", ROOM_WIDE);
    assert_int_equal(picture.mark_count, 0);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_never_overlap),
        cmocka_unit_test(a_dot_stands_where_its_shares_are),
        cmocka_unit_test(blanks_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
