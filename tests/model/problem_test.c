/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/problem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

static struct ctx ctx;

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

/* "false for the others (keep 20, then stop)"; "STATUS_DATA once stop_when_full and full" */
static void others_stop_after_twenty(void **state)
{
    (void)state;
    struct problems problems;
    assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
    struct problem problem = {.kind = PROBLEM_RAGGED};
    for (uint32_t i = 1; i < PROBLEMS_LISTED; i++) {
        problem.place.row = i;
        assert_int_equal(problems_add(&problems, &problem), STATUS_OK);
    }
    problem.kind = PROBLEM_QUOTE;
    problem.place.row = PROBLEMS_LISTED;
    assert_int_equal(problems_add(&problems, &problem), STATUS_DATA);
    assert_int_equal(problems.total, PROBLEMS_LISTED);
    assert_int_equal(problems.kept_count, PROBLEMS_LISTED);
    assert_int_equal(problems.count[PROBLEM_RAGGED], PROBLEMS_LISTED - 1);
    assert_int_equal(problems.count[PROBLEM_QUOTE], 1);
    for (uint32_t i = 0; i < PROBLEMS_LISTED; i++)
        assert_int_equal(problems.kept[i].place.row, i + 1);
}

/* "true for check (keep many, never stop)"; "all are counted, the first `keep` are held with their place" */
static void check_counts_all(void **state)
{
    (void)state;
    struct problems problems;
    assert_int_equal(problems_init(&ctx, &problems, true), STATUS_OK);
    struct problem problem = {.kind = PROBLEM_OUT_OF_RANGE};
    for (uint32_t i = 1; i <= PROBLEMS_KEPT + 5; i++) {
        problem.place.row = i;
        assert_int_equal(problems_add(&problems, &problem), STATUS_OK);
    }
    assert_int_equal(problems.total, PROBLEMS_KEPT + 5);
    assert_int_equal(problems.count[PROBLEM_OUT_OF_RANGE], PROBLEMS_KEPT + 5);
    assert_int_equal(problems.kept_count, PROBLEMS_KEPT);
    assert_int_equal(problems.kept[PROBLEMS_KEPT - 1].place.row, PROBLEMS_KEPT);
}

/* "Row 12, column h3: 8 is outside the scale (accepted: 1–5, or a missing code: NA). If it means "no answer", …" */
static void sentence_says_all(void **state)
{
    (void)state;
    char sentence[PROBLEM_SENTENCE_BYTES];
    struct problem problem = {.kind = PROBLEM_OUT_OF_RANGE,
                              .place = {.row = 12, .column = "h3"},
                              .value = "8",
                              .accepted = "1–5, or a missing code: NA",
                              .advice = "\"8\": \"declared\""};
    problem_format(&problem, sentence, sizeof sentence);
    assert_string_equal(sentence, "Row 12, column h3: 8 is outside the scale (accepted: 1–5, or a missing code: NA). If it means "
                                  "\"no answer\", list it under missing in the study file: \"8\": \"declared\"");
    /* "begins with the file when the place names one" */
    (void)snprintf(problem.place.file, sizeof problem.place.file, "%s", "röd.csv");
    problem.advice[0] = '\0';
    problem_format(&problem, sentence, sizeof sentence);
    assert_string_equal(sentence, "röd.csv, row 12, column h3: 8 is outside the scale (accepted: 1–5, or a missing code: NA).");
    problem.kind = PROBLEM_WEIGHT;
    problem.value[0] = '\0';
    problem.accepted[0] = '\0';
    problem_format(&problem, sentence, sizeof sentence);
    assert_string_equal(sentence, "röd.csv, row 12, column h3: an empty cell is not a weight.");
}

/* Nothing that fits the fields can run over the room that the header asks for. */
static void longest_problem_fits(void **state)
{
    (void)state;
    struct problem problem = {.place = {.row = UINT64_MAX}};
    memset(problem.place.file, 'f', sizeof problem.place.file - 1);
    memset(problem.place.column, 'c', sizeof problem.place.column - 1);
    memset(problem.place.path, 'p', sizeof problem.place.path - 1);
    memset(problem.value, 'v', sizeof problem.value - 1);
    memset(problem.accepted, 'a', sizeof problem.accepted - 1);
    memset(problem.advice, 'd', sizeof problem.advice - 1);
    char *sentence = test_malloc(PROBLEM_SENTENCE_BYTES);
    for (int kind = 0; kind < PROBLEM_KIND_COUNT; kind++) {
        problem.kind = (enum problem_kind)kind;
        problem_format(&problem, sentence, PROBLEM_SENTENCE_BYTES);
        size_t length = strlen(sentence);
        assert_true(length < PROBLEM_SENTENCE_BYTES);
        assert_int_equal(sentence[length - 1], 'd');
        assert_true(problem_kind_words((enum problem_kind)kind)[0] != '\0');
    }
    test_free(sentence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(others_stop_after_twenty, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(check_counts_all, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(sentence_says_all, open_arena, close_arena),
        cmocka_unit_test(longest_problem_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
