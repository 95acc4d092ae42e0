/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/journey_summary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

/* formulas.md F81: "5,4,2,6,5,7 on 1–7: mean 4.833, peak 7, peak–end 7.0, slope .4857 per step" */
static void the_formula_sheets_example(void **state)
{
    (void)state;
    const double ratings[] = {5, 4, 2, 6, 5, 7};
    struct journey_summary summary;
    assert_int_equal(journey_summarise(ratings, 6, 4, &summary), DEFINED);
    assert_digits(summary.mean, 4.833, 4);
    assert_true(summary.peak == 7 && summary.peak_end == 7);
    assert_digits(summary.slope, .4857, 4);
    assert_digits(summary.trend, 5 * summary.slope, 15);
}

/* Every summary against R. */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("journey_summary");
    struct agreement figures = {.name = "journey summaries", .wanted = 14};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        double ratings[64];
        size_t count = json_array_size(json_object_get(row, "ratings"));
        assert_true(count <= 64);
        for (size_t i = 0; i < count; i++)
            ratings[i] = json_number_value(json_array_get(json_object_get(row, "ratings"), i));
        struct journey_summary s;
        assert_int_equal(journey_summarise(ratings, count, member_number(row, "neutral"), &s), DEFINED);
        agreement_add(&figures, s.mean, member_number(row, "mean"));
        agreement_add(&figures, s.max, member_number(row, "max"));
        agreement_add(&figures, s.min, member_number(row, "min"));
        agreement_add(&figures, s.start, member_number(row, "start"));
        agreement_add(&figures, s.end, member_number(row, "end"));
        agreement_add(&figures, s.peak, member_number(row, "peak"));
        agreement_add(&figures, s.peak_end, member_number(row, "peak_end"));
        agreement_add(&figures, s.prominence_up, member_number(row, "prominence_up"));
        agreement_add(&figures, s.prominence_down, member_number(row, "prominence_down"));
        bool trend = s.trend_undefined == DEFINED;
        agreement_add_member(&figures, trend, s.slope, row, "slope");
        agreement_add_member(&figures, trend, s.trend, row, "trend");
        agreement_add_member(&figures, trend, s.final_slope, row, "final_slope");
    }
    agreement_print(&figures);
    json_decref(root);
}

/* "of several the last"; "all levels are equal for a count of 1"; "count 0" */
static void ties_and_one_moment(void **state)
{
    (void)state;
    const double tie[] = {1, 7, 4}, back[] = {7, 1, 4}, one[] = {3};
    struct journey_summary summary = {.mean = 9};
    assert_int_equal(journey_summarise(one, 0, 4, &summary), UNDEFINED_TOO_FEW);
    assert_true(summary.mean == 9);
    assert_int_equal(journey_summarise(tie, 3, 4, &summary), DEFINED);
    assert_true(summary.peak == 7);
    assert_int_equal(journey_summarise(back, 3, 4, &summary), DEFINED);
    assert_true(summary.peak == 1);
    assert_int_equal(journey_summarise(one, 1, 4, &summary), DEFINED);
    assert_int_equal(summary.trend_undefined, UNDEFINED_TOO_FEW);
    assert_true(summary.mean == 3 && summary.max == 3 && summary.min == 3 && summary.start == 3 && summary.end == 3);
    assert_true(summary.peak == 3 && summary.peak_end == 3 && summary.prominence_up == 0 && summary.prominence_down == 0);
}

/* Turning the scale turns the levels and the trend; adding a constant moves levels only; turning time turns the trend. */
static void laws(void **state)
{
    (void)state;
    const double ratings[] = {2, 5, 3, 6, 6, 1, 4}, turned[] = {6, 3, 5, 2, 2, 7, 4}, moved[] = {12, 15, 13, 16, 16, 11, 14},
                 backwards[] = {4, 1, 6, 6, 3, 5, 2};
    struct journey_summary a, b, c, d;
    assert_int_equal(journey_summarise(ratings, 7, 4, &a), DEFINED);
    assert_int_equal(journey_summarise(turned, 7, 4, &b), DEFINED);
    assert_int_equal(journey_summarise(moved, 7, 14, &c), DEFINED);
    assert_int_equal(journey_summarise(backwards, 7, 4, &d), DEFINED);
    assert_true(b.max == 8 - a.min && b.peak == 8 - a.peak && b.end == 8 - a.end);
    assert_digits(b.slope, -a.slope, 15);
    assert_digits(b.prominence_up, a.prominence_down, 15);
    assert_digits(c.mean, a.mean + 10, 15);
    assert_digits(c.slope, a.slope, 14);
    assert_true(c.peak == a.peak + 10 && c.final_slope == a.final_slope);
    assert_digits(d.slope, -a.slope, 15);
    assert_true(d.start == a.end && d.end == a.start);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_formula_sheets_example),
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(ties_and_one_moment),
        cmocka_unit_test(laws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
