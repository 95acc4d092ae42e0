/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "formats/csv_read.h"
#include "support/answers_dump.h"
#include "support/csv_studies.h"

static struct ctx ctx;
static struct problems problems;
static const struct answers *answers;
static char dump[2048], sets[256];

static int open_arena(void **state)
{
    (void)state;
    ctx = (struct ctx){0};
    return arena_create(NULL, &ctx.arena) == STATUS_OK ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

/* Reads a file, or two that are joined; sets holds what each encounter named, in hexadecimal. */
static enum status read_files(const char *first, const char *second, const struct study *study)
{
    struct span bytes[2] = {span_of(first), span_of(second ? second : "")};
    struct csv_request request = {.openings = {{.path = "a.csv", .bytes = &bytes[0]}, {.path = "b.csv", .bytes = &bytes[1]}},
                                  .count = second ? 2 : 1,
                                  .key = second ? "id" : NULL};
    assert_int_equal(problems_init(&ctx, &problems, true), STATUS_OK);
    enum status status = csv_read(&ctx, &request, study, &problems, &answers);
    size_t length = 0;
    sets[0] = dump[0] = '\0';
    if (status == STATUS_DATA)
        problems_dump(&problems, dump, sizeof dump);
    for (uint32_t i = 0; status == STATUS_OK && i < answers->encounter_count; i++)
        length += (size_t)snprintf(sets + length, sizeof sets - length, "%s%x", i ? " " : "", answers->chunks[0].sources[i]);
    return status;
}

static struct study listed(const char *codes_staff, const char *codes_price)
{
    struct study study = csv_studies[CSV_STUDY_PLAIN];
    study.columns.sources.list = "why";
    study.columns.sources.codes[SOURCE_STAFF] = codes_staff;
    study.columns.sources.codes[SOURCE_PRICE] = codes_price;
    return study;
}

/* "the names or codes of a list, between them ;, , or |" */
static void one_column_names_them_all(void **state)
{
    (void)state;
    struct study study = listed(NULL, NULL);
    assert_int_equal(read_files("h1,h2,p1,p2,why\n1,2,3,4,advertising\n1,2,3,4,staff; price\n1,2,3,4,\n1,2,3,4,NA\n"
                                "1,2,3,4,\"appearance,friends\"\n1,2,3,4,reviews|earlier_visits|other_firms;\n",
                                NULL, &study),
                     STATUS_OK);
    assert_string_equal(sets, "1 42 0 0 84 38");
    study = listed("1", "4");
    assert_int_equal(read_files("h1,h2,p1,p2,why\n1,2,3,4,1;4\n1,2,3,4,4\n1,2,3,4,friends\n", NULL, &study), STATUS_OK);
    assert_string_equal(sets, "42 40 4");
    assert_int_equal(read_files("h1,h2,p1,p2,why\n1,2,3,4,5\n1,2,3,4,1;staff\n", NULL, &study), STATUS_DATA);
    assert_string_equal(dump, "SOURCE 2 why 5 / SOURCE 3 why 1;staff");
    assert_string_equal(problems.kept[0].accepted, "advertising, 1, friends, reviews, earlier_visits, other_firms, 4 or "
                                                   "appearance; between several a semicolon");
}

/* "columns that say yes or no of one source each"; empty is no */
static void a_column_for_each(void **state)
{
    (void)state;
    struct study study = csv_studies[CSV_STUDY_PLAIN];
    study.columns.sources.columns[SOURCE_STAFF] = "told";
    study.columns.sources.columns[SOURCE_PRICE] = "price";
    assert_int_equal(
        read_files("told,price,h1,h2,p1,p2\n1,0,1,2,3,4\nno,yes,1,2,3,4\n,,1,2,3,4\ntrue,x,1,2,3,4\nstaff,NA,1,2,3,4\n"
                   "FALSE,false,1,2,3,4\n",
                   NULL, &study),
        STATUS_OK);
    assert_string_equal(sets, "2 40 0 42 2 0");
    assert_int_equal(read_files("told,price,h1,h2,p1,p2\n2,maybe,1,2,3,4\n", NULL, &study), STATUS_DATA);
    assert_string_equal(dump, "SOURCE 2 told 2 / SOURCE 2 price maybe");
    assert_string_equal(problems.kept[1].accepted, "1 or 0, yes or no");
    assert_int_equal(read_files("told,h1,h2,p1,p2\n1,1,2,3,4\n", NULL, &study), STATUS_CONFIG);
    assert_non_null(strstr(ctx.error.sentence, "price"));
}

/* What forms imply need not be there; what a study names must. */
static void an_implied_column_may_be_absent(void **state)
{
    (void)state;
    struct study study = listed(NULL, NULL);
    assert_int_equal(read_files("h1,h2,p1,p2\n1,2,3,4\n", NULL, &study), STATUS_CONFIG);
    study.columns.sources.implied = true;
    assert_int_equal(read_files("h1,h2,p1,p2\n1,2,3,4\n", NULL, &study), STATUS_OK);
    assert_string_equal(sets, "0");
    assert_int_equal(read_files("why,h1,h2,p1,p2\nprice,1,2,3,4\n", NULL, &study), STATUS_OK);
    assert_string_equal(sets, "40");
}

/* "it must name none or the same" in further rows of an encounter, and the first of two joined files that has the column tells */
static void rows_and_files_that_belong_together(void **state)
{
    (void)state;
    struct study study = csv_studies[CSV_STUDY_LONG];
    study.columns.sources.list = "why";
    assert_int_equal(
        read_files("id,item,what,value,branch,why\na,q1,E,1,Oslo,\na,q1,P,2,Oslo,price\na,q2,E,3,Oslo,price\n", NULL, &study),
        STATUS_OK);
    assert_string_equal(sets, "40");
    assert_int_equal(read_files("id,item,what,value,branch,why\na,q1,E,1,Oslo,staff\na,q1,P,2,Oslo,price\n", NULL, &study),
                     STATUS_DATA);
    assert_string_equal(dump, "REPEATED_ANSWER 3 why price");
    study = listed(NULL, NULL);
    assert_int_equal(read_files("id,h1,h2,why\n1,1,2,staff\n2,1,2,\n", "id,p1,p2,why\n1,1,2,price\n3,1,2,reviews\n", &study),
                     STATUS_OK);
    assert_string_equal(sets, "2 0 8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_column_names_them_all, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_column_for_each, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(an_implied_column_may_be_absent, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(rows_and_files_that_belong_together, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
