/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/journey_answers.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

/* Means over journeys of what F81 says of each, in every design; a journey of one rating has levels and no trend, one without
 * ratings has a duration alone: so their n differ. */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("journey_study");
    for (int design = 0; design < JOURNEY_DESIGNS; design++) {
        struct comparison comparison = COMPARISON_NONE;
        json_t *printed = journeys_printed(oracle, design, false, "journey_shape");
        json_t *table = printed_table(printed, "journey_shape", NULL), *expected = NULL;
        size_t index = 0;
        json_array_foreach (journeys_expected(oracle, design, "shapes"), index, expected) {
            const char *name = json_string_value(json_object_get(expected, "summary"));
            journeys_agree(&comparison, printed_row(table, (const char *const[]){"summary", name, NULL}), expected, 12);
        }
        assert_int_equal(index, 13);
        comparison_say(&comparison, json_string_value(journeys_expected(oracle, design, "label")));
        json_decref(printed);
    }
    json_decref(oracle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_design_agrees_with_r)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
