/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_file.h"
#include "support/answer_matrix.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/table_cells.h"

enum { PATH_ROOM = 512, ITEMS = 6 };

static const char *study_file(struct scratch *scratch)
{
    return scratch_write(
        scratch, "study.json",
        "{\"gapmeter\": 1, \"title\": \"Straight\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},"
        " \"scale\": {\"min\": 1, \"max\": 5, \"step\": 1},"
        " \"dimensions\": [{\"id\": \"a\", \"title\": \"A\"}, {\"id\": \"b\", \"title\": \"B\"}],"
        " \"items\": [{\"id\": \"q1\", \"dimension\": \"a\", \"text\": \"1\"},"
        " {\"id\": \"q2\", \"dimension\": \"a\", \"text\": \"2\"}, {\"id\": \"q3\", \"dimension\": \"a\", \"text\": \"3\"},"
        " {\"id\": \"q4\", \"dimension\": \"b\", \"text\": \"4\"}, {\"id\": \"q5\", \"dimension\": \"b\", \"text\": \"5\"},"
        " {\"id\": \"q6\", \"dimension\": \"b\", \"text\": \"6\"}],"
        " \"columns\": {\"expectation\": \"e{n}\", \"perception\": \"p{n}\", \"segments\": [\"branch\"]},"
        " \"missing\": [\"\"]}");
}

static json_t *row_of_figures(json_t *printed, json_t *expected)
{
    const char *table = json_string_value(oracle_at(expected, "table")), *id = json_string_value(oracle_at(expected, "id"));
    const char *segment = json_string_value(oracle_at(expected, "segment"));
    const char *by = strcmp(segment, "everyone") == 0 ? NULL : "branch";
    json_t *rows = printed_table(printed, "straight_lining", by);
    if (strcmp(table, "item") == 0)
        return printed_row(rows, (const char *const[]){"item", id, by, segment, NULL});
    json_t *row = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(rows, "rows"), index, row) {
        bool here = !by || strcmp(json_string_value(json_object_get(row, "branch")), segment) == 0;
        const char *dimension = json_string_value(json_object_get(row, "dimension"));
        if (here && !json_is_string(json_object_get(row, "item")) && strcmp(dimension, id) == 0)
            return row;
    }
    fail_msg("no row of %s", id);
    return NULL;
}

/* "Headline gaps with and without straight-liners, both n, the difference", against R, by segment too. */
static void agrees_with_r(void **state)
{
    (void)state;
    struct scratch scratch;
    struct comparison comparison = COMPARISON_NONE;
    char answers[PATH_ROOM];
    json_t *root = oracle_read("straight_lining"), *expected = NULL, *figure = NULL;
    scratch_create(&scratch);
    const struct answer_columns columns[] = {{"e%zu", oracle_at(root, "expectation")},
                                             {"p%zu", oracle_at(root, "perception")},
                                             {"branch", oracle_at(root, "branch")},
                                             {NULL, NULL}};
    (void)snprintf(answers, sizeof answers, "%s", answer_file_write(&scratch, "answers.csv", columns));
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study_file(&scratch), "--table",
                                                             "straight_lining", "--by", "branch", "--min-cell", "1", NULL});
    size_t index = 0;
    const char *column = NULL;
    json_array_foreach (oracle_at(root, "rows"), index, expected) {
        json_t *row = row_of_figures(printed, expected);
        json_object_foreach (oracle_at(expected, "figures"), column, figure) {
            comparison_add(&comparison, row, column, figure, 11);
        }
    }
    comparison_say(&comparison, "straight-lining");
    json_decref(printed);
    json_decref(root);
    scratch_destroy(&scratch);
}

/* Nobody is straight: both sides are the same, and nothing tells more than the gap tables do. */
static void nobody_is_straight(void **state)
{
    (void)state;
    static const int e[] = {5, 4, 3, 4, 5, 5, 3, 2, 4, 5, 4, 4}, p[] = {3, 4, 4, 2, 5, 3, 3, 3, 4, 4, 4, 3};
    struct answer_matrix matrix = {.people = 4, .items = 3, .low = 1, .high = 5};
    matrix.answers[STANDARD_EXPECTATION] = e;
    matrix.answers[STANDARD_PERCEPTION] = p;
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "straight_lining", &table);
    assert_int_equal(table->row_count, 5);
    for (uint32_t r = 0; r < table->row_count; r++) {
        assert_cell_digits(table, &table->rows[r], "difference", 0, 17);
        assert_cell_count(table, &table->rows[r], "n_straight", 0);
        assert_int_equal(table->rows[r].support, 4);
    }
    matrix_close(study);
}

/* support: "the straight-liners, who can be found as the difference": one of them is told by nobody else. */
static void one_straight_liner_hides_the_row(void **state)
{
    (void)state;
    static const int e[] = {5, 4, 3, 4, 5, 5, 3, 2, 4, 4, 4, 4}, p[] = {3, 4, 4, 2, 5, 3, 3, 3, 4, 1, 2, 3};
    struct answer_matrix matrix = {.people = 4, .items = 3, .low = 1, .high = 5};
    matrix.answers[STANDARD_EXPECTATION] = e;
    matrix.answers[STANDARD_PERCEPTION] = p;
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "straight_lining", &table);
    assert_cell_count(table, &table->rows[0], "n_straight", 1);
    assert_cell_count(table, &table->rows[0], "n_without", 3);
    assert_int_equal(table->rows[0].support, 1);
    matrix_close(study);
}

/* Everybody is: no gap is left, and the reason says so. */
static void all_are_straight(void **state)
{
    (void)state;
    static const int e[] = {5, 5, 5, 4, 4, 4, 3, 3, 3}, p[] = {3, 4, 4, 2, 5, 3, 3, 3, 4};
    struct answer_matrix matrix = {.people = 3, .items = 3, .low = 1, .high = 5};
    matrix.answers[STANDARD_EXPECTATION] = e;
    matrix.answers[STANDARD_PERCEPTION] = p;
    const struct table *table = NULL;
    struct matrix_study *study = matrix_table(&matrix, "straight_lining", &table);
    assert_cell_count(table, &table->rows[0], "n_without", 0);
    assert_cell_blank(table, &table->rows[0], "gap_without", "no_pairs");
    assert_cell_blank(table, &table->rows[0], "difference", "no_pairs");
    assert_cell_blank(table, &table->rows[0], "moved", "no_pairs");
    matrix_close(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(nobody_is_straight),
        cmocka_unit_test(one_straight_liner_hides_the_row),
        cmocka_unit_test(all_are_straight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
