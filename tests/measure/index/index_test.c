/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/indices_study.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/table_cells.h"

/* "100·Σw_k(x̄_k − lo_k)/Σw_k(hi_k − lo_k)", person by person with at least half of the items */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    static const char *const names[] = {"d1", "d2", "overall"};
    json_t *oracle = oracle_read("indices");
    for (int design = 0; design < DESIGN_COUNT; design++) {
        json_t *printed = indices_printed(oracle, design, false, "index");
        json_t *table = printed_table(printed, "index", NULL);
        for (size_t i = 0; i < 3; i++)
            indices_agree(printed_row(table, (const char *const[]){"outcome", names[i], "standard", "perception", NULL}),
                          indices_expected(oracle, design, names[i]), 12, names[i]);
        json_decref(printed);
    }
    json_decref(oracle);
}

/* The index of the satisfaction outcome is that of csat, and expectations have an index of their own. */
static void outcomes_and_standards(void **state)
{
    (void)state;
    static const int expectations[] = {5, 4, 5, 3}, perceptions[] = {1, 1, 5, 3}, satisfied[] = {0, 10, 5, 7};
    struct matrix_outcome outcome = {"satisfaction", 0, 10, satisfied, OUTCOME_ROLE_SATISFACTION};
    struct answer_matrix matrix = {.people = 4, .items = 1, .low = 1, .high = 5, .outcomes = &outcome, .outcome_count = 1};
    matrix.answers[STANDARD_EXPECTATION] = expectations;
    matrix.answers[STANDARD_PERCEPTION] = perceptions;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "index", &table);
    assert_int_equal(table->row_count, 5);
    assert_cell_digits(table, row_of(table, NULL, "satisfaction", ""), "value", 55, 15);
    assert_cell_digits(table, row_of(table, NULL, "d1", "expectation"), "value", 81.25, 15);
    assert_cell_digits(table, row_of(table, NULL, "overall", "perception"), "value", 37.5, 15);
    matrix_close(open);
}

/* mobi-ecsi: satisfaction of equal weights, "(sum of means − 3)/27·100", from the published means of its three questions */
static void a_real_study(void **state)
{
    (void)state;
    char path[4096];
    static int answers[250 * 3];
    FILE *file = fopen(real_answers_path("mobi-ecsi/mobi.csv", path, sizeof path), "r");
    assert_non_null(file);
    char line[1024];
    unsigned n = 0;
    assert_non_null(fgets(line, sizeof line, file));
    assert_true(strstr(line, "CUEX1") && strstr(line, "CUSA1"));
    while (n < 250 && fgets(line, sizeof line, file)) {
        char *at = line;
        for (unsigned column = 0; column < 6; column++, at++) {
            long value = strtol(at, &at, 10);
            if (column >= 3)
                answers[3 * n + column - 3] = (int)value;
        }
        n++;
    }
    (void)fclose(file);
    struct answer_matrix matrix = {.people = n, .items = 3, .low = 1, .high = 10};
    matrix.answers[STANDARD_PERCEPTION] = answers;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "index", &table);
    json_t *reference = oracle_read_path(real_answers_path("mobi-ecsi/reference.json", path, sizeof path));
    double sum = 0;
    size_t index = 0;
    json_t *item = NULL;
    json_array_foreach (oracle_at(reference, "items"), index, item) {
        if (strncmp(json_string_value(json_object_get(item, "item")), "CUSA", 4) == 0)
            sum += json_number_value(json_object_get(item, "mean"));
    }
    assert_int_equal(n, 250);
    assert_cell_digits(table, row_of(table, NULL, "overall", "perception"), "value", (sum - 3) / 27 * 100, 12);
    matrix_close(open);
    json_decref(reference);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_agrees_with_r),
        cmocka_unit_test(outcomes_and_standards),
        cmocka_unit_test(a_real_study),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
