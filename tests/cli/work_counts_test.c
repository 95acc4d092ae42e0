/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Deterministic counts (allocations, bytes read, rows scanned) are kept in bench/results.csv and a change fails the test until
 * accepted" (issue 6). ./dev bench --accept accepts: it runs this program with GAPMETER_RESULTS=accept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "support/program_run.h"
#include "support/scratch_folder.h"
#include "support/survey_file.h"

/* More bytes than are read ahead to find the dialect, so that reading the beginning twice would be seen. */
enum { ROWS = 2000, WORDS_MOST = 16, RESULTS_BYTES_MAX = 16384 };

/* Counts as the program prints them, in this order. */
static const char *const names[] = {"allocations", "answer_bytes", "answer_files", "answer_rows", "encounters_tallied"};

enum { COUNTS = sizeof names / sizeof *names };
enum { ALLOCATIONS, ANSWER_BYTES, ANSWER_FILES, ANSWER_ROWS, ENCOUNTERS_TALLIED };

struct counted_command {
    const char *name;
    const char *words[WORDS_MOST];
};

#define OVER "answers.csv", "--study", "study.json", "--threads", "1"

static const struct counted_command cases[] = {
    {"analyze", {"analyze", OVER}},
    {"analyze-by-channel", {"analyze", OVER, "--by", "channel"}},
    {"gaps-by-age", {"analyze", OVER, "--table", "item_gap", "--by", "age", "--csv", "--unweighted"}},
    {"bootstrap", {"analyze", OVER, "--table", "reliability", "--bootstrap", "100"}},
    {"report-html", {"report", OVER, "-o", "report.html"}},
    {"check", {"check", OVER}},
    {"guess", {"guess", "answers.csv"}},
    {"pack", {"pack", "answers.csv", "--study", "study.json", "-o", "answers.pack", "--threads", "1"}},
    {"analyze-pack", {"analyze", "answers.pack", "--study", "study.json", "--threads", "1"}},
};

enum { CASES = sizeof cases / sizeof *cases };

static struct scratch scratch;
static uint64_t answer_bytes, counted[CASES][COUNTS];

static uint64_t answers_make(uint64_t rows)
{
    struct stat file;
    survey_file_write(scratch_path(&scratch, "answers.csv"), rows);
    assert_int_equal(stat(scratch_path(&scratch, "answers.csv"), &file), 0);
    return (uint64_t)file.st_size;
}

static int files_remove(void **state)
{
    (void)state;
    scratch_destroy(&scratch);
    return 0;
}

/* Runs a case and reads the line that it prints last. The kernel is fixed, so that it is the same on every machine. */
static void case_run(const struct counted_command *each, uint64_t counts[COUNTS])
{
    static const char *const settings[] = {"GAPMETER_COUNTS=1", "GAPMETER_KERNEL=scalar", "SOURCE_DATE_EPOCH=1700000000", NULL};
    struct program_run run;
    program_run(&run, &(struct program_call){.arguments = each->words, .folder = scratch.folder, .settings = settings});
    if (run.exit_code != 0)
        fail_msg("%s left with %d: %s", each->name, run.exit_code, run.err);
    const char *line = strstr(run.err, "counts: ");
    assert_non_null(line);
    for (size_t i = 0; i < COUNTS; i++) {
        const char *at = strstr(line, names[i]);
        assert_non_null(at);
        assert_int_equal(at[strlen(names[i])], '=');
        counts[i] = strtoull(at + strlen(names[i]) + 1, NULL, 10);
    }
    program_run_clear(&run);
}

/* All cases run once, for all tests. */
static int cases_run(void **state)
{
    (void)state;
    scratch_create(&scratch);
    answer_bytes = answers_make(ROWS);
    survey_study_write(scratch_path(&scratch, "study.json"));
    for (size_t c = 0; c < CASES; c++)
        case_run(&cases[c], counted[c]);
    return 0;
}

/* bench/results.csv as it would be now. */
static void results_write(char *into, size_t size)
{
    size_t length = (size_t)snprintf(into, size, "command");
    for (size_t i = 0; i < COUNTS; i++)
        length += (size_t)snprintf(into + length, size - length, ",%s", names[i]);
    for (size_t c = 0; c < CASES; c++) {
        length += (size_t)snprintf(into + length, size - length, "\n%s", cases[c].name);
        for (size_t i = 0; i < COUNTS; i++)
            length += (size_t)snprintf(into + length, size - length, ",%llu", (unsigned long long)counted[c][i]);
    }
    length += (size_t)snprintf(into + length, size - length, "\n");
    assert_true(length < size);
}

/* "a change fails the test until accepted" */
static void counts_are_those_that_were_accepted(void **state)
{
    static char now[RESULTS_BYTES_MAX], kept[RESULTS_BYTES_MAX];
    static const char path[] = GAPMETER_SOURCE_DIR "/bench/results.csv";
    const char *wish = getenv("GAPMETER_RESULTS");
    bool accept = wish && strcmp(wish, "accept") == 0;
    (void)state;
    results_write(now, sizeof now);
    FILE *file = fopen(path, accept ? "wb" : "rb");
    assert_non_null(file);
    if (accept)
        (void)fwrite(now, 1, strlen(now), file);
    else
        (void)fread(kept, 1, sizeof kept - 1, file);
    assert_int_equal(fclose(file), 0);
    if (!accept && strcmp(now, kept) != 0)
        fail_msg("bench/results.csv, what was accepted:\n%sand what is counted now:\n%sIf that is meant, ./dev bench --accept "
                 "accepts it.",
                 kept, now);
}

/* "analyze with all default tables over 10 million rows reads the file once" (issue 6, point 5) */
static void answers_are_read_once(void **state)
{
    (void)state;
    for (size_t c = 0; strcmp(cases[c].name, "guess") != 0; c++) {
        assert_int_equal(counted[c][ANSWER_BYTES], answer_bytes);
        assert_int_equal(counted[c][ANSWER_FILES], 1);
        assert_int_equal(counted[c][ANSWER_ROWS], ROWS + 1);
        assert_int_equal(counted[c][ENCOUNTERS_TALLIED], ROWS);
    }
}

/* "second analyses" (issue 6, point 3) read the pack once, all of it, and nothing of the file that it was made of. */
static void packs_are_read_once(void **state)
{
    (void)state;
    struct stat pack;
    const size_t last = CASES - 1;
    assert_string_equal(cases[last].name, "analyze-pack");
    assert_int_equal(stat(scratch_path(&scratch, "answers.pack"), &pack), 0);
    assert_int_equal(counted[last][ANSWER_BYTES], pack.st_size);
    assert_int_equal(counted[last][ANSWER_FILES], 1);
    assert_int_equal(counted[last][ANSWER_ROWS], ROWS);
    assert_int_equal(counted[last][ENCOUNTERS_TALLIED], ROWS);
    assert_in_range(pack.st_size, 44 * ROWS, 64 * ROWS);
}

/* Threads share the work and do not repeat it. */
static void threads_read_once_too(void **state)
{
    static const struct counted_command many = {
        "threads", {"analyze", "answers.csv", "--study", "study.json", "--table", "item_gap", "--threads", "7"}};
    uint64_t counts[COUNTS];
    (void)state;
    uint64_t bytes = answers_make(10ull * ROWS);
    case_run(&many, counts);
    assert_int_equal(counts[ANSWER_BYTES], bytes);
    assert_int_equal(counts[ANSWER_FILES], 1);
    assert_int_equal(counts[ANSWER_ROWS], 10 * ROWS + 1);
    assert_int_equal(counts[ENCOUNTERS_TALLIED], 10 * ROWS);
}

/* Nobody who does not ask is told. */
static void nothing_is_said_unasked(void **state)
{
    struct program_run run;
    (void)state;
    program_run(&run, &(struct program_call){.arguments = cases[5].words, .folder = scratch.folder});
    assert_null(strstr(run.err, "counts:"));
    program_run_clear(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_that_were_accepted),
        cmocka_unit_test(answers_are_read_once),
        cmocka_unit_test(packs_are_read_once),
        cmocka_unit_test(threads_read_once_too),
        cmocka_unit_test(nothing_is_said_unasked),
    };
    return cmocka_run_group_tests(tests, cases_run, files_remove);
}
