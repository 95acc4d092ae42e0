/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "support/picture_reading.h"

static struct row *zone_add(struct hand *hand, struct table *table, uint32_t index, const double levels[3], const char *status)
{
    struct row *row = hand_row(hand, table, hand->ids[index]);
    hand_number(table, row, "mean_minimum", levels[0]);
    hand_number(table, row, "mean_desired", levels[1]);
    hand_number(table, row, "mean_perception", levels[2]);
    hand_number(table, row, "adequacy", levels[2] - levels[0]);
    hand_number(table, row, "adequacy_ci_low", levels[2] - levels[0] - 0.5);
    hand_number(table, row, "adequacy_ci_high", levels[2] - levels[0] + 0.5);
    hand_text(table, row, "status", status);
    return row;
}

static const char *const labels[] = {"ask", "a question of the usual length for an item",
                                     "a question that goes on and on, far beyond the room that two lines of a label leave for it",
                                     "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung ohne Leerzeichen"};

/* 3, 22 and 30 items in every room, with levels at both ends of the scale; 1, 2 and 60 have no radar. */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {3, 22, 30, 1, 2, 60};
    for (size_t c = 0; c < 6; c++) {
        struct hand hand;
        hand_begin(&hand, counts[c]);
        struct table *table = hand_table(&hand, "zone", NULL);
        for (uint32_t i = 0; i < counts[c]; i++) {
            hand.items[i].text = labels[i % 4];
            (void)zone_add(&hand, table, i, i % 2 ? (const double[]){1, 5, 1} : (const double[]){4, 3, 5}, "uncertain");
        }
        for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
            struct picture picture = picture_of(&hand, "zone_radar", room);
            if (c < 3)
                picture_assert_readable(&picture);
            else
                assert_int_equal(picture.mark_count, 0);
        }
        hand_end(&hand);
    }
}

static double from_centre(const struct mark *mark)
{
    return hypot(mark->at.x - WIDE_PX / 2, mark->at.y - 216);
}

/* The scale of 1–5 runs from 28.5 to 190 px outwards; the first spoke goes up, the next ones follow clockwise. */
static void dots_stand_on_their_spokes(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    struct table *table = hand_table(&hand, "zone", NULL);
    (void)zone_add(&hand, table, 0, (const double[]){2, 4, 3}, "within");
    (void)zone_add(&hand, table, 1, (const double[]){3, 4, 2}, "below");
    (void)zone_add(&hand, table, 2, (const double[]){2, 3, 5}, "above");
    (void)zone_add(&hand, table, 3, (const double[]){2, 3, 2}, "uncertain");
    struct picture picture = picture_of(&hand, "zone_radar", ROOM_WIDE);
    const struct mark *dots[4];
    static const double levels[] = {3, 2, 5, 2};
    for (size_t i = 0; i < 4; i++) {
        dots[i] = picture_mark(&picture, MARK_DOT, i);
        assert_true(fabs(from_centre(dots[i]) - (28.5 + (levels[i] - 1) / 4 * 161.5)) < 1e-9);
        assert_true(dots[i]->hollow == (i == 3));
    }
    assert_true(dots[0]->at.y < 216 && fabs(dots[0]->at.x - 384) < 1e-9);
    assert_true(dots[1]->at.x > 384 && fabs(dots[1]->at.y - 216) < 1e-9);
    assert_true(dots[2]->at.y > 216 && dots[3]->at.x < 384);
    assert_int_equal(dots[0]->tone, TONE_UNDECIDED);
    assert_int_equal(dots[1]->tone, TONE_SHORT);
    assert_int_equal(dots[2]->tone, TONE_ABOVE);
    assert_non_null(picture_find_text(&picture, "Item two"));
    assert_string_equal(dots[1]->tip, "Item two: got 2.00, minimum 3.00, desired 4.00");
    hand_end(&hand);
}

/* The band is a ring: out along what is desired, back along the minimum; the interval of 0.5 about what was got, to the scale's end. */
static void the_band_is_a_ring(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    struct table *table = hand_table(&hand, "zone", NULL);
    for (uint32_t i = 0; i < 3; i++)
        (void)zone_add(&hand, table, i, (const double[]){2, 4, i ? 3 : 5}, "within");
    hand_blank(table, zone_add(&hand, table, 3, (const double[]){2, 4, 3}, "within"), "mean_desired", REASON_TOO_FEW);
    struct picture picture = picture_of(&hand, "zone_radar", ROOM_WIDE);
    const struct mark *band = picture_mark(&picture, MARK_SHAPE, 0);
    assert_int_equal(band->tone, TONE_BAND);
    assert_true(band->closed);
    assert_int_equal(band->point_count, 8); /* three spokes, there and back, each way closed */
    for (size_t i = 0; i < 8; i++) {
        double away = hypot(band->points[i].x - 384, band->points[i].y - 216);
        assert_true(fabs(away - (28.5 + (i < 4 ? 3 : 1) / 4.0 * 161.5)) < 1e-9);
    }
    /* The points go around one way outside and the other way inside, or the hole would be filled. */
    assert_true(band->points[1].x > 384 && band->points[2].x < 384 && band->points[5].x < 384 && band->points[6].x > 384);
    bool interval = false;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        interval |= mark->kind == MARK_LINE && mark->tone == TONE_INK &&
                    fabs(from_centre(mark) - (28.5 + 3.5 / 4 * 161.5)) < 1e-9 && fabs(216 - mark->to.y - 190) < 1e-9;
    }
    assert_true(interval);
    assert_null(picture_find_text(&picture, "4 "));
    assert_int_equal(picture_count(&picture, MARK_DOT, TONE_UNDECIDED), 3); /* the fourth item lacks a level */
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_never_overlap),
        cmocka_unit_test(dots_stand_on_their_spokes),
        cmocka_unit_test(the_band_is_a_ring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
