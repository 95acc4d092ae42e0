/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guess, new and plan as a user runs them: what is proposed can be analysed with the next command that it names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/program_run.h"
#include "support/scratch_folder.h"

static int set_up(void **state)
{
    static struct scratch scratch;
    scratch_create(&scratch);
    *state = &scratch;
    return 0;
}

static int tear_down(void **state)
{
    scratch_destroy(*state);
    return 0;
}

#define run_in(scratch, run, ...)                                                                                                \
    program_run(                                                                                                                 \
        (run), &(const struct program_call){.arguments = (const char *const[]){__VA_ARGS__, NULL}, .folder = (scratch)->folder})

static void assert_says(const char *text, const char *piece)
{
    if (!strstr(text, piece))
        fail_msg("\"%s\" is not in: %s", piece, text);
}

static const char grid[] = "Timestamp,Mail,Before your stay: what did you expect? [Clean room],"
                           "Before your stay: what did you expect? [Fast check-in],What did you experience? [Clean room],"
                           "What did you experience? [Fast check-in],Overall satisfaction\n"
                           "1,a@x,3,5,4,1,8\n2,b@x,4,5,4,2,9\n3,c@x,3,1,2,5,10\n4,d@x,5,5,2,5,1\n";

/* "Proposes a study file for a file of answers, and says how sure it is of each line." */
static void a_proposal_is_written_and_analysed(void **state)
{
    struct scratch *scratch = *state;
    struct program_run run;
    size_t length = 0;
    (void)scratch_write(scratch, "answers.csv", grid);
    run_in(scratch, &run, "guess", "answers.csv", "-o", "study.json");
    assert_int_equal(run.exit_code, 0);
    assert_says(run.out, "95 %  expectation");
    assert_says(run.out, "gapmeter analyze answers.csv --study study.json");
    program_run_clear(&run);
    char *study = scratch_read(scratch_path(scratch, "study.json"), &length);
    assert_says(study, "\n    {\"id\": \"q1\", \"scale\": \"scale\", \"text\": \"Clean room\"},\n");
    free(study);
    run_in(scratch, &run, "analyze", "answers.csv", "--study", "study.json");
    assert_int_equal(run.exit_code, 0);
    assert_says(run.out, "8 pairs of answers");
    assert_says(run.out, "Fast check-in");
    program_run_clear(&run);
    /* "replace a file of that name" */
    run_in(scratch, &run, "guess", "answers.csv", "-o", "study.json");
    assert_int_not_equal(run.exit_code, 0);
    assert_says(run.err, "--replace");
    program_run_clear(&run);
}

/* Without items the columns are listed with what they hold, and no study file is written. */
static void what_was_seen_is_said(void **state)
{
    struct scratch *scratch = *state;
    struct program_run run;
    (void)scratch_write(scratch, "towns.csv", "town,stars,price\nOslo,5,12.5\nBergen,4,13.5\nOslo,4,13.5\n");
    run_in(scratch, &run, "guess", "towns.csv");
    assert_int_equal(run.exit_code, 0);
    assert_says(run.out, "column       stars");
    assert_says(run.out, "(whole numbers, 4 to 5, 2 different)");
    assert_says(run.out, "No items were found.");
    assert_null(strstr(run.out, "  0 %"));
    program_run_clear(&run);
    run_in(scratch, &run, "guess", "towns.csv", "-o", "study.json");
    assert_int_not_equal(run.exit_code, 0);
    assert_says(run.err, "No items were found in towns.csv");
    program_run_clear(&run);
}

/* Answers in rows that name their standard are analysed as proposed. */
static void long_answers_are_analysed(void **state)
{
    struct scratch *scratch = *state;
    struct program_run run;
    (void)scratch_write(scratch, "long.csv",
                        "who,question,type,value\n1,a,expectation,3\n1,a,perception,1\n1,b,expectation,5\n1,b,perception,4\n"
                        "2,a,expectation,3\n2,a,perception,2\n2,b,expectation,4\n2,b,perception,5\n");
    run_in(scratch, &run, "guess", "long.csv", "-o", "study.json");
    assert_int_equal(run.exit_code, 0);
    program_run_clear(&run);
    run_in(scratch, &run, "analyze", "long.csv", "--study", "study.json");
    assert_int_equal(run.exit_code, 0);
    assert_says(run.out, "4 pairs of answers");
    program_run_clear(&run);
}

/* new: "the study file, and … to be filled in" */
static void a_new_study_is_pleasant_to_read(void **state)
{
    struct scratch *scratch = *state;
    struct program_run run;
    size_t length = 0;
    run_in(scratch, &run, "new", "gap-22", "-o", "mine.json");
    assert_int_equal(run.exit_code, 0);
    assert_says(run.out, "mine-answers.csv");
    program_run_clear(&run);
    char *study = scratch_read(scratch_path(scratch, "mine.json"), &length);
    assert_says(study, "\n    {\"id\": \"tangibles\", \"title\": \"Tangibles\"},\n");
    free(study);
    /* a member of "columns" that stands beside it is told where it belongs */
    (void)scratch_write(scratch, "wrong.json", "{\"gapmeter\": 1, \"layout\": \"long\", \"columns\": {}}");
    run_in(scratch, &run, "analyze", "mine-answers.csv", "--study", "wrong.json");
    assert_int_not_equal(run.exit_code, 0);
    assert_says(run.err, "\"layout\" stands in \"columns\"");
    program_run_clear(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_proposal_is_written_and_analysed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_seen_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_answers_are_analysed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_study_is_pleasant_to_read, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
