/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/indices_study.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/table_cells.h"

static json_t *only_row(json_t *printed, const char *outcome)
{
    return printed_row(printed_table(printed, "nps", NULL), (const char *const[]){"outcome", outcome, NULL});
}

/* "with weights the effective number for n"; with clusters the number of answers that gives the clustered error */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("indices");
    for (int design = 0; design < DESIGN_COUNT; design++) {
        json_t *printed = indices_printed(oracle, design, false, "nps");
        indices_agree(only_row(printed, "recommend"), indices_expected(oracle, design, "nps"), 12, "nps");
        json_decref(printed);
    }
    json_decref(oracle);
}

/* "z = ΔNPS/sqrt(V1+V2)" with --compare */
static void the_change_agrees_with_r(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("indices");
    json_t *printed = indices_compared(oracle, false, "nps");
    indices_agree(only_row(printed, "recommend"), oracle_at(oracle, "changes.nps"), 12, "change of nps");
    json_decref(printed);
    json_decref(oracle);
}

#define M MATRIX_MISSING
static const int nobody[] = {M, M, M}, item[] = {1, 2, 3}, all_ten[] = {10, 10, 9};

static const struct table *of_three(const int *answers, struct matrix_study **open)
{
    struct matrix_outcome outcome = {"recommend", 0, 10, answers, OUTCOME_ROLE_RECOMMEND};
    struct answer_matrix matrix = {.people = 3, .items = 1, .low = 1, .high = 5, .outcomes = &outcome, .outcome_count = 1};
    matrix.answers[STANDARD_PERCEPTION] = item;
    const struct table *table = NULL;
    *open = matrix_table(&matrix, "nps", &table);
    return table;
}

/* "nobody answered -> too_few"; everybody a promoter: 100 with an interval that has a width, and without older answers no change
 */
static void edges(void **state)
{
    (void)state;
    struct matrix_study *open = NULL;
    const struct table *table = of_three(nobody, &open);
    const struct row *row = row_of(table, NULL, "recommend");
    assert_cell_count(table, row, "n", 0);
    assert_cell_blank(table, row, "value", "too_few");
    assert_cell_blank(table, row, "promoters", "too_few");
    assert_cell_blank(table, row, "change", "not_applicable");
    matrix_close(open);
    table = of_three(all_ten, &open);
    row = row_of(table, NULL, "recommend");
    assert_cell_digits(table, row, "value", 100, 15);
    assert_cell_digits(table, row, "ci_high", 100, 15);
    assert_true(cell_number(table, row, "ci_low") < 60);
    assert_true(table_has_note(table, "registered marks"));
    matrix_close(open);
}

/* customersat, "nps_style": 1811 people, by their published counts per answer. */
static void real_counts(void **state)
{
    (void)state;
    char path[4096];
    json_t *reference = oracle_read_path(real_answers_path("customersat/reference.json", path, sizeof path));
    int answers[2000];
    unsigned n = 0;
    /* that data has no 0: its 1 … 10 is read as answers on 0 … 10, whose classes are those of the reference */
    json_t *item_one = json_array_get(oracle_at(reference, "items"), 0), *count = NULL;
    const char *code = NULL;
    json_object_foreach (json_object_get(item_one, "freq"), code, count) {
        for (json_int_t i = 0; i < json_integer_value(count); i++) {
            assert_true(n < 2000);
            answers[n++] = (int)strtol(code, NULL, 10);
        }
    }
    struct matrix_outcome outcome = {"recommend", 0, 10, answers, OUTCOME_ROLE_RECOMMEND};
    struct answer_matrix matrix = {.people = n, .items = 1, .low = 1, .high = 10, .outcomes = &outcome, .outcome_count = 1};
    matrix.answers[STANDARD_PERCEPTION] = answers;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "nps", &table);
    const struct row *row = row_of(table, NULL, "recommend");
    assert_cell_json(table, row, "n", oracle_at(reference, "nps_style_q1_9_10_vs_1_6.n"), 17);
    assert_cell_json(table, row, "value", oracle_at(reference, "nps_style_q1_9_10_vs_1_6.nps"), 11);
    assert_cell_json(table, row, "se", oracle_at(reference, "nps_style_q1_9_10_vs_1_6.se"), 10);
    assert_cell_json(table, row, "wald_low", oracle_at(reference, "nps_style_q1_9_10_vs_1_6.ci95.0"), 11);
    assert_cell_json(table, row, "wald_high", oracle_at(reference, "nps_style_q1_9_10_vs_1_6.ci95.1"), 11);
    print_message("customersat nps: %.1f digits or more agree\n", digits_least());
    matrix_close(open);
    json_decref(reference);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_agrees_with_r),
        cmocka_unit_test(the_change_agrees_with_r),
        cmocka_unit_test(edges),
        cmocka_unit_test(real_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
