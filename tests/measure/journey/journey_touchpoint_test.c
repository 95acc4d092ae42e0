/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/journey_answers.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

/* Visits, ends, ratings over all visits with journeys as the units, and waits: against R in every design */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("journey_study");
    for (int design = 0; design < JOURNEY_DESIGNS; design++) {
        struct comparison comparison = COMPARISON_NONE;
        json_t *printed = journeys_printed(oracle, design, false, "journey_touchpoint");
        json_t *table = printed_table(printed, "journey_touchpoint", NULL), *expected = NULL;
        size_t index = 0;
        json_array_foreach (journeys_expected(oracle, design, "touchpoints"), index, expected) {
            const char *name = json_string_value(json_object_get(expected, "touchpoint"));
            journeys_agree(&comparison, printed_row(table, (const char *const[]){"touchpoint", name, NULL}), expected, 12);
        }
        comparison_say(&comparison, json_string_value(journeys_expected(oracle, design, "label")));
        json_decref(printed);
    }
    json_decref(oracle);
}

/* "Numbers are exact … row order": other names and another order of the rows change no bit */
static void order_and_names_do_not_matter(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("journey_study");
    for (int design = 0; design < JOURNEY_DESIGNS; design++) {
        json_t *one = journeys_printed(oracle, design, false, "journey_touchpoint");
        json_t *other = journeys_printed(oracle, design, true, "journey_touchpoint");
        assert_true(json_equal(printed_table(one, "journey_touchpoint", NULL), printed_table(other, "journey_touchpoint", NULL)));
        json_decref(one);
        json_decref(other);
    }
    json_decref(oracle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_agrees_with_r),
        cmocka_unit_test(order_and_names_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
