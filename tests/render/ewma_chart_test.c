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

enum { PERIODS = 400 };
static char names[PERIODS][64];

static struct row *period_add(struct hand *hand, struct table *table, uint32_t index, double gap, double ewma)
{
    struct row *row = hand_group_row(hand, table, "overall", names[index], 40);
    hand_count(table, row, "n", 40);
    hand_number(table, row, "gap", gap);
    hand_number(table, row, "centre", 0);
    hand_number(table, row, "ewma", ewma);
    hand_number(table, row, "limit_low", -0.5);
    hand_number(table, row, "limit_high", 0.5);
    hand_text(table, row, "signal", ewma < -0.5 ? "ewma_low" : ewma > 0.5 ? "ewma_high" : "none");
    return row;
}

static void names_make(const char *before)
{
    for (uint32_t i = 0; i < PERIODS; i++)
        (void)snprintf(names[i], sizeof names[i], "%s%u", before, i);
}

/* points, centre line, limits, signals marked by shape and word */
static void what_the_picture_holds(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    names_make("W");
    struct table *table = hand_table(&hand, "gap_trend", &by);
    (void)period_add(&hand, table, 0, 0.3, 0.1);
    (void)period_add(&hand, table, 1, -0.9, -0.2);
    (void)period_add(&hand, table, 2, -1, -0.8);
    (void)period_add(&hand, table, 3, 1, 0.6);
    struct picture picture = picture_of(&hand, "ewma_chart", ROOM_WIDE);
    picture_assert_readable(&picture);
    /* 54 … 684 for four periods; −1 … 1 with 13 % at either end over 276 … 34 */
    double unit = 242 / 2.52;
    const struct mark *first = NULL;
    size_t hollow = 0, diamonds = 0, dashed = 0;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        hollow += mark->kind == MARK_DOT && mark->hollow;
        dashed += mark->kind == MARK_SHAPE && mark->dashed;
        if (mark->kind == MARK_DOT && !mark->hollow && !first)
            first = mark;
        if (mark->kind != MARK_SHAPE || !mark->closed)
            continue;
        bool low = mark->tone == TONE_SHORT;
        assert_true(fabs(mark->points[0].x - (low ? 447.75 : 605.25)) < 1e-9);
        assert_true(fabs((mark->points[0].y + mark->points[2].y) / 2 - (276 - (low ? 0.46 : 1.86) * unit)) < 1e-9);
        diamonds++;
    }
    assert_true(fabs(first->at.x - 132.75) < 1e-9 && fabs(first->at.y - (276 - 1.36 * unit)) < 1e-9);
    assert_string_equal(first->tip, "W0: 0.10");
    assert_true(hollow == 4 && diamonds == 2 && dashed == 2);
    const struct mark *low = picture_find_text(&picture, "low"), *high = picture_find_text(&picture, "high");
    assert_true(low && low->bold && low->tone == TONE_SHORT && low->at.y > 276 - 0.46 * unit);
    assert_true(high && high->tone == TONE_ABOVE && high->at.y < 276 - 1.86 * unit);
    assert_non_null(picture_find_text(&picture, "centre"));
    assert_non_null(picture_find_text(&picture, "limit"));
    assert_non_null(picture_find_text(&picture, "W3"));
    assert_string_equal(picture.description, "4 periods from W0 to W3, 2 of them with a signal. The table holds all numbers.");
    hand_number(table, &table->rows[0], "ewma", 0.4);
    picture = picture_of(&hand, "ewma_chart", ROOM_WIDE);
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        if (mark->kind == MARK_DOT && !mark->hollow && mark->at.x < 140)
            assert_true(fabs(mark->at.y - (276 - 1.66 * unit)) < 1e-9);
    }
    hand_end(&hand);
}

/* The line is broken where a period has no answer; a hidden period is not there at all. */
static void gaps_in_the_line(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    names_make("W");
    hand.floor = 5;
    struct table *table = hand_table(&hand, "gap_trend", &by);
    for (uint32_t i = 0; i < 6; i++)
        (void)period_add(&hand, table, i, 0.1, 0.1);
    hand_blank(table, &table->rows[2], "ewma", REASON_TOO_FEW);
    for (uint32_t i = 6; i < 8; i++) {
        struct row *row = period_add(&hand, table, i, -3, -3);
        row->support = row->group_size = 3;
    }
    struct picture picture = picture_of(&hand, "ewma_chart", ROOM_WIDE);
    picture_assert_readable(&picture);
    assert_null(picture_find_text(&picture, "W6"));
    assert_null(picture_find_text(&picture, "W7"));
    assert_null(picture_find_text(&picture, "low"));
    size_t lines = 0;
    for (size_t i = 0; i < picture.mark_count; i++)
        lines += picture.marks[i].kind == MARK_SHAPE && !picture.marks[i].dashed;
    assert_int_equal(lines, 2);
    assert_string_equal(picture.description, "6 periods from W0 to W5, 0 of them with a signal. The table holds all numbers.");
    hand_end(&hand);
}

/* 1, 3, 22, 60 and 400 periods with short and long names, all alike, all signals, and an extreme outlier, in every room */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60, 400};
    static const char *const befores[] = {"", "2026-", "a quarter of a year with a very long name indeed "};
    for (size_t c = 0; c < 5; c++) {
        for (size_t f = 0; f < 9; f++) {
            struct hand hand;
            hand_begin(&hand, 1);
            names_make(befores[f % 3]);
            struct table *table = hand_table(&hand, "gap_trend", &by);
            for (uint32_t i = 0; i < counts[c]; i++)
                (void)period_add(&hand, table, i, f < 3 ? 0 : sin(i), f < 3 ? 0 : f < 6 ? sin(i / 3.0) : i == 5 ? 1000 : -1);
            for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
                struct picture picture = picture_of(&hand, "ewma_chart", room);
                picture_assert_readable(&picture);
            }
            hand_end(&hand);
        }
    }
}

/* Limits that lie on the centre do not press their words together, and nothing is drawn of nothing. */
static void narrow_limits_and_nothing(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    names_make("W");
    struct table *table = hand_table(&hand, "gap_trend", &by);
    struct picture picture = picture_of(&hand, "ewma_chart", ROOM_WIDE);
    assert_int_equal(picture.mark_count, 0);
    for (uint32_t i = 0; i < 5; i++) {
        struct row *row = period_add(&hand, table, i, 9, 0);
        hand_number(table, row, "limit_low", -0.001);
        hand_number(table, row, "limit_high", 0.001);
    }
    for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
        picture = picture_of(&hand, "ewma_chart", room);
        picture_assert_readable(&picture);
    }
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_picture_holds),
        cmocka_unit_test(gaps_in_the_line),
        cmocka_unit_test(texts_never_overlap),
        cmocka_unit_test(narrow_limits_and_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
