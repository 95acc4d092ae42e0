/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/printed_tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char *const printed =
    "{\"tables\": ["
    "{\"measure\": \"item_gap\", \"by\": [], \"rows\": [{\"item\": \"a\", \"gap\": -0.5, \"t\": null, \"blank\": {\"t\": "
    "\"no_variance\"}},"
    " {\"item\": \"b\", \"gap\": 1.000001}]},"
    "{\"measure\": \"item_gap\", \"by\": [\"branch\"], \"rows\": [{\"branch\": \"Oslo\", \"item\": \"a\", \"gap\": 2}]}]}";

/* "The one row whose cells have these texts", of the table of everyone and of the one by branch. */
static void rows_are_found_by_their_keys(void **state)
{
    (void)state;
    json_t *root = json_loads(printed, 0, NULL);
    assert_non_null(root);
    json_t *everyone = printed_table(root, "item_gap", NULL), *by_branch = printed_table(root, "item_gap", "branch");
    assert_ptr_not_equal(everyone, by_branch);
    json_t *row = printed_row(everyone, (const char *const[]){"item", "a", NULL});
    assert_true(json_number_value(json_object_get(row, "gap")) < 0);
    row = printed_row(by_branch, (const char *const[]){"branch", "Oslo", "item", "a", NULL});
    assert_true(json_number_value(json_object_get(row, "gap")) > 1);
    json_decref(root);
}

/* "null must meet a blank with a reason"; the least agreement is kept, with its place. */
static void agreement_keeps_the_least(void **state)
{
    (void)state;
    json_t *root = json_loads(printed, 0, NULL);
    json_t *table = printed_table(root, "item_gap", NULL), *half = json_real(-.5), *one = json_real(1), *none = json_null();
    struct comparison comparison = COMPARISON_NONE;
    comparison_add(&comparison, printed_row(table, (const char *const[]){"item", "a", NULL}), "gap", half, 15);
    assert_true(comparison.least > 16);
    comparison_add(&comparison, printed_row(table, (const char *const[]){"item", "b", NULL}), "gap", one, 5);
    comparison_add(&comparison, printed_row(table, (const char *const[]){"item", "a", NULL}), "t", none, 15);
    assert_int_equal(comparison.compared, 3);
    assert_true(comparison.least > 5.9 && comparison.least < 6.1);
    assert_string_equal(comparison.where, "b gap");
    json_decref(half);
    json_decref(one);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_are_found_by_their_keys),
                                       cmocka_unit_test(agreement_keeps_the_least)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
