/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/printed_tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/digits.h"
#include "support/program_run.h"

enum { ARGUMENTS_MOST = 40 };

json_t *printed_analysis(const char *const *arguments)
{
    const char *all[ARGUMENTS_MOST] = {"analyze"};
    size_t count = 1;
    for (; *arguments != NULL; arguments++) {
        assert_in_range(count, 1, ARGUMENTS_MOST - 3);
        all[count++] = *arguments;
    }
    all[count] = "--json";
    struct program_run run;
    program_run(&run, &(const struct program_call){.arguments = all});
    if (run.exit_code != 0)
        fail_msg("analyze ends with %d: %s", run.exit_code, run.err);
    json_error_t error;
    json_t *root = json_loadb(run.out, run.out_length, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        fail_msg("analyze prints no JSON: line %d, %s", error.line, error.text);
    program_run_clear(&run);
    return root;
}

json_t *printed_table(json_t *root, const char *measure, const char *by)
{
    size_t index = 0;
    json_t *table = NULL;
    json_array_foreach (json_object_get(root, "tables"), index, table) {
        const char *name = json_string_value(json_object_get(table, "measure"));
        const json_t *set = json_object_get(table, "by");
        const char *first = json_string_value(json_array_get(set, 0));
        bool fits = by == NULL ? json_array_size(set) == 0 : json_array_size(set) == 1 && first && strcmp(first, by) == 0;
        if (fits && name != NULL && strcmp(name, measure) == 0)
            return table;
    }
    fail_msg("there is no table %s%s%s", measure, by ? " by " : "", by ? by : "");
    return NULL;
}

static bool row_has(const json_t *row, const char *const *keys)
{
    for (; *keys != NULL; keys += 2) {
        const char *text = json_string_value(json_object_get(row, keys[0]));
        if (text == NULL || strcmp(text, keys[1]) != 0)
            return false;
    }
    return true;
}

json_t *printed_row(json_t *table, const char *const *keys)
{
    size_t index = 0;
    json_t *row = NULL, *found = NULL;
    json_array_foreach (json_object_get(table, "rows"), index, row) {
        if (!row_has(row, keys))
            continue;
        if (found != NULL)
            fail_msg("two rows have %s = %s", keys[0], keys[1]);
        found = row;
    }
    if (found == NULL)
        fail_msg("no row of %s has %s = %s", json_string_value(json_object_get(table, "measure")), keys[0] ? keys[0] : "anything",
                 keys[0] ? keys[1] : "");
    return found;
}

void comparison_add(struct comparison *comparison, json_t *row, const char *column, json_t *expected, double digits)
{
    json_t *actual = json_object_get(row, column);
    if (actual == NULL)
        fail_msg("there is no column %s", column);
    comparison->compared++;
    if (json_is_null(expected)) {
        const json_t *reason = json_object_get(json_object_get(row, "blank"), column);
        if (!json_is_null(actual) || !json_is_string(reason))
            fail_msg("%s should be blank, with a reason", column);
        return;
    }
    if (json_is_string(expected)) {
        if (!json_is_string(actual))
            fail_msg("%s is no text, but should be \"%s\"", column, json_string_value(expected));
        assert_string_equal(json_string_value(actual), json_string_value(expected));
        return;
    }
    if (!json_is_number(actual))
        fail_msg("%s is blank (%s), but should be %.10g", column,
                 json_string_value(json_object_get(json_object_get(row, "blank"), column)), json_number_value(expected));
    double agreeing = digits_agreeing(json_number_value(actual), json_number_value(expected));
    if (agreeing < digits)
        fail_msg("%s is %.17g, expected %.17g: %.1f digits agree, %.1f wanted", column, json_number_value(actual),
                 json_number_value(expected), agreeing, digits);
    if (agreeing < comparison->least) {
        comparison->least = agreeing;
        const char *item = json_string_value(json_object_get(row, "item"));
        const char *dimension = json_string_value(json_object_get(row, "dimension"));
        (void)snprintf(comparison->where, sizeof comparison->where, "%s %s", item ? item : dimension ? dimension : "", column);
    }
}

void comparison_say(const struct comparison *comparison, const char *title)
{
    print_message("%s: %u figures, at least %.1f digits agree (%s)\n", title, comparison->compared, comparison->least,
                  comparison->where);
}
