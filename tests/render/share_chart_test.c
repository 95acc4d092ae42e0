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

static const char *const by = "month";

static void period_add(struct hand *hand, struct table *table, const char *name, double share, double half, const char *signal)
{
    struct row *row = hand_group_row(hand, table, "overall", name, 40);
    hand_number(table, row, "share_short", share);
    hand_number(table, row, "centre", 0.4);
    hand_number(table, row, "limit_low", fmax(0.4 - half, 0));
    hand_number(table, row, "limit_high", fmin(0.4 + half, 1));
    hand_text(table, row, "signal", signal);
}

/* Limits of each period's own width; more customers let down is worse, whichever of the two charts says so. */
static void limits_follow_the_answers(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "share_trend", &by);
    period_add(&hand, table, "W1", 0.7, 0.2, "p_high");
    period_add(&hand, table, "W2", 0.45, 0.3, "none");
    period_add(&hand, table, "W3", 0.1, 0.25, "laney_low");
    struct picture picture = picture_of(&hand, "share_chart", ROOM_WIDE);
    picture_assert_readable(&picture);
    double unit = 242 / (0.6 * 1.26), base = 276 - 0.6 * 0.13 * unit; /* 0.1 … 0.7 */
    static const double halves[] = {0.2, 0.2, 0.3, 0.3, 0.25, 0.25};
    size_t limits = 0, more = 0, fewer = 0;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        if (mark->kind != MARK_SHAPE)
            continue;
        more += mark->closed && mark->tone == TONE_SHORT;
        fewer += mark->closed && mark->tone == TONE_ABOVE;
        if (!mark->dashed)
            continue;
        assert_int_equal(mark->point_count, 6);
        double sign = mark->points[0].y > base - 0.3 * unit ? -1 : 1;
        for (size_t p = 0; p < 6; p++)
            assert_true(fabs(mark->points[p].y - (base - (0.3 + sign * halves[p]) * unit)) < 1e-9);
        limits++;
    }
    assert_true(limits == 2 && more == 1 && fewer == 1);
    assert_int_equal(picture_find_text(&picture, "more")->tone, TONE_SHORT);
    assert_int_equal(picture_find_text(&picture, "fewer")->tone, TONE_ABOVE);
    assert_non_null(picture_find_text(&picture, "40")); /* the axis counts in percent */
    bool told = false;
    for (size_t i = 0; i < picture.mark_count; i++)
        told = told || (picture.marks[i].tip && strcmp(picture.marks[i].tip, "W2: 45 %") == 0);
    assert_true(told);
    hand_end(&hand);
}

static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    static char names[60][32];
    for (size_t c = 0; c < 4; c++) {
        struct hand hand;
        hand_begin(&hand, 1);
        struct table *table = hand_table(&hand, "share_trend", &by);
        for (uint32_t i = 0; i < counts[c]; i++) {
            (void)snprintf(names[i], sizeof names[i], "2026-W%u", i);
            period_add(&hand, table, names[i],
                       i % 5 == 0   ? 1
                       : i % 7 == 0 ? 0
                                    : 0.4,
                       0.1 + 0.02 * i,
                       i % 5 == 0   ? "laney_high"
                       : i % 7 == 0 ? "p_low"
                                    : "none");
        }
        for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
            struct picture picture = picture_of(&hand, "share_chart", room);
            picture_assert_readable(&picture);
        }
        hand_end(&hand);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_follow_the_answers),
        cmocka_unit_test(texts_never_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
