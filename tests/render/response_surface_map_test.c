/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "support/picture_reading.h"

static struct row *figure_add(struct hand *hand, struct table *table, const char *figure, double estimate)
{
    struct row *row = hand_row(hand, table, "overall");
    hand_text(table, row, "outcome", "satisfaction");
    hand_text(table, row, "figure", figure);
    hand_number(table, row, "estimate", estimate);
    hand_number(table, row, "ci_low", estimate - 0.5);
    hand_number(table, row, "ci_high", estimate + 0.5);
    return row;
}

static struct table *surface_add(struct hand *hand, const double *b)
{
    static const char *const names[] = {"b1", "b2", "b3", "b4", "b5", "a1", "a2", "a3", "a4"};
    const double figures[] = {b[0], b[1], b[2], b[3], b[4], b[0] + b[1], b[2] + b[3] + b[4], b[0] - b[1], b[2] - b[3] + b[4]};
    struct table *table = hand_table(hand, "surface", NULL);
    for (size_t i = 0; i < 9; i++)
        (void)figure_add(hand, table, names[i], figures[i]);
    return table;
}

/* Planes, ridges, bowls and saddles, flat, tiny and huge, in every room */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const double surfaces[][5] = {
        {-0.3, 0.8, -0.1, 0.15, -0.12}, {0, 0, -0.3, 0.6, -0.3}, {0, 0, 0.3, 0, -0.3}, {0, 0, 0.2, 0, 0.2}, {0, 0, 0, 0, 0},
        {-2000, 3500, 100, 0, 900},     {1e-6, 2e-6, 0, 0, 0}};
    for (size_t s = 0; s < sizeof surfaces / sizeof *surfaces; s++) {
        struct hand hand;
        hand_begin(&hand, 3);
        (void)surface_add(&hand, surfaces[s]);
        for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
            struct picture picture = picture_of(&hand, "response_surface_map", room);
            picture_assert_readable(&picture);
        }
        hand_end(&hand);
    }
}

/* Every point of a line has the value of its level. The map: 1–5 over 40 … 440 across and 426 … 26 up. */
static void lines_join_equal_values(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    (void)surface_add(&hand, (const double[]){-0.5, 1, 0, 0, 0});
    struct picture picture = picture_of(&hand, "response_surface_map", ROOM_WIDE);
    size_t lines = 0;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        if (mark->kind != MARK_SHAPE)
            continue;
        double level = 0;
        lines++;
        for (size_t p = 0; p < mark->point_count; p++) {
            double expectation = (mark->points[p].x - 40) / 100 - 2, perception = (426 - mark->points[p].y) / 100 - 2;
            double value = -0.5 * expectation + perception;
            if (p == 0)
                level = value;
            assert_true(fabs(value - level) < 1e-9);
        }
        assert_true(fabs(level * 2 - round(level * 2)) < 1e-9); /* halves, from −2.5 to 2.5 */
        bool zero = fabs(level) < 1e-9;
        assert_int_equal(mark->tone, zero ? TONE_INK : level < 0 ? TONE_SHORT : TONE_ABOVE);
        assert_true(mark->dashed == (level < 0 && !zero));
    }
    assert_int_equal(lines, 11);
    assert_non_null(picture_find_text(&picture, "+0.5"));
    assert_non_null(picture_find_text(&picture, "−0.5"));
    assert_non_null(picture_find_text(&picture, "0"));
    hand_end(&hand);
}

/* The same of a curved surface, but for the straight pieces between the lines of the grid. */
static void curved_lines_join_equal_values(void **state)
{
    (void)state;
    static const double b[] = {-0.5, 1, 0.2, -0.3, 0.15};
    struct hand hand;
    hand_begin(&hand, 3);
    (void)surface_add(&hand, b);
    struct picture picture = picture_of(&hand, "response_surface_map", ROOM_WIDE);
    size_t lines = 0;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        for (size_t p = 0; mark->kind == MARK_SHAPE && p < mark->point_count; p++) {
            double x = (mark->points[p].x - 40) / 100 - 2, y = (426 - mark->points[p].y) / 100 - 2;
            double value = b[0] * x + b[1] * y + b[2] * x * x + b[3] * x * y + b[4] * y * y;
            assert_true(fabs(value * 2 - round(value * 2)) < 2e-3);
        }
        lines += mark->kind == MARK_SHAPE;
    }
    assert_true(lines >= 5);
    hand_end(&hand);
}

/* Lines end where the oval does that holds nearly all answers, and the levels are those inside it. */
static void lines_end_where_answers_do(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    (void)surface_add(&hand, (const double[]){-0.5, 1, 0, 0, 0});
    struct table *gap = hand_table(&hand, "overall_gap", NULL);
    struct row *row = hand_row(&hand, gap, "");
    hand_number(gap, row, "mean_expectation", 3);
    hand_number(gap, row, "mean_perception", 2.5);
    hand_number(gap, row, "sd_expectation", 0.4);
    hand_number(gap, row, "sd_perception", 0.5);
    hand_number(gap, row, "r_expectation_perception", 0.6);
    struct picture picture = picture_of(&hand, "response_surface_map", ROOM_WIDE);
    picture_assert_readable(&picture);
    const struct mark *oval = picture_mark(&picture, MARK_SHAPE, 0);
    assert_true(oval->tone == TONE_BAND && oval->closed);
    size_t lines = 0;
    double farthest = 0, reach = 2.4477, least = 2.5 - reach * 0.5, point = 400 / (3 + reach * 0.4 - least);
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        for (size_t p = 0; mark->kind == MARK_SHAPE && p < mark->point_count; p++) {
            double x = ((mark->points[p].x - 40) / point + least - 3) / 0.4;
            double y = ((426 - mark->points[p].y) / point + least - 2.5) / 0.5;
            double away = sqrt((x * x - 1.2 * x * y + y * y) / 0.64);
            assert_true(mark == oval ? fabs(away - reach) < 1e-6 : away <= reach + 1e-6);
            farthest = mark == oval ? farthest : fmax(farthest, away);
        }
        lines += mark->kind == MARK_SHAPE;
    }
    assert_true(lines >= 6 && farthest > 2.2);
    hand_blank(gap, row, "sd_perception", REASON_TOO_FEW);
    picture = picture_of(&hand, "response_surface_map", ROOM_WIDE);
    assert_int_equal(picture_count(&picture, MARK_SHAPE, TONE_BAND), 0); /* not known where they lie */
    hand_end(&hand);
}

/* "the line P = E", and the slopes along and across it with their intervals */
static void the_diagonal_and_its_slopes(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    (void)surface_add(&hand, (const double[]){-0.25, 1, 0, 0, 0});
    struct picture picture = picture_of(&hand, "response_surface_map", ROOM_WIDE);
    bool diagonal = false;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        diagonal |= mark->kind == MARK_LINE && mark->dashed && fabs(mark->at.x - 40) < 1e-9 && fabs(mark->at.y - 426) < 1e-9 &&
                    fabs(mark->to.x - 440) < 1e-9 && fabs(mark->to.y - 26) < 1e-9;
    }
    assert_true(diagonal);
    assert_non_null(picture_find_text(&picture, "+0.75"));
    assert_non_null(picture_find_text(&picture, "[0.25, 1.25]"));
    assert_non_null(picture_find_text(&picture, "−1.25"));
    assert_non_null(picture_find_text(&picture, "[−1.75, −0.75]"));
    hand_end(&hand);
}

/* A stationary point inside the scales is a hollow dot in the cross of its intervals; outside there is none. */
static void the_stationary_point_is_shown_inside(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table = surface_add(&hand, (const double[]){0, 0, -0.3, 0, -0.3});
    struct row *x0 = figure_add(&hand, table, "x0", 3), *y0 = figure_add(&hand, table, "y0", 4.75);
    hand_text(table, x0, "place", "inside");
    hand_text(table, y0, "place", "inside");
    struct picture picture = picture_of(&hand, "response_surface_map", ROOM_WIDE);
    const struct mark *dot = picture_mark(&picture, MARK_DOT, 0);
    assert_true(fabs(dot->at.x - 240) < 1e-9 && fabs(dot->at.y - 51) < 1e-9 && dot->hollow);
    size_t crosses = 0;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        if (mark->kind != MARK_LINE || mark->tone != TONE_INK)
            continue;
        crosses++; /* across from 190 to 290; up from 101 to the border */
        assert_true(fabs(mark->at.x - (crosses == 1 ? 190 : 240)) < 1e-9 && fabs(mark->to.y - (crosses == 1 ? 51 : 26)) < 1e-9);
    }
    assert_int_equal(crosses, 2);
    struct table *gap = hand_table(&hand, "overall_gap", NULL);
    struct row *row = hand_row(&hand, gap, "");
    static const char *const cells[] = {"mean_expectation", "mean_perception", "sd_expectation", "sd_perception"};
    for (size_t i = 0; i < 4; i++)
        hand_number(gap, row, cells[i], i < 2 ? 3 : 0.6);
    hand_number(gap, row, "r_expectation_perception", 0);
    picture = picture_of(&hand, "response_surface_map", ROOM_WIDE);
    assert_int_equal(picture_count(&picture, MARK_DOT, TONE_INK), 0); /* no answers lie there */
    hand_blank(gap, row, "sd_perception", REASON_TOO_FEW);
    hand_text(table, x0, "place", "outside");
    picture = picture_of(&hand, "response_surface_map", ROOM_WIDE);
    assert_int_equal(picture_count(&picture, MARK_DOT, TONE_INK), 0);
    hand_blank(table, &table->rows[2], "estimate", REASON_TOO_FEW);
    picture = picture_of(&hand, "response_surface_map", ROOM_WIDE);
    assert_int_equal(picture.mark_count, 0); /* without b3 there is no surface */
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_never_overlap),
        cmocka_unit_test(lines_join_equal_values),
        cmocka_unit_test(curved_lines_join_equal_values),
        cmocka_unit_test(lines_end_where_answers_do),
        cmocka_unit_test(the_diagonal_and_its_slopes),
        cmocka_unit_test(the_stationary_point_is_shown_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
