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

static const char *const by = "branch";

struct unit {
    const char *name;
    uint64_t people;
    double gap, shrunken, half;
    double ranks[3]; /* best, middle, worst */
    const char *funnel;
};

static struct row *unit_add(struct hand *hand, struct table *table, const struct unit *unit)
{
    struct row *row = hand_group_row(hand, table, "overall", unit->name, unit->people);
    hand_count(table, row, "n", unit->people);
    hand_number(table, row, "gap", unit->gap);
    hand_number(table, row, "shrunken_gap", unit->shrunken);
    hand_number(table, row, "ci_low", unit->shrunken - unit->half);
    hand_number(table, row, "ci_high", unit->shrunken + unit->half);
    hand_number(table, row, "rank_low", unit->ranks[0]);
    hand_number(table, row, "rank_median", unit->ranks[1]);
    hand_number(table, row, "rank_high", unit->ranks[2]);
    hand_text(table, row, "funnel", unit->funnel);
    return row;
}

/* Gap and interval on one axis, ranks on another; beyond chance in colour, size and word; the measured gap as a line. */
static void gaps_and_ranks(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "league", &by);
    (void)unit_add(&hand, table, &(struct unit){"Oslo", 40, 0.2, 0.1, 0.1, {1, 1, 1}, "above"});
    (void)unit_add(&hand, table, &(struct unit){"Bergen", 50, -0.4, -0.3, 0.2, {2, 3, 3}, "inside"});
    (void)unit_add(&hand, table, &(struct unit){"Molde", 60, -0.8, -0.6, 0.2, {2, 2.5, 3}, "below"});
    struct picture picture = picture_of(&hand, "league_ranks", ROOM_WIDE);
    picture_assert_readable(&picture);
    /* −0.8 … 0.2 with 4 % at either end over 212 … 396; ranks 1 … 3 over 564 … 648 */
    double unit = 184 / 1.08;
    const struct mark *oslo = picture_mark(&picture, MARK_DOT, 0), *rank = picture_mark(&picture, MARK_DOT, 3);
    assert_true(fabs(oslo->at.x - (212 + (0.1 + 0.84) * unit)) < 1e-9);
    assert_true(oslo->tone == TONE_ABOVE && oslo->size > picture_mark(&picture, MARK_DOT, 2)->size);
    assert_true(fabs(rank->at.x - 648) < 1e-9 && rank->tone == TONE_UNDECIDED);
    assert_true(fabs(picture_mark(&picture, MARK_DOT, 5)->at.x - 627) < 1e-9);
    const struct mark *low = picture_find_text(&picture, "2–3 low");
    assert_non_null(picture_find_text(&picture, "1 high"));
    assert_non_null(picture_find_text(&picture, "2–3"));
    assert_true(low && low->tone == TONE_SHORT);
    assert_non_null(picture_find_text(&picture, "[−0.50, −0.10]"));
    bool measured = false;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        measured =
            measured || (mark->kind == MARK_LINE && mark->tone == TONE_INK && fabs(mark->at.x - (212 + 0.04 * unit)) < 1e-9);
    }
    assert_true(measured);
    assert_string_equal(picture.description, "3 rows, from Oslo +0.10 to Molde −0.60. The table holds all numbers.");
    hand_number(table, &table->rows[0], "shrunken_gap", 0.15);
    picture = picture_of(&hand, "league_ranks", ROOM_WIDE);
    assert_true(fabs(picture_mark(&picture, MARK_DOT, 0)->at.x - (212 + (0.15 + 0.84) * unit)) < 1e-9);
    hand_end(&hand);
}

/* "never where disclosure hides": neither the numbers nor the name of a hidden group, nor its place in the picture */
static void hidden_groups_are_left_out(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    hand.floor = 5;
    struct table *table = hand_table(&hand, "league", &by);
    (void)unit_add(&hand, table, &(struct unit){"Oslo", 40, 0.2, 0.1, 0.1, {1, 1, 2}, "inside"});
    (void)unit_add(&hand, table, &(struct unit){"Vardo", 3, -2, -2, 0.2, {4, 4, 4}, "below"});
    (void)unit_add(&hand, table, &(struct unit){"Molde", 4, 2, 2, 0.2, {1, 1, 1}, "above"});
    (void)unit_add(&hand, table, &(struct unit){"Bergen", 50, -0.4, -0.3, 0.2, {1, 2, 2}, "inside"});
    for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
        struct picture picture = picture_of(&hand, "league_ranks", room);
        picture_assert_readable(&picture);
        assert_null(picture_find_text(&picture, "Vardo"));
        assert_null(picture_find_text(&picture, "Molde"));
        assert_non_null(picture_find_text(&picture, "Bergen"));
        assert_int_equal(picture_count(&picture, MARK_DOT, TONE_SHORT) + picture_count(&picture, MARK_DOT, TONE_ABOVE), 0);
        assert_int_equal(picture_count(&picture, MARK_DOT, TONE_UNDECIDED), 4);
        if (room == ROOM_WIDE) /* the second row follows the first */
            assert_true(fabs(picture_mark(&picture, MARK_DOT, 2)->at.y - picture_mark(&picture, MARK_DOT, 0)->at.y - 38) < 1e-9);
    }
    hand_end(&hand);
}

/* 1, 3, 22 and 60 groups with long names and wild intervals, in every room; without ranks nothing is drawn */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    for (size_t c = 0; c < 4; c++) {
        struct hand hand;
        char names[60][96];
        hand_begin(&hand, 1);
        struct table *table = hand_table(&hand, "league", &by);
        for (uint32_t i = 0; i < counts[c]; i++) {
            (void)snprintf(names[i], sizeof names[i], "Branch number %u of a chain with a name that goes on for ever and ever",
                           i);
            (void)unit_add(&hand, table,
                           &(struct unit){names[i],
                                          40,
                                          -0.02 * i,
                                          -0.01 * i,
                                          i == 2 ? 9 : 0.2,
                                          {1, i + 1, 60},
                                          i % 3 == 0   ? "below"
                                          : i % 3 == 1 ? "above"
                                                       : "inside"});
        }
        for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
            struct picture picture = picture_of(&hand, "league_ranks", room);
            picture_assert_readable(&picture);
        }
        for (uint32_t i = 0; i < counts[c]; i++)
            hand_blank(table, &table->rows[i], "rank_low", REASON_TOO_FEW);
        struct picture picture = picture_of(&hand, "league_ranks", ROOM_WIDE);
        assert_int_equal(picture.mark_count, 0);
        hand_end(&hand);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_and_ranks),
        cmocka_unit_test(hidden_groups_are_left_out),
        cmocka_unit_test(texts_never_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
