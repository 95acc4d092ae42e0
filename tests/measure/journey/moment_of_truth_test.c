/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/journey_answers.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

/* "for each moment LMG share × 100", of the journeys that rated all moments compared, in every design */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("journey_study");
    for (int design = 0; design < JOURNEY_DESIGNS; design++) {
        struct comparison comparison = COMPARISON_NONE;
        json_t *printed = journeys_printed(oracle, design, false, "moment_of_truth"), *expected = NULL;
        json_t *table = printed_table(printed, "moment_of_truth", NULL);
        size_t index = 0;
        json_array_foreach (journeys_expected(oracle, design, "truth"), index, expected) {
            const char *name = json_string_value(json_object_get(expected, "touchpoint"));
            journeys_agree(&comparison, printed_row(table, (const char *const[]){"touchpoint", name, NULL}), expected, 10);
        }
        comparison_say(&comparison, json_string_value(journeys_expected(oracle, design, "label")));
        json_decref(printed);
    }
    json_decref(oracle);
}

/* A touchpoint that fewer than half of the journeys rated is not compared: its cells say too few, and how many rated it. */
static void rare_moments_are_left_out(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("journey_study");
    json_t *printed = journeys_printed(oracle, 0, false, "moment_of_truth");
    json_t *table = printed_table(printed, "moment_of_truth", NULL);
    json_t *wait = printed_row(table, (const char *const[]){"touchpoint", "wait", NULL});
    assert_true(json_is_null(json_object_get(wait, "importance")));
    assert_string_equal(json_string_value(json_object_get(json_object_get(wait, "blank"), "importance")), "too_few");
    assert_true(json_integer_value(json_object_get(wait, "raters")) > 20);
    /* thirty journeys: the levels of most moments are thin, so no penalty and no verdict is made up */
    json_t *pay = printed_row(table, (const char *const[]){"touchpoint", "pay", NULL});
    assert_true(json_is_null(json_object_get(pay, "penalty")));
    assert_true(json_is_null(json_object_get(pay, "verdict")));
    double front = json_number_value(json_object_get(pay, "top_share"));
    assert_true(front > .5 && front <= 1);
    json_decref(printed);
    json_decref(oracle);
}

/* Ranks are drawn by what was answered: another order of the rows changes no bit. */
static void order_and_names_do_not_matter(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("journey_study");
    json_t *one = journeys_printed(oracle, 3, false, "moment_of_truth"),
           *other = journeys_printed(oracle, 3, true, "moment_of_truth");
    assert_true(json_equal(printed_table(one, "moment_of_truth", NULL), printed_table(other, "moment_of_truth", NULL)));
    json_decref(one);
    json_decref(other);
    json_decref(oracle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_agrees_with_r),
        cmocka_unit_test(rare_moments_are_left_out),
        cmocka_unit_test(order_and_names_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
