/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/journey_answers.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

static json_t *row_of_model(json_t *table, const char *model)
{
    size_t index = 0;
    json_t *row = NULL;
    json_array_foreach (json_object_get(table, "rows"), index, row) {
        if (strcmp(json_string_value(json_object_get(row, "model")), model) == 0 && json_is_null(json_object_get(row, "summary")))
            return row;
    }
    fail_msg("no row of the model %s", model);
    return NULL;
}

/* "Regress remembered satisfaction on mean; peak–end; mean + max + min + end + trend. Report CV-R² (10-fold), AIC, LMG shares."
 */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("journey_study");
    for (int design = 0; design < JOURNEY_DESIGNS; design++) {
        struct comparison comparison = COMPARISON_NONE;
        json_t *printed = journeys_printed(oracle, design, false, "journey_memory"), *expected = NULL;
        json_t *table = printed_table(printed, "journey_memory", NULL);
        const char *name = NULL;
        json_object_foreach (journeys_expected(oracle, design, "memory.models"), name, expected) {
            json_t *row = row_of_model(table, name);
            journeys_agree(&comparison, row, expected, 11);
            double foretold = json_number_value(json_object_get(row, "r2_cv")),
                   r2 = json_number_value(json_object_get(row, "r2"));
            assert_true(foretold < r2 && foretold > r2 - 0.15);
        }
        json_object_foreach (journeys_expected(oracle, design, "memory.parts"), name, expected)
            journeys_agree(&comparison, printed_row(table, (const char *const[]){"summary", name, NULL}), expected, 10);
        assert_string_equal(json_string_value(json_object_get(row_of_model(table, "shape"), "verdict")), "best");
        assert_string_equal(json_string_value(json_object_get(row_of_model(table, "mean"), "verdict")), "worse");
        comparison_say(&comparison, json_string_value(journeys_expected(oracle, design, "label")));
        json_decref(printed);
    }
    json_decref(oracle);
}

/* The folds are a function of what was answered: another order of the rows changes no bit. */
static void order_and_names_do_not_matter(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("journey_study");
    json_t *one = journeys_printed(oracle, 2, false, "journey_memory"),
           *other = journeys_printed(oracle, 2, true, "journey_memory");
    assert_true(json_equal(printed_table(one, "journey_memory", NULL), printed_table(other, "journey_memory", NULL)));
    json_decref(one);
    json_decref(other);
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
