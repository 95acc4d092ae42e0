/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "support/picture_reading.h"

static const char *const titles[] = {
    "Care", "Speed of service and of answers", "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung ohne Leerzeichen",
    "A dimension whose words go on and on, far beyond the room that two lines of a label leave for it in any picture of ours"};

static struct dimension dimensions[HAND_ITEMS];

/* A study of so many dimensions, in a table of their gaps. */
static struct table *table_begin(struct hand *hand, uint32_t count)
{
    hand_begin(hand, count < 2 ? 2 : count);
    for (uint32_t i = 0; i < count; i++)
        dimensions[i] = (struct dimension){.id = hand->ids[i], .title = titles[i % 4]};
    hand->study.dimensions = dimensions;
    hand->study.dimension_count = count;
    return hand_table(hand, "dimension_gap", NULL);
}

static void gap_add(struct hand *hand, struct table *table, uint32_t index, double gap, double half, const char *verdict)
{
    struct row *row = hand_row(hand, table, hand->ids[index]);
    hand_number(table, row, "mean_expectation", 4.2);
    hand_number(table, row, "mean_perception", 4.2 + gap);
    hand_number(table, row, "gap", gap);
    hand_number(table, row, "ci_low", gap - half);
    hand_number(table, row, "ci_high", gap + half);
    hand_text(table, row, "verdict", verdict);
}

/* 1, 3, 22 and 60 dimensions in every room: all below, all above, mixed, and with one wild interval */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    static const double firsts[] = {-90, 0.01, -0.3};
    static const char *const verdicts[] = {"short", "met", "undecided", "above"};
    for (size_t c = 0; c < 4; c++) {
        for (size_t f = 0; f < 3; f++) {
            struct hand hand;
            struct table *table = table_begin(&hand, counts[c]);
            for (uint32_t i = 0; i < counts[c]; i++)
                gap_add(&hand, table, i, firsts[f] + 0.01 * i, i ? 0.1 : 99, verdicts[i % 4]);
            for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
                struct picture picture = picture_of(&hand, "dimension_bars", room);
                picture_assert_readable(&picture);
            }
            hand_end(&hand);
        }
    }
}

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

/* A bar goes from zero to the gap: filled when it is shown to differ, hollow when not; its interval lies on it. */
static void bars_go_from_zero_to_the_gap(void **state)
{
    (void)state;
    struct hand hand;
    struct table *table = table_begin(&hand, 3);
    gap_add(&hand, table, 0, -0.6, 0.2, "short");
    gap_add(&hand, table, 1, 0.4, 0.4, "undecided");
    gap_add(&hand, table, 2, 0.2, 0.1, "above");
    struct picture picture = picture_of(&hand, "dimension_bars", ROOM_WIDE);
    const struct mark *bars[] = {picture_mark(&picture, MARK_BOX, 0), picture_mark(&picture, MARK_BOX, 1),
                                 picture_mark(&picture, MARK_BOX, 2)};
    /* −0.8 … 0.8 over 322 … 520: zero at 421, a point is 123.75 px. */
    assert_true(near(bars[0]->at.x, 421 - 0.6 * 123.75) && near(bars[0]->to.x, 421));
    assert_true(near(bars[1]->at.x, 421) && near(bars[1]->to.x, 421 + 0.4 * 123.75));
    assert_true(near(bars[2]->to.x, 421 + 0.2 * 123.75));
    assert_true(!bars[0]->hollow && bars[1]->hollow && !bars[2]->hollow);
    assert_int_equal(bars[0]->tone, TONE_SHORT);
    assert_int_equal(bars[1]->tone, TONE_UNDECIDED);
    assert_int_equal(bars[2]->tone, TONE_ABOVE);
    bool interval = false;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        interval |= mark->kind == MARK_LINE && near(mark->at.y, 65) && near(mark->to.y, 65) && near(mark->at.x, 322) &&
                    near(mark->to.x, 421 - 0.4 * 123.75);
    }
    assert_true(interval);
    assert_non_null(picture_find_text(&picture, "−0.60"));
    assert_non_null(picture_find_text(&picture, "[−0.80, −0.40]"));
    assert_non_null(picture_find_text(&picture, "4.20 → 3.60"));
    assert_int_equal(picture_find_text(&picture, "short")->tone, TONE_SHORT);
    assert_int_equal(picture_find_text(&picture, "undecided")->tone, TONE_INK);
    assert_string_equal(picture.description,
                        "3 rows, from Care −0.60 to Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung ohne Leerzeichen "
                        "+0.20. The table holds all numbers.");
    hand_end(&hand);
}

/* A dimension without a gap says why, and has no bar. */
static void a_blank_says_why(void **state)
{
    (void)state;
    struct hand hand;
    struct table *table = table_begin(&hand, 2);
    gap_add(&hand, table, 0, -0.6, 0.2, "short");
    struct row *row = hand_row(&hand, table, hand.ids[1]);
    for (uint32_t i = 1; i < table->column_count; i++)
        row->values[i] = value_blank(REASON_TOO_FEW);
    struct picture picture = picture_of(&hand, "dimension_bars", ROOM_NARROW);
    picture_assert_readable(&picture);
    assert_non_null(picture_find_text(&picture, "too few"));
    assert_int_equal(picture_count(&picture, MARK_BOX, TONE_SHORT) + picture_count(&picture, MARK_BOX, TONE_UNDECIDED), 1);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_never_overlap),
        cmocka_unit_test(bars_go_from_zero_to_the_gap),
        cmocka_unit_test(a_blank_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
