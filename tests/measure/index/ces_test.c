/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/indices_study.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/table_cells.h"

static json_t *only_row(json_t *printed)
{
    return printed_row(printed_table(printed, "ces", NULL), (const char *const[]){"outcome", "effort", NULL});
}

/* "mean of 1–7 ease or share ≥ 5; direction must be stored": the same answers read both ways, in every design */
static void every_design_and_direction_agrees_with_r(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("indices");
    for (int design = 0; design < DESIGN_COUNT; design++) {
        for (int low = 0; low < 2; low++) {
            json_t *printed = indices_printed(oracle, design, low, "ces");
            json_t *row = only_row(printed);
            indices_agree(row, indices_expected(oracle, design, low ? "ces_turned" : "ces"), 12, low ? "ces, turned" : "ces");
            assert_string_equal(json_string_value(json_object_get(row, "easy_answer")), low ? "low" : "high");
            json_decref(printed);
        }
    }
    json_decref(oracle);
}

/* Means of two waves change by Welch's t. */
static void the_change_agrees_with_r(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("indices");
    json_t *printed = indices_compared(oracle, false, "ces");
    indices_agree(only_row(printed), oracle_at(oracle, "changes.ces"), 12, "change of ces");
    json_decref(printed);
    json_decref(oracle);
}

/* One answer has a mean and no error; nobody has neither. A scale with a middle: 3 of 5 is neither easy nor hard. */
static void edges(void **state)
{
    (void)state;
    static const int item[] = {1, 2, 3}, one[] = {3, MATRIX_MISSING, MATRIX_MISSING}, two[] = {3, 4, 2};
    const int *const answers[] = {one, two};
    for (size_t i = 0; i < 2; i++) {
        struct matrix_outcome outcome = {"effort", 1, 5, answers[i], OUTCOME_ROLE_EFFORT};
        struct answer_matrix matrix = {.people = 3, .items = 1, .low = 1, .high = 5, .outcomes = &outcome, .outcome_count = 1};
        matrix.answers[STANDARD_PERCEPTION] = item;
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&matrix, "ces", &table);
        const struct row *row = row_of(table, NULL, "effort");
        assert_cell_digits(table, row, "value", 3, 17);
        assert_cell_digits(table, row, "easy", (double)i / 3, 15);
        assert_cell_digits(table, row, "hard", (double)i / 3, 15);
        if (i == 0)
            assert_cell_blank(table, row, "se", "too_few");
        matrix_close(open);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_and_direction_agrees_with_r),
        cmocka_unit_test(the_change_agrees_with_r),
        cmocka_unit_test(edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
