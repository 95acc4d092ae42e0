/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/chart/layout.h"
#include "support/picture_reading.h"

static const char *const labels[] = {
    "ask", "a question of the usual length for an item",
    "a question that goes on and on, far beyond the room that two lines of a label leave for it in any picture of ours",
    "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung ohne Leerzeichen"};

static void gaps_add(struct hand *hand, uint32_t count, double first, double step)
{
    struct table *table = hand_table(hand, "item_gap", NULL);
    static const char *const verdicts[] = {"short", "met", "undecided", "above"};
    for (uint32_t i = 0; i < count; i++) {
        hand->items[i].text = labels[i % 4];
        (void)hand_gap_row(hand, table, &(struct hand_gap){hand->ids[i], first + step * i, 0.3, verdicts[i % 4]});
    }
}

static void readable_assert(struct hand *hand, const char *chart)
{
    for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
        struct picture picture = picture_of(hand, chart, room);
        picture_assert_readable(&picture);
    }
}

/* 1, 5, 22 and 60 items, all negative, all positive and mixed, in every room */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 5, 22, 60};
    static const double firsts[] = {-1.5, 0.01, -0.3};
    for (size_t c = 0; c < 4; c++) {
        for (size_t f = 0; f < 3; f++) {
            struct hand hand;
            hand_begin(&hand, counts[c]);
            gaps_add(&hand, counts[c], firsts[f], 0.01);
            readable_assert(&hand, "gap_lollipop");
            hand_end(&hand);
        }
    }
}

/* The largest usual scales: 0–100, and one below zero. */
static void long_numbers_have_room(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    hand.scales[0] = (struct scale){.id = "hundred", .min = {0, 0}, .max = {100, 0}, .step = {1, 0}, .steps = 101};
    gaps_add(&hand, 4, -4.12, 20);
    readable_assert(&hand, "gap_lollipop");
    hand_end(&hand);
    hand_begin(&hand, 4);
    hand.scales[0] = (struct scale){.id = "both", .min = {-5, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 11};
    gaps_add(&hand, 4, -9.1, 2);
    readable_assert(&hand, "gap_lollipop");
    hand_end(&hand);
}

/* Extreme values stay in their columns; rows without means say why and draw nothing. */
static void outliers_and_blanks(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table = hand_table(&hand, "item_gap", NULL);
    (void)hand_gap_row(&hand, table, &(struct hand_gap){"q1", -3.2, 0.8, "short"});
    (void)hand_gap_row(&hand, table, &(struct hand_gap){"q2", 0.8, 0.01, "above"});
    struct row *blank = hand_row(&hand, table, "q3");
    for (uint32_t i = 3; i < table->column_count; i++)
        blank->values[i] = value_blank(REASON_NO_PAIRS);
    struct picture picture = picture_of(&hand, "gap_lollipop", ROOM_WIDE);
    picture_assert_readable(&picture);
    size_t dots = 0;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        dots += mark->kind == MARK_DOT;
        if (mark->kind != MARK_TEXT)
            assert_true(mark->at.x >= 256 && mark->at.x <= 530);
        if (mark->kind == MARK_LINE)
            assert_true(mark->to.x >= 256 && mark->to.x <= 530);
    }
    assert_int_equal(dots, 6); /* expected, got and the mark of two rows */
    assert_non_null(picture_find_text(&picture, "no pairs"));
    assert_true(picture_find_text(&picture, "Item one") < picture_find_text(&picture, "Item two"));
    assert_true(picture_find_text(&picture, "Item two") < picture_find_text(&picture, "Item three"));
    hand_end(&hand);
}

static void mark_at(const struct mark *mark, enum tone tone, double x, double y)
{
    assert_int_equal(mark->tone, tone);
    assert_true(fabs(mark->at.x - x) < 1e-9 && fabs(mark->at.y - y) < 1e-9);
}

/* "hollow dot = expectation, filled dot = perception, a line between them, its colour the verdict" */
static void what_a_row_is_made_of(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand_gaps(&hand, (const struct hand_gap[]){{"q1", -0.4, 0.1, "short"}, {"q2", -1.2, 0.1, "above"}, {.item = NULL}});
    struct picture picture = picture_of(&hand, "gap_lollipop", ROOM_WIDE);
    assert_string_equal(picture.title, "A finding");
    assert_string_equal(picture.subtitle, "n = 100");
    assert_string_equal(picture.description,
                        "2 rows, the largest shortfall first: Item two −1.20; last: Item one −0.40. The table "
                        "holds all numbers.");
    /* 1–5 over 256 … 418: 4.2 is at 385.6, 3.0 at 337; the gap of −1.2 in −1.3 … 1.3 over 436 … 530. */
    const struct mark *expected = picture_mark(&picture, MARK_DOT, 0), *got = picture_mark(&picture, MARK_DOT, 1);
    mark_at(expected, TONE_ABOVE, 385.6, 65);
    assert_true(expected->hollow);
    mark_at(got, TONE_ABOVE, 337, 65);
    assert_false(got->hollow);
    mark_at(picture_mark(&picture, MARK_DOT, 2), TONE_ABOVE, 483 - 47 * 1.2 / 1.3, 65);
    mark_at(picture_mark(&picture, MARK_LINE, 6), TONE_ABOVE, 385.6, 65);
    mark_at(picture_mark(&picture, MARK_LINE, 7), TONE_ABOVE, 436, 65);
    assert_int_equal(picture_count(&picture, MARK_DOT, TONE_SHORT), 3);
    assert_int_equal(picture_count(&picture, MARK_LINE, TONE_GRID), 5); /* 1 … 5 */
    assert_int_equal(picture_count(&picture, MARK_LINE, TONE_SOFT), 1); /* 0 of the gap */
    assert_non_null(picture_find_text(&picture, "−1.20"));
    assert_non_null(picture_find_text(&picture, "[−1.30, −1.10]"));
    assert_true(picture_find_text(&picture, "short")->bold);
    hand_end(&hand);
}

static void description_is(struct hand *hand, const char *expected)
{
    struct picture picture = picture_of(hand, "gap_lollipop", ROOM_WIDE);
    assert_string_equal(picture.description, expected);
}

/* One row is no rows, and what lies above expectation is no shortfall. */
static void descriptions_fit(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 4);
    struct table *table = hand_table(&hand, "item_gap", NULL);
    struct row *rows[4];
    rows[0] = hand_gap_row(&hand, table, &(struct hand_gap){"q1", -0.4, 0.1, "short"});
    description_is(&hand, "One row: Item one −0.40. The table holds all numbers.");
    hand_number(table, rows[0], "gap", 0.4);
    rows[1] = hand_gap_row(&hand, table, &(struct hand_gap){"q2", 0.2, 0.1, "above"});
    description_is(&hand, "2 rows, the lowest first: Item two +0.20; last: Item one +0.40. The table holds all numbers.");
    hand_number(table, rows[1], "gap", -0.1);
    description_is(&hand,
                   "2 rows, the largest shortfall first: Item two −0.10; last: Item one +0.40. The table holds all numbers.");
    hand.head.by_dimension = true;
    hand_text(table, rows[0], "dimension", "care");
    hand_text(table, rows[1], "dimension", "speed");
    description_is(&hand, "2 rows under their dimensions, in each the lowest first. The table holds all numbers.");
    hand_number(table, rows[0], "gap", -0.2);
    description_is(&hand, "2 rows under their dimensions, in each the largest shortfall first. The table holds all numbers.");
    hand_end(&hand);
}

/* "Zone of tolerance: a pale band from minimum to desired, the perceived dot on it." */
static void the_zone_is_a_band(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *zone = hand_table(&hand, "zone", NULL);
    struct row *row = hand_row(&hand, zone, "q1");
    hand_number(zone, row, "mean_minimum", 2);
    hand_number(zone, row, "mean_desired", 4);
    hand_number(zone, row, "mean_perception", 3);
    hand_number(zone, row, "adequacy", 1);
    hand_number(zone, row, "adequacy_ci_low", 0.8);
    hand_number(zone, row, "adequacy_ci_high", 1.2);
    hand_text(zone, row, "status", "uncertain");
    struct picture picture = picture_of(&hand, "zone_bands", ROOM_WIDE);
    picture_assert_readable(&picture);
    const struct mark *band = picture_mark(&picture, MARK_BOX, 0);
    mark_at(band, TONE_BAND, 296.5, 58);
    assert_true(fabs(band->to.x - 377.5) < 1e-9 && fabs(band->to.y - 72) < 1e-9);
    mark_at(picture_mark(&picture, MARK_DOT, 0), TONE_UNDECIDED, 337, 65);
    assert_non_null(picture_find_text(&picture, "uncertain"));
    hand_text(zone, row, "status", "at_least_minimum");
    picture = picture_of(&hand, "zone_bands", ROOM_WIDE);
    picture_assert_readable(&picture);
    assert_non_null(picture_find_text(&picture, "≥ min."));
    hand_end(&hand);
}

static struct row *edge_row(struct hand *hand, struct table *zone, const char *item, const char *edge, const char *distance)
{
    char low[64], high[64];
    struct row *row = hand_row(hand, zone, item);
    (void)snprintf(low, sizeof low, "%s_ci_low", distance);
    (void)snprintf(high, sizeof high, "%s_ci_high", distance);
    hand_number(zone, row, edge, 4);
    hand_number(zone, row, "mean_perception", 3);
    hand_number(zone, row, distance, -1);
    hand_number(zone, row, low, -1.25);
    hand_number(zone, row, high, -0.75);
    return row;
}

/* Where only the minimum or only the desired level was asked, the distance from it is drawn as a gap is: a hollow dot, a filled one,
 * a line, and heads that name what was asked. */
static void one_edge_is_a_gap(void **state)
{
    (void)state;
    static const struct {
        enum standard standard;
        const char *edge, *distance, *status, *word, *means, *gap;
    } cases[] = {
        {STANDARD_MINIMUM, "mean_minimum", "adequacy", "below", "below", "○ minimum  ● got", "above minimum"},
        {STANDARD_DESIRED, "mean_desired", "superiority", "below_desired", "below", "○ desired  ● got", "above desired"}};
    for (size_t i = 0; i < 2; i++) {
        struct hand hand;
        hand_begin(&hand, 1);
        hand.study.columns.of_item[cases[i].standard] = hand.headers;
        struct table *zone = hand_table(&hand, "zone", NULL);
        hand_text(zone, edge_row(&hand, zone, "q1", cases[i].edge, cases[i].distance), "status", cases[i].status);
        readable_assert(&hand, "zone_bands");
        struct picture picture = picture_of(&hand, "zone_bands", ROOM_WIDE);
        for (size_t m = 0; m < picture.mark_count; m++)
            assert_int_not_equal(picture.marks[m].tone, TONE_BAND);
        mark_at(picture_mark(&picture, MARK_DOT, 0), TONE_SHORT, 377.5, 65);
        assert_true(picture_mark(&picture, MARK_DOT, 0)->hollow);
        mark_at(picture_mark(&picture, MARK_DOT, 1), TONE_SHORT, 337, 65);
        assert_non_null(picture_find_text(&picture, cases[i].means));
        assert_non_null(picture_find_text(&picture, cases[i].gap));
        assert_non_null(picture_find_text(&picture, "−1.00"));
        assert_non_null(picture_find_text(&picture, "[−1.25, −0.75]"));
        assert_non_null(picture_find_text(&picture, cases[i].word));
        hand_end(&hand);
    }
}

/* An item of which only the minimum was asked stands as a gap among the bands of the others. */
static void one_edge_among_bands(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand.study.columns.of_item[STANDARD_MINIMUM] = hand.study.columns.of_item[STANDARD_DESIRED] = hand.headers;
    struct table *zone = hand_table(&hand, "zone", NULL);
    hand_number(zone, edge_row(&hand, zone, "q1", "mean_minimum", "adequacy"), "mean_desired", 4.5);
    (void)edge_row(&hand, zone, "q2", "mean_minimum", "adequacy");
    struct picture picture = picture_of(&hand, "zone_bands", ROOM_WIDE);
    assert_int_equal(picture_count(&picture, MARK_BOX, TONE_BAND), 1);
    size_t hollow = 0;
    for (size_t i = 0; i < picture.mark_count; i++)
        hollow += picture.marks[i].kind == MARK_DOT && picture.marks[i].hollow;
    assert_int_equal(hollow, 1);
    hand_end(&hand);
}

/* "1, 2, 5, 10, … or 0.5, 0.2, 0.1, …", multiples within the ends, with the digits that they need */
static void ticks_are_round(void **state)
{
    (void)state;
    struct tick ticks[32];
    assert_true(fabs(tick_step(1, 7, 11) - 1) < 1e-12);
    assert_true(fabs(tick_step(0, 100, 6) - 20) < 1e-12);
    assert_true(fabs(tick_step(0, 10, 6) - 2) < 1e-12);
    assert_true(fabs(tick_step(0, 1, 6) - 0.2) < 1e-12);
    const struct axis axis = {.least = -0.3, .most = 0.31, .from = 100, .to = 0};
    assert_int_equal(axis_ticks(&axis, 5, ticks), 3);
    assert_string_equal(ticks[0].text, "−0.2");
    assert_string_equal(ticks[1].text, "0.0");
    assert_string_equal(ticks[2].text, "0.2");
    /* What differs by rounding alone stands in the middle, without ticks. */
    const struct axis noise = {.least = -8e-16, .most = 8e-16, .from = 100, .to = 0};
    assert_int_equal(axis_ticks(&noise, 5, ticks), 0);
    assert_true(fabs(axis_place(&noise, 8e-16) - 50) < 1e-9);
    assert_true(fabs(axis_place(&axis, 0.31)) < 1e-9 && fabs(axis_place(&axis, -0.3) - 100) < 1e-9);
}

/* "sorted or by dimension": under the heading of its dimension each item's place is by its gap. */
static void items_stand_under_their_dimensions(void **state)
{
    (void)state;
    static const char *const order[] = {"Care", "Item three", "Item one", "Speed", "Item four", "Item two"};
    struct hand hand;
    hand_begin(&hand, 4);
    hand.head.by_dimension = true;
    struct table *table = hand_table(&hand, "item_gap", NULL);
    for (uint32_t i = 0; i < 4; i++)
        hand_text(table, hand_gap_row(&hand, table, &(struct hand_gap){hand.ids[i], -0.1 * (i + 1), 0.1, "short"}), "dimension",
                  i % 2 ? "speed" : "care");
    readable_assert(&hand, "gap_lollipop");
    struct picture picture = picture_of(&hand, "gap_lollipop", ROOM_WIDE);
    for (size_t i = 0; i < 6; i++) {
        const struct mark *text = picture_find_text(&picture, order[i]);
        assert_non_null(text);
        assert_true(text->bold == (i % 3 == 0));
        if (i)
            assert_true(text->at.y > picture_find_text(&picture, order[i - 1])->at.y + 12);
    }
    assert_true(fabs(picture.height - (46 + 4 * 38 + 2 * 26 + 8)) < 1e-9);
    assert_string_equal(picture.description,
                        "4 rows under their dimensions, in each the largest shortfall first. The table holds all numbers.");
    hand.head.by_dimension = false;
    picture = picture_of(&hand, "gap_lollipop", ROOM_WIDE);
    assert_null(picture_find_text(&picture, "Care"));
    assert_true(picture_find_text(&picture, "Item four")->at.y < picture_find_text(&picture, "Item three")->at.y);
    hand_end(&hand);
}

/* "labels that run from right to left begin at the right of" their column, and their lines end under each other. */
static void leftward_labels_stand_right(void **state)
{
    (void)state;
    static const char label[] = "نظافة الغرف وجميع المرافق المشتركة في الفندق طوال فترة الإقامة";
    struct hand hand;
    hand_begin(&hand, 2);
    gaps_add(&hand, 2, -0.5, 0.01);
    hand.items[1].text = label;
    struct picture picture = picture_of(&hand, "gap_lollipop", ROOM_WIDE);
    picture_assert_readable(&picture);
    double ends[2] = {0, 0};
    unsigned lines = 0;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        if (mark->kind != MARK_TEXT || mark->size != TEXT_PX || !text_leftward(mark->text, false))
            continue;
        assert_int_equal(mark->anchor, ANCHOR_END);
        assert_true(lines < 2);
        ends[lines++] = mark->at.x;
    }
    assert_int_equal(lines, 2);
    assert_true(ends[0] == ends[1] && ends[0] > 200);
    const struct mark *rightward = picture_find_text(&picture, "Ask");
    assert_true(rightward && rightward->anchor == ANCHOR_START && rightward->at.x == 0);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_stand_under_their_dimensions),
        cmocka_unit_test(texts_never_overlap),
        cmocka_unit_test(long_numbers_have_room),
        cmocka_unit_test(outliers_and_blanks),
        cmocka_unit_test(what_a_row_is_made_of),
        cmocka_unit_test(descriptions_fit),
        cmocka_unit_test(the_zone_is_a_band),
        cmocka_unit_test(one_edge_is_a_gap),

        cmocka_unit_test(one_edge_among_bands),
        cmocka_unit_test(ticks_are_round),
        cmocka_unit_test(leftward_labels_stand_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
