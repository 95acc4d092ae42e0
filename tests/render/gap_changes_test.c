/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/picture_reading.h"

struct change {
    const char *subject;
    double before, now, half, p;
};

static struct row *change_add(struct hand *hand, struct table *table, const struct change *change)
{
    struct row *row = hand_row(hand, table, change->subject);
    hand_number(table, row, "gap_old", change->before);
    hand_number(table, row, "gap_new", change->now);
    hand_number(table, row, "change", change->now - change->before);
    hand_number(table, row, "ci_low", change->now - change->before - change->half);
    hand_number(table, row, "ci_high", change->now - change->before + change->half);
    hand_number(table, row, "p_holm", change->p);
    return row;
}

/* Hollow before, filled now, a line between them; colour and word by the p that allows for all rows. */
static void before_and_now(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "gap_change", NULL);
    (void)change_add(&hand, table, &(struct change){"care", -0.5, 0, 0.2, 0.01});
    (void)change_add(&hand, table, &(struct change){"speed", -0.2, -0.5, 0.1, 0.03});
    (void)change_add(&hand, table, &(struct change){"overall", -0.3, -0.2, 0.5, 0.6});
    struct picture picture = picture_of(&hand, "gap_changes", ROOM_WIDE);
    picture_assert_readable(&picture);
    /* −0.5 … 0 with 4 % at either end over 252 … 418; changes −0.7 … 0.7 over 436 … 530 */
    double unit = 166 / 0.54;
    const struct mark *before = picture_mark(&picture, MARK_DOT, 0), *now = picture_mark(&picture, MARK_DOT, 1);
    const struct mark *change = picture_mark(&picture, MARK_DOT, 2);
    assert_true(fabs(before->at.x - (252 + 0.02 * unit)) < 1e-9 && before->hollow);
    assert_true(fabs(now->at.x - (252 + 0.52 * unit)) < 1e-9 && !now->hollow);
    assert_true(fabs(change->at.x - (483 + 47 * 0.5 / 0.7)) < 1e-9);
    assert_int_equal(now->tone, TONE_ABOVE);
    assert_int_equal(picture_mark(&picture, MARK_DOT, 3)->tone, TONE_SHORT);
    assert_int_equal(picture_mark(&picture, MARK_DOT, 6)->tone, TONE_UNDECIDED);
    assert_true(picture_find_text(&picture, "better")->at.y < picture_find_text(&picture, "worse")->at.y);
    assert_true(picture_find_text(&picture, "worse")->at.y < picture_find_text(&picture, "unclear")->at.y);
    assert_non_null(picture_find_text(&picture, "Overall"));
    assert_non_null(picture_find_text(&picture, "[0.30, 0.70]"));
    assert_string_equal(picture.description, "3 rows, from Care +0.50 to Overall +0.10. The table holds all numbers.");
    hand_number(table, &table->rows[0], "gap_new", -0.1);
    picture = picture_of(&hand, "gap_changes", ROOM_WIDE);
    assert_true(fabs(picture_mark(&picture, MARK_DOT, 1)->at.x - (252 + 0.42 * unit)) < 1e-9);
    hand_end(&hand);
}

/* A row of waves is named by its step. */
static void steps_are_named(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "gap_waves", NULL);
    struct row *row = change_add(&hand, table, &(struct change){"overall", -0.5, 0, 0.2, 0.01});
    hand_text(table, row, "from", "spring");
    hand_text(table, row, "to", "autumn");
    struct picture picture = picture_of(&hand, "gap_changes", ROOM_WIDE);
    picture_assert_readable(&picture);
    assert_non_null(picture_find_text(&picture, "spring to autumn"));
    hand_end(&hand);
}

/* 1, 3, 22 and 60 rows, equal gaps, wild ends, one side missing, in every room */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    for (size_t c = 0; c < 4; c++) {
        struct hand hand;
        char names[60][96];
        hand_begin(&hand, 1);
        struct table *table = hand_table(&hand, "gap_change", NULL);
        for (uint32_t i = 0; i < counts[c]; i++) {
            (void)snprintf(names[i], sizeof names[i], "subject %u, %s", i,
                           i % 2 ? "which goes on and on far beyond the room of two lines" : "");
            struct row *row = change_add(
                &hand, table, &(struct change){names[i], -0.3, -0.3 + 0.3 * (i % 3), i == 1 ? 40 : 0.1, 0.02 * (i % 5)});
            if (i % 7 == 6)
                hand_blank(table, row, "gap_old", REASON_TOO_FEW);
        }
        struct row *blank = change_add(&hand, table, &(struct change){"nobody", 0, 0, 0, 1});
        for (uint32_t i = 1; i < table->column_count; i++)
            blank->values[i] = value_blank(REASON_NO_PAIRS);
        for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
            struct picture picture = picture_of(&hand, "gap_changes", room);
            picture_assert_readable(&picture);
            assert_non_null(picture_find_text(&picture, "no pairs"));
        }
        hand_end(&hand);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_and_now),
        cmocka_unit_test(steps_are_named),
        cmocka_unit_test(texts_never_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
