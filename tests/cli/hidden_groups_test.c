/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "No shown figure depends on a hidden group": when the answers of hidden groups change, nothing that is printed does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/printed_tables.h"
#include "support/scratch_folder.h"

static const char study[] =
    "{\"gapmeter\": 1, \"title\": \"Hidden\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},"
    "\"scale\": {\"min\": 1, \"max\": 7, \"step\": 1},"
    "\"dimensions\": [{\"id\": \"care\", \"title\": \"Care\"}, {\"id\": \"speed\", \"title\": \"Speed\"}],"
    "\"items\": [{\"id\": \"q1\", \"dimension\": \"care\", \"text\": \"One\"}, {\"id\": \"q2\", \"dimension\": \"speed\", "
    "\"text\": "
    "\"Two\"}],"
    "\"columns\": {\"segments\": [\"branch\"], \"wave\": \"wave\", \"expectation\": \"e_{id}\", \"perception\": \"p_{id}\"}}";

enum { BRANCHES = 7, TABLES = 8 };

/* Branch b has three people and is hidden, and c, the smallest of the others, with it. Of branch d only three answered the second
 * item. */
static const unsigned sizes[BRANCHES] = {16, 3, 12, 18, 20, 22, 24};
static const char *const tables[TABLES] = {"group_comparison", "group_pairs", "league",   "league_share", "norms",
                                           "gap_trend",        "share_trend", "gap_waves"};

/* Which answers are other ones the second time. */
enum change { CHANGE_NOTHING, CHANGE_HIDDEN, CHANGE_LINE };

static int answer_of(unsigned branch, unsigned person, unsigned item, enum change change)
{
    bool other = (change == CHANGE_HIDDEN && (branch == 1 || branch == 2)) || (change == CHANGE_LINE && branch == 3 && item == 1);
    return 1 + (int)((person * (3 + item) + branch * 2 + (other ? person * person + 3 : 0)) % 6);
}

static void answers_write(struct scratch *scratch, enum change change)
{
    static char text[40000];
    int length = snprintf(text, sizeof text, "branch,wave,e_q1,e_q2,p_q1,p_q2\n");
    for (unsigned b = 0; b < BRANCHES; b++) {
        for (unsigned i = 0; i < sizes[b]; i++) {
            length += snprintf(text + length, sizeof text - (size_t)length, "%c,%c,%u,%u,%d,", 'a' + (int)b, 'a' + (int)b,
                               3 + i % 4, 4 + i % 3, answer_of(b, i, 0, change));
            if (b != 3 || i < 3)
                length += snprintf(text + length, sizeof text - (size_t)length, "%d", answer_of(b, i, 1, change));
            length += snprintf(text + length, sizeof text - (size_t)length, "\n");
        }
    }
    (void)scratch_write(scratch, "answers.csv", text);
}

static json_t *analyse(enum change change)
{
    struct scratch files, of_study;
    scratch_create(&files);
    scratch_create(&of_study);
    answers_write(&files, change);
    const char *arguments[2 * TABLES + 16] = {files.path, "--study", scratch_write(&of_study, "study.json", study), "--by",
                                              "branch"};
    size_t count = 5;
    for (size_t t = 0; t < TABLES; t++) {
        arguments[count++] = "--table";
        arguments[count++] = tables[t];
    }
    arguments[count++] = "--table";
    arguments[count++] = "dimension_gap";
    json_t *root = printed_analysis(arguments);
    scratch_destroy(&files);
    scratch_destroy(&of_study);
    return root;
}

/* Is the row about the second dimension? */
static bool row_is_speed(const json_t *row)
{
    const char *subject = json_string_value(json_object_get(row, "subject"));
    return subject && strcmp(subject, "speed") == 0;
}

/* Every row of a table, or those about one dimension, is the same in both; gives how many have figures. */
static unsigned compare_rows(const json_t *first, const json_t *second, bool speed_only)
{
    const json_t *a = json_object_get(first, "rows"), *b = json_object_get(second, "rows");
    const char *name = json_string_value(json_object_get(first, "measure"));
    unsigned shown = 0;
    assert_int_equal(json_array_size(a), json_array_size(b));
    for (size_t r = 0; r < json_array_size(a); r++) {
        const json_t *row = json_array_get(a, r);
        if (speed_only && !row_is_speed(row))
            continue;
        if (!json_equal(row, json_array_get(b, r)))
            fail_msg("%s: row %zu tells of a hidden group: %s and %s", name, r, json_dumps(row, 0),
                     json_dumps(json_array_get(b, r), 0));
        shown += json_is_number(json_object_get(row, "n"));
    }
    return shown;
}

static void check_tables(enum change change)
{
    json_t *first = analyse(CHANGE_NOTHING), *second = analyse(change);
    for (size_t t = 0; t < TABLES; t++) {
        const char *by = strstr(tables[t], "trend")                                  ? "wave"
                         : strstr(tables[t], "group_") || strstr(tables[t], "waves") ? NULL
                                                                                     : "branch";
        unsigned shown =
            compare_rows(printed_table(first, tables[t], by), printed_table(second, tables[t], by), change == CHANGE_LINE);
        if (shown == 0)
            fail_msg("%s shows nothing", tables[t]);
    }
    json_decref(first);
    json_decref(second);
}

static void hidden_groups_change_nothing(void **state)
{
    (void)state;
    check_tables(CHANGE_HIDDEN);
}

/* A group that is hidden in one line alone changes nothing in that line. */
static void hidden_lines_change_nothing(void **state)
{
    (void)state;
    check_tables(CHANGE_LINE);
}

/* The test would notice: the hidden branches' answers did change, in the table that shows each group when nothing is hidden. */
static void groups_are_hidden_as_meant(void **state)
{
    (void)state;
    json_t *root = analyse(CHANGE_NOTHING);
    json_t *table = printed_table(root, "dimension_gap", "branch");
    static const char *const care_hidden = "bc";
    for (const char *branch = "abcdefg"; *branch; branch++) {
        const char name[] = {*branch, '\0'};
        json_t *care = printed_row(table, (const char *const[]){"branch", name, "dimension", "care", NULL});
        json_t *speed = printed_row(table, (const char *const[]){"branch", name, "dimension", "speed", NULL});
        assert_true(json_is_null(json_object_get(care, "gap")) == (strchr(care_hidden, *branch) != NULL));
        if (*branch == 'd')
            assert_true(json_is_null(json_object_get(speed, "gap")));
    }
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_hidden_as_meant),
        cmocka_unit_test(hidden_groups_change_nothing),
        cmocka_unit_test(hidden_lines_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
