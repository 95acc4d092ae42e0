/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/digits.h"
#include "support/journey_answers.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

static void assert_member(json_t *row, const char *column, json_t *reference, const char *path, double digits)
{
    const json_t *value = json_object_get(row, column);
    assert_true(json_is_number(value));
    assert_digits(json_number_value(value), oracle_number(reference, path), digits);
}

/* A hospital's log: journeys, moments, variants, durations and visits as another program counted them. */
static void a_real_log(void **state)
{
    (void)state;
    char path[4096];
    json_t *reference = oracle_read_path(real_answers_path("journey-sepsis/reference.json", path, sizeof path));
    json_t *printed = sepsis_printed(NULL);
    json_t *row = printed_row(printed_table(printed, "journey_overview", NULL), (const char *const[]){"scope", "all", NULL});
    assert_member(row, "n", reference, "n_cases", 17);
    assert_member(row, "moments", reference, "n_events", 17);
    assert_member(row, "touchpoints", reference, "n_activities", 17);
    assert_member(row, "variants", reference, "n_variants", 17);
    assert_member(row, "moments_mean", reference, "events_per_case.mean", 14);
    assert_member(row, "moments_median", reference, "events_per_case.median", 17);
    assert_member(row, "duration_mean", reference, "duration_hours.mean", 12);
    assert_member(row, "duration_median", reference, "duration_hours.median", 12);
    assert_member(row, "duration_q1", reference, "duration_hours.q1", 12);
    assert_member(row, "duration_q3", reference, "duration_hours.q3", 12);
    assert_true(json_is_null(json_object_get(row, "rated")));
    json_t *table = printed_table(printed, "journey_touchpoint", NULL), *count = NULL;
    const char *name = NULL;
    json_object_foreach (oracle_at(reference, "activity_counts"), name, count) {
        json_t *touchpoint = printed_row(table, (const char *const[]){"touchpoint", name, NULL});
        assert_int_equal(json_integer_value(json_object_get(touchpoint, "visits")), json_integer_value(count));
        assert_int_equal(json_integer_value(json_object_get(touchpoint, "n")),
                         json_integer_value(json_object_get(oracle_at(reference, "cases_with_activity"), name)));
        const json_t *first = json_object_get(oracle_at(reference, "start_activities"), name);
        const json_t *last = json_object_get(oracle_at(reference, "end_activities"), name);
        assert_int_equal(json_integer_value(json_object_get(touchpoint, "first")), first ? json_integer_value(first) : 0);
        assert_int_equal(json_integer_value(json_object_get(touchpoint, "last")), last ? json_integer_value(last) : 0);
    }
    json_decref(printed);
    json_decref(reference);
}

/* "the median with weights -> weighted": a table that cannot honour weights says so; means do. Journeys without a rating, of one
 * moment, count as journeys. */
static void weights(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("journey_study");
    json_t *printed = journeys_printed(oracle, 1, false, "journey_overview");
    json_t *row = printed_row(printed_table(printed, "journey_overview", NULL), (const char *const[]){"scope", "all", NULL});
    assert_string_equal(json_string_value(json_object_get(json_object_get(row, "blank"), "duration_median")), "weighted");
    assert_string_equal(json_string_value(json_object_get(json_object_get(row, "blank"), "moments_median")), "weighted");
    assert_true(json_is_number(json_object_get(row, "duration_mean")));
    assert_int_equal(json_integer_value(json_object_get(row, "n")), 70);
    assert_int_equal(json_integer_value(json_object_get(row, "rated")), 69);
    json_decref(printed);
    json_decref(oracle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_real_log),
        cmocka_unit_test(weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
