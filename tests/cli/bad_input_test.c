/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Bad input gets a clear sentence and nothing else changes": every case is run as a user would run it. The sentence must
 * say where and what would be accepted, standard output must stay empty, and the exit code be that of the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/program_run.h"
#include "support/scratch_folder.h"

static const char study[] =
    "{\"gapmeter\": 1, \"title\": \"Counter\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},\n"
    " \"scale\": {\"min\": 1, \"max\": 7, \"step\": 1},\n"
    " \"items\": [{\"id\": \"q1\", \"text\": \"Be quick\"}, {\"id\": \"q2\", \"text\": \"Be kind\"}],\n"
    " \"columns\": {\"respondent\": \"id\", \"expectation\": \"e{n}\", \"perception\": \"p{n}\", \"segments\": [\"branch\"]},\n"
    " \"missing\": {\"\": \"skipped\", \"NA\": \"skipped\"}}\n";

#define GOOD_HEAD "id,branch,e1,e2,p1,p2\n"
#define GOOD_ROWS "1,Oslo,5,6,4,6\n2,Oslo,6,6,5,5\n3,Bergen,7,5,6,6\n"

/* One file that cannot be analysed. */
struct bad_file {
    const char *name;
    const char *bytes;
    size_t length; /* 0: that of the text */
    int exit_code;
    const char *said[4]; /* all of these stand on standard error */
};

static const struct bad_file bad_files[] = {
    {"empty.csv", "", 0, 65, {"empty.csv", "is empty"}},
    {"head.csv", GOOD_HEAD, 0, 65, {"head.csv"}},
    {"lacking.csv", "id,branch,e1,p1,p2\n1,Oslo,5,4,6\n", 0, 78, {"e2", "It has: id, branch, e1, p1, p2"}},
    {"eight.csv",
     GOOD_HEAD "1,Oslo,5,6,4,6\n2,Oslo,6,6,8,5\n",
     0,
     65,
     {"row 3, column p1", "8 is outside the scale", "1–7", "\"8\""}},
    {"text.csv", GOOD_HEAD "1,Oslo,5,often,4,6\n", 0, 65, {"row 2, column e2", "often", "1–7"}},
    {"twice.csv", "id,branch,e1,e1,e2,p1,p2\n1,Oslo,5,5,6,4,6\n", 0, 65, {"two columns named \"e1\"", "rename"}},
    {"again.csv", GOOD_HEAD "1,Oslo,5,6,4,6\n1,Oslo,6,6,5,5\n", 0, 65, {"row 3, column id", "second time", "row 2", "encounter"}},
    {"ragged.csv", GOOD_HEAD "1,Oslo,5,6,4\n", 0, 65, {"row 2", "5", "6"}},
    {"quote.csv", GOOD_HEAD "1,\"Oslo,5,6,4,6\n", 0, 65, {"row 2", "quote"}},
    {"nul.csv", GOOD_HEAD "1,Os\0lo,5,6,4,6\n", sizeof GOOD_HEAD "1,Os\0lo,5,6,4,6\n" - 1, 65, {"nul.csv"}},
    {"program.csv", "\177ELF\2\1\1\0\0\0\0\0\0\0\0\0", 16, 65, {"program.csv", "csv"}},
    {"picture.csv", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, 65, {"picture.csv", "csv"}},
    {"nokey.csv", GOOD_HEAD ",Oslo,5,6,4,6\n", 0, 65, {"row 2, column id", "empty"}},
};

static int set_up(void **state)
{
    static struct scratch scratch;
    scratch_create(&scratch);
    (void)scratch_write(&scratch, "study.json", study);
    (void)scratch_write(&scratch, "good.csv", GOOD_HEAD GOOD_ROWS);
    *state = &scratch;
    return 0;
}

static int tear_down(void **state)
{
    scratch_destroy(*state);
    return 0;
}

static void call(struct program_run *run, const struct scratch *scratch, const char *const *arguments)
{
    program_run(run, &(struct program_call){.arguments = arguments, .folder = scratch->folder});
}

static void assert_said(const struct program_run *run, const char *words)
{
    if (!strstr(run->err, words))
        fail_msg("\"%s\" was not said; standard error was:\n%s", words, run->err);
}

static void each_bad_file_is_refused(void **state)
{
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof bad_files / sizeof *bad_files; i++) {
        const struct bad_file *bad = &bad_files[i];
        struct program_run run;
        (void)scratch_write_bytes(scratch, bad->name, bad->bytes, bad->length ? bad->length : strlen(bad->bytes));
        call(&run, scratch, (const char *const[]){"analyze", bad->name, "--study", "study.json", NULL});
        for (size_t w = 0; w < 4 && bad->said[w]; w++)
            assert_said(&run, bad->said[w]);
        assert_string_equal(run.out, "");
        if (run.exit_code != bad->exit_code)
            fail_msg("%s: exit code %d, not %d: %s", bad->name, run.exit_code, bad->exit_code, run.err);
        program_run_clear(&run);
    }
}

/* One command line that is wrong in itself. */
struct bad_words {
    const char *arguments[10];
    int exit_code;
    const char *said[3];
};

static const struct bad_words bad_lines[] = {
    {{"analyse"}, 2, {"did you mean gapmeter analyze"}},
    {{"analyze"}, 2, {"Which answers?"}},
    {{"analyze", "good.csv", "--sudy", "study.json"}, 2, {"--sudy", "did you mean --study"}},
    {{"analyze", "good.csv", "--study"}, 2, {"--study needs a value"}},
    {{"analyze", "good.csv", "--study", "study.json", "--confidence", "95"}, 2, {"--confidence 95", "0.5", "0.9999"}},
    {{"analyze", "good.csv", "--study", "study.json", "--min-cell", "0"}, 2, {"--min-cell 0", "whole number from 1"}},
    {{"analyze", "good.csv", "--study", "study.json", "--by", "brunch"}, 2, {"brunch", "there are: branch"}},
    {{"analyze", "good.csv", "--study", "study.json", "--by", "branch,branch"}, 2, {"names a segment twice"}},
    {{"analyze", "good.csv", "--study", "study.json", "--table", "item_gaps"}, 2, {"item_gaps", "gapmeter measures"}},
    {{"analyze", "good.csv", "--study", "study.json", "--table", "zone"}, 2, {"zone needs", "gapmeter measures zone"}},
    {{"analyze", "good.csv", "--study", "study.json", "--csv"}, 2, {"exactly one --table"}},
    {{"analyze", "good.csv", "--study", "study.json", "--json", "--csv"}, 2, {"exclude each other"}},
    {{"analyze", "good.csv", "--study", "study.json", "--pairs", "some"}, 2, {"available or complete"}},
    {{"analyze", "good.csv", "more.csv", "--study", "study.json"}, 2, {"one word too many"}},
    {{"analyze", "--expectation", "good.csv", "--study", "study.json"}, 2, {"--perception", "--key"}},
    {{"check", "--expectation", "good.csv", "--study", "study.json"}, 2, {"--perception", "--key"}},
    {{"check", "--study", "study.json"}, 2, {"Which answers?"}},
    {{"analyze", "absent.csv", "--study", "study.json"}, 66, {"absent.csv", "not found"}},
    {{"analyze", "good.csv", "--study", "absent.json"}, 66, {"absent.json"}},
    {{"analyze", ".", "--study", "study.json"}, 66, {"folder"}},
    {{"report", "good.csv", "--study", "study.json"}, 2, {"-o FILE"}},
    {{"report", "good.csv", "--study", "study.json", "-o", "r.doc"}, 2, {"r.doc", ".html"}},
    {{"report", "good.csv", "--study", "study.json", "-o", "no/such/r.html"}, 66, {"no/such"}},
    {{"report", "good.csv", "--study", "study.json", "-o", "r.html", "--sections", "gap"},
     2,
     {"\"gap\" is not a section", "gaps"}},
    {{"new", "gap-23", "-o", "n.json"}, 66, {"gap-23", "gap-22"}},
    {{"new", "gap-22", "-o", "study.json"}, 2, {"study.json exists already"}},
    {{"guess", "good.csv", "-o", "study.json"}, 2, {"study.json exists already"}},
    {{"measures", "gapp"}, 2, {"gapp"}},
    {{"instruments", "gap-23"}, 66, {"gap-22"}},
    {{"help", "analyse"}, 2, {"not a command"}},
    {{"plan", "--gap", "-1"}, 2, {"--gap -1"}},
};

static void each_bad_line_is_refused(void **state)
{
    struct scratch *scratch = *state;
    for (size_t i = 0; i < sizeof bad_lines / sizeof *bad_lines; i++) {
        struct program_run run;
        call(&run, scratch, bad_lines[i].arguments);
        for (size_t w = 0; w < 3 && bad_lines[i].said[w]; w++)
            assert_said(&run, bad_lines[i].said[w]);
        assert_string_equal(run.out, "");
        if (run.exit_code != bad_lines[i].exit_code)
            fail_msg("%s %s: exit code %d, not %d: %s", bad_lines[i].arguments[0],
                     bad_lines[i].arguments[1] ? bad_lines[i].arguments[1] : "", run.exit_code, bad_lines[i].exit_code, run.err);
        program_run_clear(&run);
    }
}

/* "n = 1; an item nobody answered; zero variance": shown with words, never as a number. */
static void what_does_not_exist_is_said_in_words(void **state)
{
    struct scratch *scratch = *state;
    struct program_run run;
    (void)scratch_write(scratch, "one.csv", GOOD_HEAD "1,Oslo,5,,4,\n");
    call(&run, scratch, (const char *const[]){"analyze", "one.csv", "--study", "study.json", "--table", "item_gap", NULL});
    assert_int_equal(run.exit_code, 0);
    assert_non_null(strstr(run.out, "too few"));
    assert_non_null(strstr(run.out, "no pairs"));
    program_run_clear(&run);
    (void)scratch_write(scratch, "flat.csv", GOOD_HEAD "1,Oslo,5,6,4,6\n2,Oslo,5,6,4,6\n3,Oslo,5,6,4,6\n");
    call(&run, scratch,
         (const char *const[]){"analyze", "flat.csv", "--study", "study.json", "--table", "item_gap", "--json", NULL});
    assert_int_equal(run.exit_code, 0);
    assert_non_null(strstr(run.out, "\"t\": null"));
    assert_non_null(strstr(run.out, "\"t\": \"no_variance\""));
    assert_null(strstr(run.out, "nan"));
    assert_null(strstr(run.out, "inf"));
    program_run_clear(&run);
}

/* "disk full while writing (the old file stays whole: write beside and rename)" */
static void a_full_disk_leaves_the_old_report(void **state)
{
    struct scratch *scratch = *state;
    struct program_run run;
    struct rlimit before, small;
    (void)scratch_write(scratch, "r.html", "the old report");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 512;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    /* What a coverage build notes at its end would be cut off as well: it goes where nobody reads it. */
    char elsewhere[SCRATCH_ROOM + 16];
    (void)snprintf(elsewhere, sizeof elsewhere, "GCOV_PREFIX=%s", scratch->folder);
    program_run(&run, &(struct program_call){
                          .arguments = (const char *const[]){"report", "good.csv", "--study", "study.json", "-o", "r.html", NULL},
                          .folder = scratch->folder,
                          .settings = (const char *const[]){elsewhere, NULL}});
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(run.exit_code, 74);
    assert_said(&run, "r.html");
    size_t length = 0;
    char *kept = scratch_read(scratch_path(scratch, "r.html"), &length);
    assert_string_equal(kept, "the old report");
    free(kept);
    program_run_clear(&run);
}

/* "no permission": as root everything may be read, so this runs for others only. */
static void a_locked_file_is_said_to_be_locked(void **state)
{
    struct scratch *scratch = *state;
    struct program_run run;
    if (geteuid() == 0) {
        print_message("skipped: root may read everything\n");
        skip();
    }
    const char *path = scratch_write(scratch, "locked.csv", GOOD_HEAD GOOD_ROWS);
    assert_int_equal(chmod(path, 0), 0);
    call(&run, scratch, (const char *const[]){"analyze", "locked.csv", "--study", "study.json", NULL});
    assert_int_equal(run.exit_code, 77);
    assert_said(&run, "locked.csv");
    program_run_clear(&run);
}

/* "`check` counts them all, the others list the first 20 and stop" */
static void check_counts_all_and_analyze_lists_twenty(void **state)
{
    struct scratch *scratch = *state;
    struct program_run run;
    char file[4096] = GOOD_HEAD;
    size_t used = strlen(file);
    for (int i = 1; i <= 50; i++)
        used += (size_t)snprintf(file + used, sizeof file - used, "%d,Oslo,9,6,4,6\n", i);
    (void)scratch_write(scratch, "fifty.csv", file);
    call(&run, scratch, (const char *const[]){"analyze", "fifty.csv", "--study", "study.json", NULL});
    assert_int_equal(run.exit_code, 65);
    assert_said(&run, "row 21");
    assert_null(strstr(run.err, "row 22"));
    assert_said(&run, "gapmeter check fifty.csv --study study.json");
    program_run_clear(&run);
    call(&run, scratch, (const char *const[]){"check", "fifty.csv", "--study", "study.json", "--strict", NULL});
    assert_int_equal(run.exit_code, 1);
    assert_non_null(strstr(run.out, "Problems: 50"));
    assert_non_null(strstr(run.out, "\"9\": \"declared\""));
    program_run_clear(&run);
}

#define ZONE_STUDY                                                                                                               \
    "{\"gapmeter\": 1, \"title\": \"T\", \"scale\": {\"min\": 1, \"max\": 9, \"step\": 1}, "                                     \
    "\"items\": [{\"id\": \"a\", \"text\": \"Room\"}], \"columns\": {\"minimum\": \"m\", \"desired\": \"d\", \"perception\": "   \
    "\"p\"}}"

/* "findings: problems and inversions: what --strict fails for"; a study that asked no expectations hears nothing of them. */
static void strict_fails_for_a_minimum_above_desired(void **state)
{
    struct scratch *scratch = *state;
    struct program_run run;
    (void)scratch_write(scratch, "zone.json", ZONE_STUDY);
    (void)scratch_write(scratch, "zone.csv", "m,d,p\n7,5,6\n4,6,5\n");
    (void)scratch_write(scratch, "sound.csv", "m,d,p\n5,7,6\n4,6,5\n");
    call(&run, scratch, (const char *const[]){"check", "zone.csv", "--study", "zone.json", "--strict", NULL});
    assert_int_equal(run.exit_code, 1);
    assert_non_null(strstr(run.out, "1 of 2"));
    assert_non_null(strstr(run.out, "\n2 encounters of 2 respondents\n"));
    assert_null(strstr(run.out, "xpectation"));
    program_run_clear(&run);
    call(&run, scratch, (const char *const[]){"check", "zone.csv", "--study", "zone.json", NULL});
    assert_int_equal(run.exit_code, 0);
    program_run_clear(&run);
    call(&run, scratch, (const char *const[]){"check", "sound.csv", "--study", "zone.json", "--strict", NULL});
    assert_int_equal(run.exit_code, 0);
    program_run_clear(&run);
}

/* "a sentence that says what to do (merge strata)": check names the stratum, tables say how many and which column. */
static void strata_of_one(void **state)
{
    struct scratch *scratch = *state;
    struct program_run run;
    (void)scratch_write(scratch, "strata.json",
                        "{\"gapmeter\": 1, \"title\": \"Strata\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},"
                        " \"scale\": {\"min\": 1, \"max\": 5}, \"items\": [{\"id\": \"q\", \"text\": \"Item\"}],"
                        " \"columns\": {\"expectation\": \"e\", \"perception\": \"p\", \"strata\": \"area\"}}");
    (void)scratch_write(scratch, "strata.csv", "e,p,area\n3,2,west\n4,4,west\n5,3,west\n2,3,east\n");
    call(&run, scratch, (const char *const[]){"check", "strata.csv", "--study", "strata.json", NULL});
    assert_int_equal(run.exit_code, 0);
    assert_non_null(strstr(run.out,
                           "Strata (column area) with a single encounter: errors that need them are blank; merge each with the "
                           "one most like it\n  east\n"));
    assert_null(strstr(run.out, "  west\n"));
    program_run_clear(&run);
    call(&run, scratch,
         (const char *const[]){"analyze", "strata.csv", "--study", "strata.json", "--json", "--min-cell", "1", NULL});
    assert_int_equal(run.exit_code, 0);
    assert_non_null(strstr(run.out, "\"se\": \"lonely_stratum\""));
    assert_non_null(strstr(run.out, "Merge it with the stratum most like it in column area."));
    assert_null(strstr(run.out, "east"));
    program_run_clear(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_bad_file_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_bad_line_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strict_fails_for_a_minimum_above_desired, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_does_not_exist_is_said_in_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_old_report, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_locked_file_is_said_to_be_locked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(check_counts_all_and_analyze_lists_twenty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strata_of_one, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
