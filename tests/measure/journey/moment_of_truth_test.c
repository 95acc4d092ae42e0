/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/journey_answers.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/scratch_folder.h"

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

/* Six hundred journeys past four touchpoints, of which one alone decides: it is a moment of truth, with a penalty and a reward of
 * the sizes that were put in, and the others are not. */
static void the_moment_that_decides(void **state)
{
    (void)state;
    static const char *const names[] = {"call", "desk", "offer", "pay"};
    static const char study_text[] =
        "{\"gapmeter\": 1, \"title\": \"Truth\", \"columns\": {\"layout\": \"journey\", \"respondent\": \"case\", "
        "\"touchpoint\": \"step\", \"order\": \"no\", \"rating\": {\"column\": \"stars\", \"min\": 1, \"max\": 10},"
        "\"outcomes\": {\"satisfaction\": {\"column\": \"sat\", \"min\": 1, \"max\": 10}}}}";
    static char text[131072];
    struct scratch scratch;
    char answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    size_t used = (size_t)snprintf(text, sizeof text, "case,step,no,stars,sat\n");
    for (uint64_t i = 0; i < 600; i++) {
        unsigned stars[4];
        for (uint64_t t = 0; t < 4; t++)
            stars[t] = 3 + (unsigned)chance_below(3, t, i, 8);
        /* low up to 6, high from 9 on */
        unsigned satisfaction = 4 + (stars[2] > 6 ? 2U : 0U) + (stars[2] > 8 ? 1U : 0U) + (unsigned)chance_below(3, 9, i, 3);
        for (unsigned t = 0; t < 4; t++)
            used += (size_t)snprintf(text + used, sizeof text - used, "c%u,%s,%u,%u,%u\n", (unsigned)i, names[t], t, stars[t],
                                     satisfaction);
        assert_true(used < sizeof text - 200);
    }
    scratch_create(&scratch);
    (void)snprintf(answers, sizeof answers, "%s", scratch_write(&scratch, "answers.csv", text));
    (void)snprintf(study, sizeof study, "%s", scratch_write(&scratch, "study.json", study_text));
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study, "--table", "moment_of_truth", NULL});
    json_t *table = printed_table(printed, "moment_of_truth", NULL);
    for (size_t t = 0; t < 4; t++) {
        json_t *row = printed_row(table, (const char *const[]){"touchpoint", names[t], NULL});
        assert_string_equal(json_string_value(json_object_get(row, "verdict")), t == 2 ? "moment_of_truth" : "not_shown");
        assert_true((json_integer_value(json_object_get(row, "rank")) == 1) == (t == 2));
        double penalty = json_number_value(json_object_get(row, "penalty")),
               reward = json_number_value(json_object_get(row, "reward"));
        assert_true(fabs(penalty - (t == 2 ? -2 : 0)) < 0.3);
        assert_true(fabs(reward - (t == 2 ? 1 : 0)) < 0.35);
        assert_true((json_number_value(json_object_get(row, "top_share")) > .99) == (t == 2));
    }
    json_decref(printed);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_agrees_with_r),
        cmocka_unit_test(rare_moments_are_left_out),
        cmocka_unit_test(order_and_names_do_not_matter),
        cmocka_unit_test(the_moment_that_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
