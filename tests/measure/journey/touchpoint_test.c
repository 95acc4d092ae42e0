/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/digits.h"
#include "support/printed_tables.h"
#include "support/scratch_folder.h"

static const char study_text[] =
    "{\"gapmeter\": 1, \"title\": \"Touchpoints\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},\n"
    " \"scale\": {\"min\": 1, \"max\": 5, \"step\": 1}, \"items\": [{\"id\": \"q1\"}, {\"id\": \"q2\"}],\n"
    " \"columns\": {\"respondent\": \"id\", \"expectation\": \"e{n}\", \"perception\": \"p{n}\", \"touchpoint\": \"where\",\n"
    "  \"channel\": \"how\", \"outcomes\": {\"satisfaction\": {\"column\": \"sat\", \"min\": 1, \"max\": 10}}}}\n";

static json_t *row_at(json_t *table, const char *where, const char *how, const char *figure)
{
    return printed_row(table, (const char *const[]){"where", where, "how", how, "figure", figure, NULL});
}

static double number(json_t *row, const char *column)
{
    const json_t *value = json_object_get(row, column);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

/* "gap or rating per touchpoint × channel": the set comes with the measure, unasked, and its figures are those of the group. */
static void every_touchpoint_and_channel(void **state)
{
    (void)state;
    struct scratch scratch;
    char text[8192], answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    size_t used = (size_t)snprintf(text, sizeof text, "id,where,how,e1,e2,p1,p2,sat\n");
    double sum = 0, squares = 0;
    for (int i = 0; i < 48; i++) {
        int desk = i % 2, phone = i / 2 % 2, k = i / 4, got = 1 + (k * 7 + desk) % 5, got_two = 1 + (k * 3 + phone) % 5;
        used += (size_t)snprintf(text + used, sizeof text - used, "r%d,%s,%s,4,3,%d,%d,%d\n", i, desk ? "desk" : "call",
                                 phone ? "phone" : "visit", got, got_two, 1 + k % 10);
        if (desk && phone) {
            double gap = (got - 4 + got_two - 3) / 2.0;
            sum += gap;
            squares += gap * gap;
        }
    }
    scratch_create(&scratch);
    (void)snprintf(answers, sizeof answers, "%s", scratch_write(&scratch, "answers.csv", text));
    (void)snprintf(study, sizeof study, "%s", scratch_write(&scratch, "study.json", study_text));
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study, "--table", "touchpoint", NULL});
    json_t *table = json_array_get(json_object_get(printed, "tables"), 0);
    assert_int_equal(json_array_size(json_object_get(table, "rows")), 4 * 3);
    json_t *gap = row_at(table, "desk", "phone", "gap");
    assert_int_equal((int)number(gap, "n"), 12);
    assert_digits(number(gap, "value"), sum / 12, 14);
    assert_digits(number(gap, "se"), sqrt((squares - sum * sum / 12) / 11 / 12), 13);
    json_t *rating = row_at(table, "desk", "phone", "rating");
    assert_digits(number(rating, "value"), sum / 12 + 3.5, 14);
    assert_true(json_is_null(json_object_get(rating, "share_short")));
    assert_true(number(gap, "share_short") > 0 && number(gap, "share_short") < 1);
    /* twelve people: 1 … 10, 1, 2 */
    assert_digits(number(row_at(table, "call", "visit", "satisfaction"), "value"), 58 / 12.0, 14);
    json_decref(printed);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_touchpoint_and_channel)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
