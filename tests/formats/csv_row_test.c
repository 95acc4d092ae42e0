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

static struct ctx ctx;
static struct problems problems;
static const struct answers *answers;

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

/* Reads a file, or two that are joined. */
static enum status read_files(const char *first, const char *second, const struct study *study)
{
    struct span bytes[2] = {span_of(first), span_of(second ? second : "")};
    struct csv_request request = {.openings = {{.path = "a.csv", .bytes = &bytes[0]}, {.path = "b.csv", .bytes = &bytes[1]}},
                                  .count = second ? 2 : 1,
                                  .key = second ? "id" : NULL};
    assert_int_equal(problems_init(&ctx, &problems, true), STATUS_OK);
    return csv_read(&ctx, &request, study, &problems, &answers);
}

static void assert_text(uint64_t index, uint32_t encounter, const char *field, const char *text)
{
    assert_true(index < answers->text_count);
    assert_int_equal(answers->texts[index].encounter, encounter);
    assert_string_equal(answers->texts[index].field, field);
    assert_string_equal(answers->texts[index].text, text);
}

/* Comments under the names that forms give them, in the order of encounters; what an export made harmless is as it was written. */
static void what_somebody_wrote(void **state)
{
    (void)state;
    static const char *const comments[] = {"why", "else"};
    struct study study = csv_studies[CSV_STUDY_PLAIN];
    study.columns.comments = comments;
    study.columns.comment_count = 2;
    assert_int_equal(read_files("h1,h2,p1,p2,else,why\n1,2,3,4,,\"slow, and \"\"cold\"\"\"\n1,2,3,4,NA,\n1,2,3,4,too,'=1+1\n"
                                "1,2,3,4,'tis,\n",
                                NULL, &study),
                     STATUS_OK);
    assert_int_equal(answers->text_count, 4);
    assert_text(0, 0, "comment.why", "slow, and \"cold\"");
    assert_text(1, 2, "comment.why", "=1+1");
    assert_text(2, 2, "comment.else", "too");
    assert_text(3, 3, "comment.else", "'tis");
    assert_int_equal(read_files("h1,h2,p1,p2,why\n1,2,3,4,x\n", NULL, &study), STATUS_CONFIG);
    assert_int_equal(read_files("id,h1,h2,else\n1,1,2,a\n2,1,2,b\n", "id,p1,p2,why\n2,1,2,y\n1,1,2,x\n", &study), STATUS_OK);
    assert_int_equal(answers->text_count, 4);
    assert_text(0, 0, "comment.else", "a");
    assert_text(1, 0, "comment.why", "x");
    assert_text(3, 1, "comment.why", "y");
}

/* "both" and "perception_only", empty where nobody was drawn; the column that a live study implies may be absent */
static void into_which_arm(void **state)
{
    (void)state;
    struct study study = csv_studies[CSV_STUDY_PLAIN];
    study.columns.arm = "arm";
    assert_int_equal(read_files("arm,h1,h2,p1,p2\nboth,1,2,3,4\nperception_only,,,3,4\n,1,2,3,4\nNA,1,2,3,4\n", NULL, &study),
                     STATUS_OK);
    static const enum drawn_arm arms[] = {DRAWN_BOTH, DRAWN_PERCEPTION_ONLY, DRAWN_NOT, DRAWN_NOT};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(answers->chunks[0].arms[i], arms[i]);
    assert_int_equal(read_files("arm,h1,h2,p1,p2\nafter,1,2,3,4\n", NULL, &study), STATUS_DATA);
    assert_int_equal(problems.kept[0].kind, PROBLEM_ARM);
    assert_string_equal(problems.kept[0].accepted, "both or perception_only");
    assert_int_equal(read_files("h1,h2,p1,p2\n1,2,3,4\n", NULL, &study), STATUS_CONFIG);
    study.columns.arm_implied = true;
    assert_int_equal(read_files("h1,h2,p1,p2\n1,2,3,4\n", NULL, &study), STATUS_OK);
    assert_int_equal(answers->chunks[0].arms[0], DRAWN_NOT);
}

/* The days between which a file's answers lie. */
static struct fieldwork fieldwork_of(const char *text, const struct study *study)
{
    assert_int_equal(read_files(text, NULL, study), STATUS_OK);
    return answers->fieldwork;
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
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(the_first_and_the_last_day, open_arena, close_arena),
                                       cmocka_unit_test_setup_teardown(what_somebody_wrote, open_arena, close_arena),
                                       cmocka_unit_test_setup_teardown(into_which_arm, open_arena, close_arena)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
