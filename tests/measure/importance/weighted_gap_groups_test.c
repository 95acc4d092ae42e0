/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/printed_tables.h"
#include "support/scratch_folder.h"

static const char study[] =
    "{\"gapmeter\": 1, \"title\": \"Groups\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},\n"
    " \"scale\": {\"min\": 1, \"max\": 5, \"step\": 1}, \"dimensions\": [{\"id\": \"a\"}, {\"id\": \"b\"}],\n"
    " \"items\": [{\"id\": \"q1\", \"dimension\": \"a\"}, {\"id\": \"q2\", \"dimension\": \"b\"}],\n"
    " \"columns\": {\"respondent\": \"id\", \"expectation\": \"e{n}\", \"perception\": \"p{n}\", \"segments\": [\"town\"],\n"
    "  \"importance\": {\"kind\": \"points\", \"of\": \"dimension\", \"a\": \"wa\", \"b\": \"wb\"}}}\n";

/* "beside each other the two would give away the few who gave no usable importance. Groups therefore show them there alone." */
static void groups_show_the_plain_gap_elsewhere(void **state)
{
    (void)state;
    struct scratch scratch;
    char answers[4096], path[SCRATCH_ROOM], study_path[SCRATCH_ROOM];
    size_t used = (size_t)snprintf(answers, sizeof answers, "id,town,e1,e2,p1,p2,wa,wb\n");
    for (int i = 0; i < 40; i++)
        used += (size_t)snprintf(answers + used, sizeof answers - used, "%d,%s,%d,4,%d,3,60,40\n", i, i % 2 ? "Oslo" : "Bergen",
                                 3 + i % 3, 1 + i % 4);
    scratch_create(&scratch);
    (void)snprintf(path, sizeof path, "%s", scratch_write(&scratch, "answers.csv", answers));
    (void)snprintf(study_path, sizeof study_path, "%s", scratch_write(&scratch, "study.json", study));
    json_t *printed =
        printed_analysis((const char *const[]){path, "--study", study_path, "--table", "weighted_gap", "--by", "town", NULL});
    json_t *all = printed_row(printed_table(printed, "weighted_gap", NULL), (const char *const[]){"dimension", "a", NULL});
    json_t *oslo = printed_row(printed_table(printed, "weighted_gap", "town"),
                               (const char *const[]){"town", "Oslo", "dimension", "a", NULL});
    assert_true(json_is_number(json_object_get(all, "gap")));
    assert_true(json_is_number(json_object_get(all, "performance")));
    assert_true(json_is_number(json_object_get(oslo, "weighted")));
    assert_true(json_is_null(json_object_get(oslo, "gap")));
    assert_true(json_is_null(json_object_get(oslo, "performance")));
    json_decref(printed);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(groups_show_the_plain_gap_elsewhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
