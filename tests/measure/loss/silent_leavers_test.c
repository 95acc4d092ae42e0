/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/loss_study.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/table_cells.h"

/* "leavers without complaint; iceberg ratio = dissatisfied/complainers; P(stay | dissatisfied) by captivity", in every design */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    static const char *const rows[] = {"all", "captive", "free"}, *const expected[] = {"all", "captive_only", "free_only"};
    json_t *oracle = oracle_read("loss_table");
    for (int design = 0; design < 4; design++) {
        struct comparison comparison = COMPARISON_NONE;
        json_t *figures = json_array_get(oracle_at(oracle, "designs"), (size_t)design);
        json_t *printed = loss_printed(oracle, design, "1", "silent_leavers");
        for (size_t r = 0; r < 3; r++) {
            json_t *row =
                printed_row(printed_table(printed, "silent_leavers", NULL), (const char *const[]){"customers", rows[r], NULL});
            const char *name = NULL;
            json_t *value = NULL;
            json_object_foreach (json_object_get(figures, expected[r]), name, value)
                comparison_add(&comparison, row, name, value, 11);
        }
        comparison_say(&comparison, json_string_value(json_object_get(figures, "label")));
        json_decref(printed);
    }
    json_decref(oracle);
}

#define M MATRIX_MISSING

/* Without a complaint in the study nothing is said of silence; without satisfaction the dissatisfied are those who met bad
 * service. */
static void what_was_not_asked(void **state)
{
    (void)state;
    static const int left[] = {1, 0, 1, 0, M}, bad[] = {1, 1, 0, 0, 1}, item[] = {1, 2, 3, 4, 5};
    const struct matrix_outcome outcomes[2] = {{"left", 0, 1, left, OUTCOME_ROLE_LEFT},
                                               {"bad", 0, 1, bad, OUTCOME_ROLE_BAD_SERVICE}};
    struct answer_matrix matrix = {.people = 5, .items = 1, .low = 1, .high = 5, .outcomes = outcomes, .outcome_count = 1};
    matrix.answers[STANDARD_PERCEPTION] = item;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "silent_leavers", &table);
    const struct row *row = row_of(table, NULL, "all");
    assert_int_equal(table->row_count, 1);
    assert_cell_count(table, row, "n", 4);
    assert_cell_count(table, row, "left", 2);
    assert_cell_blank(table, row, "left_silent", "not_asked");
    assert_cell_blank(table, row, "silent_share", "not_asked");
    assert_cell_blank(table, row, "dissatisfied_by", "not_asked");
    assert_cell_blank(table, row, "stayed_dissatisfied", "not_asked");
    matrix_close(open);
    matrix.outcome_count = 2;
    open = matrix_table(&matrix, "silent_leavers", &table);
    row = row_of(table, NULL, "all");
    assert_cell_text(table, row, "dissatisfied_by", "bad_service");
    assert_cell_count(table, row, "dissatisfied", 2);
    assert_cell_digits(table, row, "stayed_dissatisfied", 0.5, 15);
    assert_cell_blank(table, row, "iceberg_ratio", "not_asked");
    assert_true(row->support == 2);
    matrix_close(open);
}

/* Nobody complained: no ratio and no infinity. Nobody left: no share of them. */
static void nobody(void **state)
{
    (void)state;
    static const int left[] = {0, 0, 0, 0}, complained[] = {0, 0, 0, M}, satisfied[] = {1, 2, 9, 10}, item[] = {1, 2, 3, 4};
    const struct matrix_outcome outcomes[3] = {{"left", 0, 1, left, OUTCOME_ROLE_LEFT},
                                               {"complained", 0, 1, complained, OUTCOME_ROLE_COMPLAINED},
                                               {"satisfaction", 1, 10, satisfied, OUTCOME_ROLE_SATISFACTION}};
    struct answer_matrix matrix = {.people = 4, .items = 1, .low = 1, .high = 5, .outcomes = outcomes, .outcome_count = 3};
    matrix.answers[STANDARD_PERCEPTION] = item;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "silent_leavers", &table);
    const struct row *row = row_of(table, NULL, "all");
    assert_cell_blank(table, row, "silent_share", "too_few");
    assert_cell_blank(table, row, "iceberg_ratio", "too_few");
    assert_cell_digits(table, row, "spoke_share", 0, 15);
    assert_cell_digits(table, row, "stayed_dissatisfied", 1, 15);
    assert_true(cell_number(table, row, "stayed_low") < .5);
    matrix_close(open);
}

/* left_known: "Of those, of how many it is known whether they complained": the share is of them. */
static void a_leaver_of_whom_no_complaint_is_known(void **state)
{
    (void)state;
    static const int left[] = {1, 1, 1, 0}, complained[] = {0, M, 1, 0}, item[] = {1, 2, 3, 4};
    const struct matrix_outcome outcomes[2] = {{"left", 0, 1, left, OUTCOME_ROLE_LEFT},
                                               {"complained", 0, 1, complained, OUTCOME_ROLE_COMPLAINED}};
    struct answer_matrix matrix = {.people = 4, .items = 1, .low = 1, .high = 5, .outcomes = outcomes, .outcome_count = 2};
    matrix.answers[STANDARD_PERCEPTION] = item;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "silent_leavers", &table);
    const struct row *row = row_of(table, NULL, "all");
    assert_cell_count(table, row, "left", 3);
    assert_cell_count(table, row, "left_known", 2);
    assert_cell_count(table, row, "left_silent", 1);
    assert_cell_digits(table, row, "silent_share", .5, 15);
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_agrees_with_r),
        cmocka_unit_test(what_was_not_asked),
        cmocka_unit_test(nobody),
        cmocka_unit_test(a_leaver_of_whom_no_complaint_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
