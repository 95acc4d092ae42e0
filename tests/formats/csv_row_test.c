/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "formats/csv_read.h"
#include "support/csv_studies.h"

#define DAY_MS INT64_C(86400000)

/* The days between which a file's answers lie. */
static struct fieldwork fieldwork_of(const char *text, const struct study *study)
{
    struct ctx ctx = {0};
    struct problems problems;
    struct span bytes = span_of(text);
    struct csv_request request = {.openings = {{.path = "a.csv", .bytes = &bytes}}, .count = 1};
    const struct answers *answers = NULL;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(problems_init(&ctx, &problems, true), STATUS_OK);
    assert_int_equal(csv_read(&ctx, &request, study, &problems, &answers), STATUS_OK);
    struct fieldwork fieldwork = answers->fieldwork;
    arena_destroy(ctx.arena);
    return fieldwork;
}

/* "of a file what its dates say": the earliest and the latest, in whatever order and period, and none of a file without dates */
static void the_first_and_the_last_day(void **state)
{
    (void)state;
    struct fieldwork found =
        fieldwork_of("h1,h2,p1,p2,date\n1,2,3,4,1970-01-09\n1,2,3,4,1970-01-03\n1,2,3,4,\n1,2,3,4,1970-02-01\n"
                     "1,2,3,4,1970-01-09\n",
                     &csv_studies[CSV_STUDY_DATES]);
    assert_true(found.dated);
    assert_int_equal(found.first_ms, 2 * DAY_MS);
    assert_int_equal(found.last_ms, 31 * DAY_MS);
    assert_int_equal(found.invited, 0);
    found = fieldwork_of("id,item,h,p,date\na,q1,1,2,5.1.1970\na,q2,1,2,5.1.1970\nb,q1,3,4,4.1.1970\n",
                         &csv_studies[CSV_STUDY_WEEKS]);
    assert_int_equal(found.first_ms, 3 * DAY_MS);
    assert_int_equal(found.last_ms, 4 * DAY_MS);
    found = fieldwork_of(
        "case,what,at\na,call,1970-01-03 00:00\na,visit,1970-01-06 00:00\n",
        &(struct study){.title = "log",
                        .source = "s.json",
                        .columns = {.layout = LAYOUT_JOURNEY, .respondent = "case", .touchpoint = "what", .time = "at"}});
    assert_int_equal(found.first_ms, 2 * DAY_MS);
    assert_int_equal(found.last_ms, 5 * DAY_MS);
    assert_false(fieldwork_of("h1,h2,p1,p2\n1,2,3,4\n", &csv_studies[CSV_STUDY_PLAIN]).dated);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_first_and_the_last_day)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
