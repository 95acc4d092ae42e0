/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/digits.h"
#include "support/indices_study.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

/* "overlapping panel: subtract 2Cov": people found again by their names, in a wave that they share in part */
static void waves_that_overlap_agree_with_r(void **state)
{
    (void)state;
    static const char *const measures[] = {"nps", "csat", "ces"}, *const outcomes[] = {"recommend", "satisfaction", "effort"};
    json_t *oracle = oracle_read("indices");
    for (size_t m = 0; m < 3; m++) {
        char path[32];
        (void)snprintf(path, sizeof path, "panels.%s", measures[m]);
        json_t *printed = indices_compared(oracle, true, measures[m]);
        json_t *row = printed_row(printed_table(printed, measures[m], NULL), (const char *const[]){"outcome", outcomes[m], NULL});
        indices_agree(row, oracle_at(oracle, path), 12, measures[m]);
        json_decref(printed);
    }
    json_decref(oracle);
}

/* The row of a branch in a printed table; NULL when it has none. */
static json_t *row_of_branch(json_t *printed, const char *branch)
{
    size_t index = 0;
    json_t *row = NULL;
    json_array_foreach (json_object_get(printed_table(printed, "ces", "branch"), "rows"), index, row) {
        if (strcmp(json_string_value(json_object_get(row, "branch")), branch) == 0)
            return row;
    }
    return NULL;
}

static double number_or(const json_t *row, const char *column, double otherwise)
{
    const json_t *value = json_object_get(row, column);
    return json_is_number(value) ? json_number_value(value) : otherwise;
}

/* "The change of a figure since the older answers of the same group": groups are the same by the text of their value, not by its
 * number; a branch that had nobody then has no change, and one with a single answer on a side no error to change with. */
static void groups_are_found_by_their_texts(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("indices");
    json_t *both = indices_by_branch(oracle, DESIGN_PLAIN, 0, "ces");
    json_t *before = indices_by_branch(oracle, DESIGN_PLAIN, 1, "ces"), *now = indices_by_branch(oracle, DESIGN_PLAIN, 2, "ces");
    json_t *row = NULL;
    size_t index = 0, changes = 0, without = 0;
    json_array_foreach (json_object_get(printed_table(both, "ces", "branch"), "rows"), index, row) {
        const char *branch = json_string_value(json_object_get(row, "branch"));
        const json_t *then = row_of_branch(before, branch), *today = row_of_branch(now, branch);
        assert_non_null(today);
        bool known = then && number_or(then, "se", -1) >= 0 && number_or(today, "se", -1) >= 0;
        assert_true(json_is_number(json_object_get(row, "change")) == known);
        changes += known;
        without += !known;
        if (known)
            assert_digits(number_or(row, "change", 99), number_or(today, "value", 0) - number_or(then, "value", 0), 12);
    }
    assert_true(changes >= 4 && without >= 1);
    json_decref(both);
    json_decref(before);
    json_decref(now);
    json_decref(oracle);
}

static bool notes_hold(json_t *printed, const char *measure, const char *text)
{
    size_t index = 0;
    json_t *note = NULL;
    json_array_foreach (json_object_get(printed_table(printed, measure, NULL), "notes"), index, note) {
        if (strstr(json_string_value(note), text))
            return true;
    }
    return false;
}

/* In clusters the error does not go by single customers: the waves count as independent, and the table says so. */
static void clusters_count_as_different_people(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("indices");
    json_t *plain = indices_by_branch(oracle, DESIGN_PLAIN, 0, "nps"),
           *clusters = indices_by_branch(oracle, DESIGN_CLUSTERS, 0, "nps");
    assert_true(notes_hold(plain, "nps", "allow for customers who answered both times"));
    assert_true(notes_hold(clusters, "nps", "as between different people"));
    json_decref(plain);
    json_decref(clusters);
    json_decref(oracle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waves_that_overlap_agree_with_r),
        cmocka_unit_test(groups_are_found_by_their_texts),
        cmocka_unit_test(clusters_count_as_different_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
