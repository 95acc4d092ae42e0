/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole program, from files to JSON, against a study whose every figure R computed (tests/oracle/gap_table.R). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/scratch_folder.h"

enum { KEYS_MOST = 8, PATH_ROOM = 512 };

struct simulated {
    struct scratch scratch;
    json_t *oracle, *printed;
};

static int simulated_setup(void **state)
{
    static struct simulated study;
    study.oracle = oracle_read("gap_table");
    scratch_create(&study.scratch);
    char answers[PATH_ROOM], file[PATH_ROOM];
    (void)snprintf(answers, sizeof answers, "%s",
                   scratch_write(&study.scratch, "answers.csv", json_string_value(oracle_at(study.oracle, "answers"))));
    (void)snprintf(file, sizeof file, "%s",
                   scratch_write(&study.scratch, "study.json", json_string_value(oracle_at(study.oracle, "study"))));
    const char *const arguments[] = {answers,         "--study", file,          "--table",    "item_gap",    "--table",
                                     "dimension_gap", "--table", "overall_gap", "--table",    "reliability", "--table",
                                     "item_total",    "--by",    "branch",      "--min-cell", "1",           NULL};
    study.printed = printed_analysis(arguments);
    *state = &study;
    return 0;
}

static int simulated_teardown(void **state)
{
    struct simulated *study = *state;
    if (study == NULL)
        return 0;
    json_decref(study->oracle);
    json_decref(study->printed);
    scratch_destroy(&study->scratch);
    return 0;
}

/* Every member of every row that R wrote, texts as keys first. */
static void compare_rows(const struct simulated *study, const char *topic, const char *measure, const char *by,
                         const char *const *key_names)
{
    struct comparison comparison = COMPARISON_NONE;
    json_t *table = printed_table(study->printed, measure, by), *expected = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(study->oracle, topic), index, expected) {
        const char *keys[2 * KEYS_MOST + 1] = {NULL};
        size_t count = 0;
        for (size_t i = 0; key_names[i] != NULL; i++) {
            keys[count++] = key_names[i];
            keys[count++] = json_string_value(json_object_get(expected, key_names[i]));
        }
        json_t *row = printed_row(table, keys), *value = NULL;
        const char *column = NULL;
        json_object_foreach (expected, column, value) {
            comparison_add(&comparison, row, column, value, 11);
        }
    }
    comparison_say(&comparison, topic);
}

/* F1, F20–F24, F26, F29: all columns of item_gap for everyone, one item reversed, answers missing. */
static void items_agree(void **state)
{
    compare_rows(*state, "item_gap", "item_gap", NULL, (const char *const[]){"item", NULL});
}

/* F2, F13, F16: dimension scores need half of their items. */
static void dimensions_agree(void **state)
{
    compare_rows(*state, "dimension_gap", "dimension_gap", NULL, (const char *const[]){"dimension", NULL});
}

/* F2: the overall gap is the mean of the dimensions. */
static void overall_agrees(void **state)
{
    compare_rows(*state, "overall_gap", "overall_gap", NULL, (const char *const[]){NULL});
}

/* F26: the family is the rows of one group, also of the group of three. */
static void branches_agree(void **state)
{
    compare_rows(*state, "item_gap_by_branch", "item_gap", "branch", (const char *const[]){"branch", "item", NULL});
}

/* F13, for each standard and for the gap. */
static void reliability_agrees(void **state)
{
    compare_rows(*state, "reliability", "reliability", NULL, (const char *const[]){"dimension", "standard", NULL});
}

/* F14, within the dimension and within all items. */
static void item_statistics_agree(void **state)
{
    compare_rows(*state, "item_total", "item_total", NULL, (const char *const[]){"scope", "standard", "item", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(items_agree),        cmocka_unit_test(dimensions_agree),
                                       cmocka_unit_test(overall_agrees),     cmocka_unit_test(branches_agree),
                                       cmocka_unit_test(reliability_agrees), cmocka_unit_test(item_statistics_agree)};
    return cmocka_run_group_tests(tests, simulated_setup, simulated_teardown);
}
