/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/journey_marks.h"
#include "support/hand_tables.h"

static struct table *line_make(struct hand *hand, const double *ratings, const uint64_t *last, uint32_t count)
{
    hand_begin(hand, 1);
    hand->study.columns.journey.rating_scale =
        (struct scale){.id = "stars", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = 7};
    struct table *table = hand_table(hand, "journey_touchpoint", NULL);
    for (uint32_t i = 0; i < count; i++) {
        struct row *row = hand_row(hand, table, hand->ids[0]);
        if (ratings[i] > 0)
            hand_number(table, row, "rating", ratings[i]);
        hand_count(table, row, "last", last[i]);
    }
    return table;
}

/* "peak (farthest from the middle of the scale)", on either side; "of several the last" */
static void peak_is_farthest_from_the_middle(void **state)
{
    (void)state;
    static const struct {
        double ratings[4];
        uint32_t peak;
        bool low;
    } cases[] = {{{5, 6, 4, 3}, 1, false}, {{5, 6, 1.5, 3}, 2, true}, {{6, 2, 4, 5}, 1, true}, {{2, 6, 0, 5}, 1, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct hand hand;
        struct table *table = line_make(&hand, cases[i].ratings, (const uint64_t[]){1, 1, 1, 1}, 4);
        struct journey_marks marks = journey_marks_find(&hand.study, table, NULL, 0);
        assert_ptr_equal(marks.peak, &table->rows[cases[i].peak]);
        assert_int_equal(marks.low, cases[i].low);
        hand_end(&hand);
    }
}

/* The end is where most journeys end; only rows that are looked at count. */
static void end_is_where_most_end(void **state)
{
    (void)state;
    struct hand hand;
    struct table *table = line_make(&hand, (const double[]){6, 5, 4}, (const uint64_t[]){9, 3, 8}, 3);
    assert_ptr_equal(journey_marks_find(&hand.study, table, NULL, 0).end, &table->rows[0]);
    struct journey_marks marks = journey_marks_find(&hand.study, table, (const uint32_t[]){1, 2}, 2);
    assert_ptr_equal(marks.end, &table->rows[2]);
    assert_ptr_equal(marks.peak, &table->rows[1]);
    hand_end(&hand);
    table = line_make(&hand, (const double[]){0, 0}, (const uint64_t[]){0, 0}, 2);
    marks = journey_marks_find(&hand.study, table, NULL, 0);
    assert_null(marks.peak);
    assert_null(marks.end);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(peak_is_farthest_from_the_middle),
        cmocka_unit_test(end_is_where_most_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
