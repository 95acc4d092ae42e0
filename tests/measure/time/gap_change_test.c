/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "numeric/paired_t.h"
#include "numeric/welch.h"
#include "support/digits.h"
#include "support/printed_tables.h"
#include "support/scratch_folder.h"

enum { PEOPLE = 24 };

static const char study[] =
    "{\"gapmeter\": 1, \"title\": \"Change\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},"
    "\"scale\": {\"min\": 1, \"max\": 12, \"step\": 1}, \"dimensions\": [{\"id\": \"care\", \"title\": \"Care\"}],"
    "\"items\": [{\"id\": \"q\", \"dimension\": \"care\", \"text\": \"Q\"}],"
    "\"columns\": {\"respondent\": \"id\", \"segments\": [\"branch\"], \"expectation\": \"e_{id}\","
    "\"perception\": \"p_{id}\"}}";

/* Two files of answers and their study, each with a path of its own. */
struct files {
    struct scratch old, now, study;
};

static void files_create(struct files *files)
{
    scratch_create(&files->old);
    scratch_create(&files->now);
    scratch_create(&files->study);
}

static void files_destroy(struct files *files)
{
    scratch_destroy(&files->old);
    scratch_destroy(&files->now);
    scratch_destroy(&files->study);
}

/* The gap of a person in one year. */
static int gap_of(unsigned person, unsigned year)
{
    return (int)(person * 7 % 5) - 3 + (int)(person * (3 + 2 * year) / 2 % 3) + (int)year;
}

/* A file of answers: people `first` and on, in the branches that are named. */
static void answers_write(struct scratch *scratch, unsigned year, unsigned first, const char *branches)
{
    char text[PEOPLE * 32 + 64];
    int length = snprintf(text, sizeof text, "id,branch,e_q,p_q\n");
    for (unsigned i = first; i < first + PEOPLE; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, "x%u,%c,5,%d\n", i, branches[i % strlen(branches)],
                           5 + gap_of(i, year));
    (void)scratch_write(scratch, "answers.csv", text);
}

static json_t *compare_files(struct files *files, const char *by)
{
    const char *path = scratch_write(&files->study, "study.json", study);
    const char *now = files->now.path, *old = files->old.path;
    return printed_analysis((const char *const[]){now, "--study", path, "--table", "gap_change", "--table", "dimension_gap",
                                                  "--compare", old, by ? "--by" : NULL, by, NULL});
}

static double number_of(json_t *row, const char *column)
{
    const json_t *value = json_object_get(row, column);
    if (!json_is_number(value))
        fail_msg("%s is no number", column);
    return json_number_value(value);
}

/* Mean and variance of the mean of what each person says. */
static struct mean_estimate estimate(unsigned first, int year, int less)
{
    double sum = 0, squares = 0;
    for (unsigned i = first; i < first + PEOPLE; i++)
        sum += gap_of(i, (unsigned)year) - (less >= 0 ? gap_of(i, (unsigned)less) : 0);
    for (unsigned i = first; i < first + PEOPLE; i++) {
        double d = gap_of(i, (unsigned)year) - (less >= 0 ? gap_of(i, (unsigned)less) : 0) - sum / PEOPLE;
        squares += d * d;
    }
    return (struct mean_estimate){sum / PEOPLE, squares / (PEOPLE - 1) / PEOPLE, PEOPLE - 1};
}

/* The same people in both files, found by their ids: the paired test */
static void the_same_people(void **state)
{
    (void)state;
    struct files files;
    files_create(&files);
    answers_write(&files.old, 0, 0, "abc");
    answers_write(&files.now, 1, 0, "abc");
    json_t *root = compare_files(&files, NULL);
    json_t *row = printed_row(printed_table(root, "gap_change", NULL), (const char *const[]){"subject", "overall", NULL});
    struct mean_estimate change = estimate(0, 1, 0);
    struct paired_t test;
    assert_int_equal(paired_t_test(change.mean, sqrt(change.variance), PEOPLE - 1, .95, &test), DEFINED);
    assert_digits(number_of(row, "change"), change.mean, 13);
    assert_digits(number_of(row, "se"), sqrt(change.variance), 11);
    assert_digits(number_of(row, "p"), test.p, 10);
    assert_digits(number_of(row, "ci_low"), test.interval.low, 10);
    assert_true(number_of(row, "n_both") == PEOPLE);
    assert_digits(number_of(row, "gap_old"), estimate(0, 0, -1).mean, 13);
    json_decref(root);
    files_destroy(&files);
}

/* Other people: Welch's test, n_both 0 */
static void other_people(void **state)
{
    (void)state;
    struct files files;
    files_create(&files);
    answers_write(&files.old, 0, 0, "abc");
    answers_write(&files.now, 1, 100, "abc");
    json_t *root = compare_files(&files, NULL);
    json_t *row = printed_row(printed_table(root, "gap_change", NULL), (const char *const[]){"subject", "overall", NULL});
    struct mean_estimate first = estimate(0, 0, -1), second = estimate(100, 1, -1);
    struct mean_comparison expected;
    assert_int_equal(welch_t_test(&first, &second, .95, &expected), DEFINED);
    assert_digits(number_of(row, "se"), expected.se, 12);
    assert_digits(number_of(row, "df"), expected.df, 11);
    assert_digits(number_of(row, "p"), expected.p, 10);
    assert_true(number_of(row, "n_both") == 0);
    json_decref(root);
    files_destroy(&files);
}

/* Groups are found by the names of their values; one that is new has no gap before, one that is gone none now. */
static void groups_come_and_go(void **state)
{
    (void)state;
    struct files files;
    files_create(&files);
    answers_write(&files.old, 0, 0, "abcz");
    answers_write(&files.now, 1, 0, "abcn");
    json_t *root = compare_files(&files, "branch");
    json_t *table = printed_table(root, "gap_change", "branch");
    json_t *gone = printed_row(table, (const char *const[]){"branch", "z", "subject", "overall", NULL});
    json_t *fresh = printed_row(table, (const char *const[]){"branch", "n", "subject", "overall", NULL});
    json_t *stays = printed_row(table, (const char *const[]){"branch", "a", "subject", "overall", NULL});
    assert_true(number_of(gone, "n_old") == 6 && number_of(fresh, "n_new") == 6 && number_of(stays, "n") == 12);
    assert_true(json_is_number(json_object_get(gone, "gap_old")) && json_is_null(json_object_get(gone, "gap_new")));
    assert_true(json_is_null(json_object_get(fresh, "gap_old")) && json_is_number(json_object_get(fresh, "gap_new")));
    assert_true(json_is_null(json_object_get(gone, "change")) && json_is_null(json_object_get(fresh, "change")));
    assert_true(json_is_number(json_object_get(stays, "change")));
    json_decref(root);
    files_destroy(&files);
}

/* A small group that is gone is hidden, and another with it: else the older total less the older groups would give it away. */
static void a_small_group_that_is_gone_is_hidden(void **state)
{
    (void)state;
    struct files files;
    files_create(&files);
    answers_write(&files.old, 0, 0, "abcabcabcabz");
    answers_write(&files.now, 1, 0, "abc");
    json_t *root = compare_files(&files, "branch");
    json_t *table = printed_table(root, "gap_change", "branch");
    unsigned hidden = 0;
    for (const char *branch = "abcz"; *branch; branch++) {
        const char name[] = {*branch, '\0'};
        json_t *row = printed_row(table, (const char *const[]){"branch", name, "subject", "overall", NULL});
        bool is_hidden = json_is_null(json_object_get(row, "gap_old"));
        hidden += is_hidden;
        assert_true(is_hidden || *branch != 'z');
    }
    assert_int_equal(hidden, 2);
    json_decref(root);
    files_destroy(&files);
}

/* A group that was small is hidden now that it is large: its older mean is that of few. */
static void a_group_that_was_small_is_hidden(void **state)
{
    (void)state;
    struct files files;
    files_create(&files);
    answers_write(&files.old, 0, 0, "abcbcbcbcbcb");
    answers_write(&files.now, 1, 0, "abc");
    json_t *root = compare_files(&files, "branch");
    json_t *row = printed_row(printed_table(root, "gap_change", "branch"),
                              (const char *const[]){"branch", "a", "subject", "overall", NULL});
    assert_true(json_is_null(json_object_get(row, "gap_old")) && json_is_null(json_object_get(row, "gap_new")));
    json_decref(root);
    files_destroy(&files);
}

/* Twelve people of each of three branches, of whom so many answered the second time. */
static void answered_write(struct scratch *scratch, unsigned year, const unsigned answered[3])
{
    char text[64 * 32];
    int length = snprintf(text, sizeof text, "id,branch,e_q,p_q\n");
    for (unsigned b = 0; b < 3; b++) {
        for (unsigned i = 0; i < 12; i++) {
            length += snprintf(text + length, sizeof text - (size_t)length, "x%u,%c,5,", 12 * b + i, 'a' + (int)b);
            if (i < answered[b])
                length += snprintf(text + length, sizeof text - (size_t)length, "%d", 5 + gap_of(i, year));
            length += snprintf(text + length, sizeof text - (size_t)length, "\n");
        }
    }
    (void)scratch_write(scratch, "answers.csv", text);
}

/* What is hidden of today in the gap tables is hidden beside the older answers too, whichever branch had the fewest then. */
static void today_is_not_given_away(void **state)
{
    (void)state;
    struct files files;
    files_create(&files);
    answered_write(&files.old, 0, (const unsigned[]){12, 12, 6});
    answered_write(&files.now, 1, (const unsigned[]){3, 8, 9});
    json_t *root = compare_files(&files, "branch");
    unsigned hidden = 0;
    for (const char *branch = "abc"; *branch; branch++) {
        const char name[] = {*branch, '\0'};
        const json_t *gap = printed_row(printed_table(root, "dimension_gap", "branch"),
                                        (const char *const[]){"branch", name, "dimension", "care", NULL});
        const json_t *change = printed_row(printed_table(root, "gap_change", "branch"),
                                           (const char *const[]){"branch", name, "subject", "care", NULL});
        bool is_hidden = json_is_null(json_object_get(gap, "gap"));
        hidden += is_hidden;
        assert_true(!is_hidden || json_is_null(json_object_get(change, "gap_new")));
    }
    assert_int_equal(hidden, 2);
    json_decref(root);
    files_destroy(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_people),
        cmocka_unit_test(other_people),
        cmocka_unit_test(groups_come_and_go),
        cmocka_unit_test(a_small_group_that_is_gone_is_hidden),
        cmocka_unit_test(a_group_that_was_small_is_hidden),
        cmocka_unit_test(today_is_not_given_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
