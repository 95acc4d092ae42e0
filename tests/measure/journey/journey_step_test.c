/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/digits.h"
#include "support/journey_answers.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/scratch_folder.h"

static json_t *row_between(json_t *table, const char *from, const char *to)
{
    return printed_row(table, (const char *const[]){"from", from, "to", to, NULL});
}

/* A hospital's log: the 25 most frequent steps, and four waits "from the first a to the first b not before it", as another
 * program found them. */
static void a_real_log(void **state)
{
    (void)state;
    char path[4096];
    json_t *reference = oracle_read_path(real_answers_path("journey-sepsis/reference.json", path, sizeof path));
    json_t *printed = sepsis_printed("journey_step"), *step = NULL, *wait = NULL;
    json_t *table = printed_table(printed, "journey_step", NULL);
    size_t index = 0;
    json_array_foreach (oracle_at(reference, "directly_follows_top25"), index, step) {
        json_t *row = row_between(table, json_string_value(json_array_get(step, 0)), json_string_value(json_array_get(step, 1)));
        assert_int_equal(json_integer_value(json_object_get(row, "steps")), json_integer_value(json_array_get(step, 2)));
    }
    assert_int_equal(index, 25);
    const char *name = NULL;
    json_object_foreach (oracle_at(reference, "waits"), name, wait) {
        char from[64];
        const char *arrow = strstr(name, " -> first ");
        assert_non_null(arrow);
        (void)snprintf(from, sizeof from, "%.*s", (int)(arrow - name), name);
        json_t *row = row_between(table, from, arrow + strlen(" -> first "));
        assert_int_equal(json_integer_value(json_object_get(row, "n")), json_integer_value(json_object_get(wait, "n")));
        assert_digits(60 * json_number_value(json_object_get(row, "reach_median")),
                      json_number_value(json_object_get(wait, "median_minutes")), 12);
        assert_digits(60 * json_number_value(json_object_get(row, "reach_mean")),
                      json_number_value(json_object_get(wait, "mean_minutes")), 12);
    }
    json_decref(printed);
    json_decref(reference);
}

/* The shares of the steps that leave a touchpoint add to 1, weighted or not; medians with weights are refused aloud. */
static void shares_add_up(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("journey_study");
    for (int design = 0; design < 2; design++) {
        json_t *printed = journeys_printed(oracle, design, false, "journey_step"), *row = NULL;
        double sum = 0;
        size_t index = 0;
        json_array_foreach (json_object_get(printed_table(printed, "journey_step", NULL), "rows"), index, row) {
            if (strcmp(json_string_value(json_object_get(row, "from")), "desk") == 0)
                sum += json_number_value(json_object_get(row, "share"));
            assert_true(json_is_null(json_object_get(row, "reach_median")) == (design == 1));
        }
        assert_digits(sum, 1, 14);
        json_decref(printed);
    }
    json_decref(oracle);
}

/* "the most visited ones of all journeys when there are too many to read": of sixty touchpoints the fifty that most journeys
 * meet, and a note about the others. */
static void the_most_visited_are_shown(void **state)
{
    (void)state;
    static const char study_text[] = "{\"gapmeter\": 1, \"title\": \"Many\", \"columns\": {\"layout\": \"journey\", "
                                     "\"respondent\": \"case\", \"touchpoint\": \"step\", \"order\": \"no\"}}";
    static char text[65536];
    struct scratch scratch;
    char answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    size_t used = (size_t)snprintf(text, sizeof text, "case,step,no\n");
    /* journey i meets touchpoints 0 … 59 − i % 12: the last ten are met least */
    for (unsigned i = 0; i < 12; i++) {
        for (unsigned t = 0; t < 60 - i; t++)
            used += (size_t)snprintf(text + used, sizeof text - used, "c%u,t%02u,%u\n", i, t, t);
    }
    scratch_create(&scratch);
    (void)snprintf(answers, sizeof answers, "%s", scratch_write(&scratch, "answers.csv", text));
    (void)snprintf(study, sizeof study, "%s", scratch_write(&scratch, "study.json", study_text));
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study, "--table", "journey_step", NULL});
    json_t *table = printed_table(printed, "journey_step", NULL);
    assert_int_equal(json_array_size(json_object_get(table, "rows")), 50 * 49 / 2);
    assert_int_equal(json_integer_value(json_object_get(row_between(table, "t00", "t49"), "n")), 11);
    assert_string_equal(json_string_value(json_array_get(json_object_get(table, "notes"), 0)),
                        "Shown are the 50 most visited touchpoints; 10 others have no rows.");
    json_decref(printed);
    scratch_destroy(&scratch);
}

/* "at the same time or later", whatever stands first in the order; the same touchpoint only when it is met again. */
static void ties_and_returns(void **state)
{
    (void)state;
    static const char study_text[] =
        "{\"gapmeter\": 1, \"title\": \"Ties\", \"columns\": {\"layout\": \"journey\", "
        "\"respondent\": \"case\", \"touchpoint\": \"step\", \"time\": \"when\", \"order\": \"no\"}}";
    struct scratch scratch;
    char answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    scratch_create(&scratch);
    (void)snprintf(
        answers, sizeof answers, "%s",
        scratch_write(&scratch, "answers.csv",
                      "case,step,when,no\nx,b,2024-03-01 10:00,1\nx,a,2024-03-01 10:00,2\nx,a,2024-03-01 11:00,3\n"
                      "y,a,2024-03-01 09:00,1\ny,b,2024-03-01 09:30,2\nz,b,2024-03-01 08:00,1\nz,a,2024-03-01 08:15,2\n"));
    (void)snprintf(study, sizeof study, "%s", scratch_write(&scratch, "study.json", study_text));
    json_t *printed =
        printed_analysis((const char *const[]){answers, "--study", study, "--table", "journey_step", "--min-cell", "1", NULL});
    json_t *table = printed_table(printed, "journey_step", NULL);
    assert_int_equal(json_array_size(json_object_get(table, "rows")), 3);
    static const struct {
        const char *from, *to;
        int n;
        double median, mean;
    } rows[] = {{"a", "a", 1, 1, 1}, {"a", "b", 2, .25, .25}, {"b", "a", 2, .125, .125}};
    for (size_t i = 0; i < 3; i++) {
        json_t *row = row_between(table, rows[i].from, rows[i].to);
        assert_int_equal(json_integer_value(json_object_get(row, "n")), rows[i].n);
        assert_digits(json_number_value(json_object_get(row, "reach_median")), rows[i].median, 14);
        assert_digits(json_number_value(json_object_get(row, "reach_mean")), rows[i].mean, 14);
    }
    json_decref(printed);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_real_log),
        cmocka_unit_test(shares_add_up),
        cmocka_unit_test(the_most_visited_are_shown),
        cmocka_unit_test(ties_and_returns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
