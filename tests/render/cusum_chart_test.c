/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "support/picture_reading.h"

static const char *const by = "month";

static void period_add(struct hand *hand, struct table *table, const char *name, double above, double below)
{
    struct row *row = hand_group_row(hand, table, "overall", name, 40);
    hand_number(table, row, "cusum_above", above);
    hand_number(table, row, "cusum_below", below);
    hand_text(table, row, "cusum_signal", above > 5 ? "cusum_high" : below > 5 ? "cusum_low" : "none");
}

/* One sum goes up and the other down; a signal stands on the line that gave it, and the limits at 5 on both sides. */
static void sums_go_up_and_down(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "gap_trend", &by);
    period_add(&hand, table, "W1", 1, 2);
    period_add(&hand, table, "W2", 8, 0);
    period_add(&hand, table, "W3", 0, 6);
    struct picture picture = picture_of(&hand, "cusum_chart", ROOM_WIDE);
    picture_assert_readable(&picture);
    double unit = 242 / (14 * 1.26), zero = 276 - (6 + 14 * 0.13) * unit; /* −6 … 8 */
    size_t risen = 0, fallen = 0, limits = 0;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        if (mark->kind != MARK_SHAPE)
            continue;
        double y = mark->closed ? (mark->points[0].y + mark->points[2].y) / 2 : mark->points[0].y;
        limits += mark->dashed && fabs(fabs(y - zero) - 5 * unit) < 1e-9;
        risen += mark->closed && mark->tone == TONE_ABOVE && fabs(y - (zero - 8 * unit)) < 1e-9;
        fallen += mark->closed && mark->tone == TONE_SHORT && fabs(y - (zero + 6 * unit)) < 1e-9;
    }
    assert_true(risen == 1 && fallen == 1 && limits == 2);
    assert_non_null(picture_find_text(&picture, "risen"));
    assert_non_null(picture_find_text(&picture, "fallen"));
    assert_string_equal(picture.description, "3 periods from W1 to W3, 2 of them with a signal. The table holds all numbers.");
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
        struct table *table = hand_table(&hand, "gap_trend", &by);
        for (uint32_t i = 0; i < counts[c]; i++) {
            (void)snprintf(names[i], sizeof names[i], "2026-W%u", i);
            period_add(&hand, table, names[i], fmax(0, 9 * sin(i / 4.0)), fmax(0, -40 * sin(i / 4.0)));
        }
        for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
            struct picture picture = picture_of(&hand, "cusum_chart", room);
            picture_assert_readable(&picture);
        }
        hand_end(&hand);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_go_up_and_down),
        cmocka_unit_test(texts_never_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
