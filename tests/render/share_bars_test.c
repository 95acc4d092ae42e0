/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "support/picture_reading.h"

static void share_add(struct hand *hand, struct table *table, const char *source, double share, double half)
{
    struct row *row = hand_row(hand, table, source);
    hand_count(table, row, "n", 120);
    hand_number(table, row, "share", share);
    hand_number(table, row, "share_low", fmax(0, share - half));
    hand_number(table, row, "share_high", fmin(1, share + half));
}

/* 1, 3, 22 and 60 rows in every room, none and all of them naming something */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    for (size_t c = 0; c < 4; c++) {
        struct hand hand;
        hand_begin(&hand, 60);
        struct table *table = hand_table(&hand, "expectation_sources", NULL);
        for (uint32_t i = 0; i < counts[c]; i++)
            share_add(&hand, table, i < SOURCE_COUNT ? expectation_source_name((enum expectation_source)i) : hand.ids[i],
                      i % 3 / 2.0, 0.4);
        for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
            struct picture picture = picture_of(&hand, "share_bars", room);
            picture_assert_readable(&picture);
        }
        hand_end(&hand);
    }
}

/* "bars from zero to all of them with their intervals": twice the share is twice the bar, and the words of the source stand there */
static void bars_are_shares(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "expectation_sources", NULL);
    share_add(&hand, table, "price", 0.8, 0.1);
    share_add(&hand, table, "staff", 0.4, 0.1);
    share_add(&hand, table, "friends", 0, 0.03);
    struct row *row = hand_row(&hand, table, "reviews");
    hand_blank(table, row, "share", REASON_SUPPRESSED);
    struct picture picture = picture_of(&hand, "share_bars", ROOM_WIDE);
    assert_int_equal(picture_count(&picture, MARK_BOX, TONE_FIRST), 3);
    const struct mark *most = picture_mark(&picture, MARK_BOX, 0), *half = picture_mark(&picture, MARK_BOX, 1);
    double whole = fabs(most->to.x - most->at.x);
    assert_true(fabs(whole / 2 - fabs(half->to.x - half->at.x)) < 0.01);
    assert_true(fabs(picture_mark(&picture, MARK_BOX, 2)->to.x - most->at.x) <= 1);
    assert_non_null(picture_find_text(&picture, "The price"));
    assert_non_null(picture_find_text(&picture, "80"));
    assert_non_null(picture_find_text(&picture, "named, %"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_never_overlap), cmocka_unit_test(bars_are_shares)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
