/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/indices_study.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/table_cells.h"

static json_t *only_row(json_t *printed)
{
    return printed_row(printed_table(printed, "csat", NULL), (const char *const[]){"outcome", "satisfaction", NULL});
}

/* "top-box: share ≥ 6 of 7 with Wilson CI; mean CSAT on 0–100" (F50) in every design */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("indices");
    for (int design = 0; design < DESIGN_COUNT; design++) {
        json_t *printed = indices_printed(oracle, design, false, "csat");
        indices_agree(only_row(printed), indices_expected(oracle, design, "csat"), 12, "csat");
        json_decref(printed);
    }
    json_t *printed = indices_compared(oracle, false, "csat");
    indices_agree(only_row(printed), oracle_at(oracle, "changes.csat"), 12, "change of csat");
    json_decref(printed);
    json_decref(oracle);
}

static const int item[] = {1, 2, 3, 4, 4, 1, 2, 3, 4, 4};

static const struct table *of_ten(const int *answers, int low, int high, struct matrix_study **open)
{
    struct matrix_outcome outcome = {"satisfaction", low, high, answers, OUTCOME_ROLE_SATISFACTION};
    struct answer_matrix matrix = {.people = 10, .items = 1, .low = 1, .high = 5, .outcomes = &outcome, .outcome_count = 1};
    matrix.answers[STANDARD_PERCEPTION] = item;
    const struct table *table = NULL;
    *open = matrix_table(&matrix, "csat", &table);
    return table;
}

/* "share ≥ 4 of 5 (≥ 6 of 7, ≥ 8 of 10)": three quarters up the scale, whatever its ends */
static void cuts(void **state)
{
    (void)state;
    static const struct {
        int low, high, cut;
    } scales[] = {{1, 5, 4}, {1, 7, 6}, {1, 10, 8}, {0, 10, 8}, {1, 3, 3}, {0, 1, 1}, {-2, 2, 1}, {1, 4, 4}, {1, 9, 7}};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        int answers[10];
        for (int p = 0; p < 10; p++)
            answers[p] = scales[i].low + p % (scales[i].high - scales[i].low + 1);
        struct matrix_study *open = NULL;
        const struct table *table = of_ten(answers, scales[i].low, scales[i].high, &open);
        int satisfied = 0;
        for (int p = 0; p < 10; p++)
            satisfied += answers[p] >= scales[i].cut;
        assert_cell_digits(table, row_of(table, NULL, "satisfaction"), "cut", scales[i].cut, 17);
        assert_cell_digits(table, row_of(table, NULL, "satisfaction"), "value", 10 * satisfied, 15);
        matrix_close(open);
    }
}

/* Everybody at one end: an interval that has a width; no error of the mean is "no variance", and the index is 100 or 0. */
static void one_answer_only(void **state)
{
    (void)state;
    static const int best[] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, worst[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    struct matrix_study *open = NULL;
    const struct table *table = of_ten(best, 1, 5, &open);
    const struct row *row = row_of(table, NULL, "satisfaction");
    assert_cell_digits(table, row, "value", 100, 17);
    assert_cell_digits(table, row, "ci_high", 100, 17);
    assert_true(cell_number(table, row, "ci_low") < 80);
    assert_cell_digits(table, row, "index", 100, 17);
    assert_cell_blank(table, row, "index_low", "no_variance");
    matrix_close(open);
    table = of_ten(worst, 1, 5, &open);
    row = row_of(table, NULL, "satisfaction");
    assert_cell_digits(table, row, "value", 0, 17);
    assert_cell_digits(table, row, "dissatisfied", 1, 17);
    assert_cell_digits(table, row, "index", 0, 17);
    matrix_close(open);
}

/* A published table of counts per answer as a study of one outcome. */
static struct matrix_study *of_counts(json_t *freq, int low, int high, const struct table **table, int *answers)
{
    unsigned n = 0;
    const char *code = NULL;
    json_t *count = NULL;
    json_object_foreach (freq, code, count) {
        for (json_int_t i = 0; i < json_integer_value(count); i++) {
            assert_true(n < 2500);
            answers[n++] = (int)strtol(code, NULL, 10);
        }
    }
    struct matrix_outcome outcome = {"satisfaction", low, high, answers, OUTCOME_ROLE_SATISFACTION};
    struct answer_matrix matrix = {.people = n, .items = 1, .low = low, .high = high, .outcomes = &outcome, .outcome_count = 1};
    matrix.answers[STANDARD_PERCEPTION] = answers;
    return matrix_table(&matrix, "csat", table);
}

/* customersat: "csat_index_q1_0_100"; univer-cub: mean, error and interval of each of its five questions */
static void real_studies(void **state)
{
    (void)state;
    char path[4096];
    static int answers[2500];
    const struct table *table = NULL;
    json_t *reference = oracle_read_path(real_answers_path("customersat/reference.json", path, sizeof path));
    json_t *freq = json_object_get(json_array_get(oracle_at(reference, "items"), 0), "freq");
    struct matrix_study *open = of_counts(freq, 1, 10, &table, answers);
    assert_cell_json(table, row_of(table, NULL, "satisfaction"), "index", oracle_at(reference, "csat_index_q1_0_100"), 11);
    matrix_close(open);
    json_decref(reference);
    reference = oracle_read_path(real_answers_path("univer-cub/reference.json", path, sizeof path));
    size_t index = 0;
    json_t *item_row = NULL;
    json_array_foreach (oracle_at(reference, "items"), index, item_row) {
        open = of_counts(json_object_get(item_row, "freq"), 1, 7, &table, answers);
        const struct row *row = row_of(table, NULL, "satisfaction");
        assert_cell_json(table, row, "n", json_object_get(item_row, "n"), 17);
        assert_cell_json(table, row, "mean", json_object_get(item_row, "mean"), 9);
        json_t *six = oracle_at(item_row, "freq.6"), *seven = oracle_at(item_row, "freq.7");
        double top = (double)(json_integer_value(six) + json_integer_value(seven));
        assert_cell_digits(table, row, "satisfied", top / (double)json_integer_value(json_object_get(item_row, "n")), 14);
        matrix_close(open);
    }
    assert_int_equal(index, 5);
    json_decref(reference);
    /* skytrax-lounge: "recommended" is a yes or no, whose share is known: 1 is the top of 0 and 1 */
    reference = oracle_read_path(real_answers_path("skytrax-lounge/reference.json", path, sizeof path));
    json_t *share = oracle_at(reference, "lounge.recommended.share");
    int n = (int)json_integer_value(oracle_at(reference, "lounge.recommended.n"));
    json_t *yes_and_no = json_pack("{s:i, s:i}", "1", (int)(json_number_value(share) * n + 0.5), "0",
                                   n - (int)(json_number_value(share) * n + 0.5));
    open = of_counts(yes_and_no, 0, 1, &table, answers);
    assert_cell_json(table, row_of(table, NULL, "satisfaction"), "satisfied", share, 10);
    matrix_close(open);
    json_decref(yes_and_no);
    print_message("customersat, univer-cub: %.1f digits or more agree\n", digits_least());
    json_decref(reference);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_agrees_with_r),
        cmocka_unit_test(cuts),
        cmocka_unit_test(one_answer_only),
        cmocka_unit_test(real_studies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
