/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "support/picture_reading.h"

static const char *const labels[] = {"ask", "a question of the usual length for an item",
                                     "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung ohne Leerzeichen"};

static struct row *impact_add(struct hand *hand, struct table *table, uint32_t index, double penalty, double reward)
{
    struct row *row = hand_row(hand, table, hand->ids[index]);
    hand_text(table, row, "outcome", "satisfaction");
    hand_number(table, row, "penalty", penalty);
    hand_number(table, row, "penalty_ci_low", penalty - 0.2);
    hand_number(table, row, "penalty_ci_high", penalty + 0.2);
    hand_number(table, row, "reward", reward);
    hand_number(table, row, "reward_ci_low", reward - 0.2);
    hand_number(table, row, "reward_ci_high", reward + 0.2);
    hand_text(table, row, "class", "dissatisfier");
    hand_text(table, row, "settled", "settled");
    return row;
}

/* 1, 3, 22 and 60 items in every room: both sides, only one side, and one far from all others */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    for (size_t c = 0; c < 4; c++) {
        for (unsigned way = 0; way < 4; way++) {
            struct hand hand;
            hand_begin(&hand, counts[c]);
            struct table *table = hand_table(&hand, "penalty_reward", NULL);
            for (uint32_t i = 0; i < counts[c]; i++) {
                hand.items[i].text = labels[i % 3];
                double far = way == 3 && i == 0 ? 88 : 1;
                (void)impact_add(&hand, table, i, (way == 1 ? 0.9 : -0.8) * far, (way == 2 ? -0.4 : 0.3) * far);
            }
            for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
                struct picture picture = picture_of(&hand, "penalty_reward_bars", room);
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

/* Two bars from zero, the upper one where the mark is low; hollow when its interval covers zero. */
static void two_bars_per_item(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "penalty_reward", NULL);
    struct row *row = impact_add(&hand, table, 0, -0.6, 0.1);
    struct picture picture = picture_of(&hand, "penalty_reward_bars", ROOM_WIDE);
    const struct mark *low = picture_mark(&picture, MARK_BOX, 0), *high = picture_mark(&picture, MARK_BOX, 1);
    /* −0.8 … 0.8 over 256 … 478: zero at 367, a point is 138.75 px; the row's middle is at 67. */
    assert_true(near(low->at.x, 367 - 0.6 * 138.75) && near(low->to.x, 367) && near(low->at.y, 54) && near(low->to.y, 64));
    assert_true(near(high->at.x, 367) && near(high->to.x, 367 + 0.1 * 138.75) && near(high->at.y, 70) && near(high->to.y, 80));
    assert_int_equal(low->tone, TONE_SHORT);
    assert_int_equal(high->tone, TONE_ABOVE);
    assert_true(!low->hollow && high->hollow);
    assert_int_equal(picture_find_text(&picture, "−0.60")->tone, TONE_SHORT);
    assert_int_equal(picture_find_text(&picture, "+0.10")->tone, TONE_INK);
    assert_non_null(picture_find_text(&picture, "[−0.80, −0.40]"));
    assert_non_null(picture_find_text(&picture, "[−0.10, 0.30]"));
    assert_non_null(picture_find_text(&picture, "annoys more"));
    hand_text(table, row, "settled", "unsettled");
    picture = picture_of(&hand, "penalty_reward_bars", ROOM_WIDE);
    assert_non_null(picture_find_text(&picture, "not settled"));
    assert_null(picture_find_text(&picture, "annoys more"));
    hand_end(&hand);
}

/* An item without its levels says why; one without intervals has hollow bars and says why beside them. */
static void blanks_say_why(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "penalty_reward", NULL);
    struct row *first = impact_add(&hand, table, 0, -0.6, 0.1), *second = impact_add(&hand, table, 1, -0.6, 0.1);
    hand_blank(table, first, "penalty", REASON_TOO_FEW);
    hand_blank(table, second, "penalty_ci_low", REASON_FEW_CLUSTERS);
    hand_blank(table, second, "penalty_ci_high", REASON_FEW_CLUSTERS);
    struct picture picture = picture_of(&hand, "penalty_reward_bars", ROOM_WIDE);
    picture_assert_readable(&picture);
    assert_non_null(picture_find_text(&picture, "too few"));
    assert_int_equal(picture_count(&picture, MARK_BOX, TONE_SHORT), 1);
    assert_true(picture_mark(&picture, MARK_BOX, 0)->hollow);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_never_overlap),
        cmocka_unit_test(two_bars_per_item),
        cmocka_unit_test(blanks_say_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
