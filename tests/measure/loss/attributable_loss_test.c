/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/answer_matrix.h"
#include "support/digits.h"
#include "support/loss_study.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/table_cells.h"

static json_t *line(json_t *printed, const char *scope, const char *allowing_for)
{
    json_t *table = printed_table(printed, "attributable_loss", NULL);
    if (!allowing_for)
        return printed_row(table, (const char *const[]){"scope", scope, NULL});
    return printed_row(table, (const char *const[]){"scope", scope, "allowing_for", allowing_for, NULL});
}

static void members_add(struct comparison *comparison, json_t *row, json_t *expected, double digits)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach (expected, name, value)
        comparison_add(comparison, row, name, value, digits);
}

/* "1 − (c/(c + d))/((a + c)/N)", its interval in every design, the strata and the regression: against R */
static void every_design_agrees_with_r(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("loss_table");
    for (int design = 0; design < 4; design++) {
        struct comparison comparison = COMPARISON_NONE;
        json_t *expected = json_array_get(oracle_at(oracle, "designs"), (size_t)design);
        json_t *printed = loss_printed(oracle, design, "1", "attributable_loss");
        members_add(&comparison, line(printed, "crude", NULL), json_object_get(expected, "crude"), 11);
        members_add(&comparison, line(printed, "stratified", "captive"), json_object_get(expected, "captive"), 12);
        members_add(&comparison, line(printed, "stratified", "tenure"), json_object_get(expected, "tenure"), 12);
        members_add(&comparison, line(printed, "adjusted", NULL), json_object_get(expected, "adjusted"), 9);
        comparison_say(&comparison, json_string_value(json_object_get(expected, "label")));
        json_decref(printed);
    }
    json_decref(oracle);
}

static double end_of(json_t *row, const char *name)
{
    const json_t *value = json_object_get(row, name);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

/* The interval of the bootstrap: near R's own samples (Monte Carlo error of each about .01), the same for any number of threads.
 */
static void the_bootstrap_is_near_r_and_repeats(void **state)
{
    (void)state;
    json_t *oracle = oracle_read("loss_table");
    json_t *one = loss_printed(oracle, 0, "1", "attributable_loss"), *four = loss_printed(oracle, 0, "4", "attributable_loss");
    assert_true(json_equal(one, four));
    const json_t *ends = oracle_at(oracle, "bootstrap");
    json_t *rows[2] = {line(one, "stratified", "tenure"), line(one, "adjusted", NULL)};
    for (size_t r = 0; r < 2; r++) {
        double low = json_number_value(json_array_get(json_array_get(ends, r), 0));
        double high = json_number_value(json_array_get(json_array_get(ends, r), 1));
        print_message("%.4f for %.4f, %.4f for %.4f\n", end_of(rows[r], "ci_low"), low, end_of(rows[r], "ci_high"), high);
        assert_true(fabs(end_of(rows[r], "ci_low") - low) < 0.03);
        assert_true(fabs(end_of(rows[r], "ci_high") - high) < 0.02);
        assert_int_equal((int)end_of(rows[r], "replicates"), 2000);
    }
    json_decref(one);
    json_decref(four);
    json_decref(oracle);
}

/* Small studies: `a` exposed and left, `b` exposed and stayed, `c` unexposed and left, `d` unexposed and stayed. */
struct small {
    int left[1000], bad[1000], item[1000];
    unsigned people;
};

static struct matrix_study *small_open(struct small *small, const unsigned cells[4], enum outcome_role exposure,
                                       const struct table **table)
{
    small->people = 0;
    for (unsigned cell = 0; cell < 4; cell++) {
        for (unsigned i = 0; i < cells[cell]; i++) {
            small->left[small->people] = cell % 2 == 0;
            small->bad[small->people] = cell < 2;
            small->item[small->people++] = 1 + (int)(i % 5);
        }
    }
    const struct matrix_outcome outcomes[2] = {{"left", 0, 1, small->left, OUTCOME_ROLE_LEFT},
                                               {"met", 0, 1, small->bad, exposure}};
    struct answer_matrix matrix = {
        .people = small->people, .items = 1, .low = 1, .high = 5, .outcomes = outcomes, .outcome_count = 2};
    matrix.answers[STANDARD_PERCEPTION] = small->item;
    return matrix_table(&matrix, "attributable_loss", table);
}

/* "[V: 60/240/70/630 → RR 2, PAF .2308, CI .108–.337]"; customers lost = PAF × leavers */
static void the_formula_sheets_example(void **state)
{
    (void)state;
    static struct small small;
    const struct table *table = NULL;
    struct matrix_study *open = small_open(&small, (const unsigned[4]){60, 240, 70, 630}, OUTCOME_ROLE_BAD_SERVICE, &table);
    const struct row *row = row_of(table, NULL, "crude", "");
    assert_int_equal(table->row_count, 1);
    assert_cell_digits(table, row, "risk_ratio", 2, 15);
    assert_cell_digits(table, row, "fraction", .2308, 3.8);
    assert_cell_digits(table, row, "ci_low", .108, 3);
    assert_cell_digits(table, row, "ci_high", .337, 2.9);
    assert_cell_digits(table, row, "customers_lost", 30, 14);
    assert_cell_text(table, row, "verdict", "loss");
    assert_cell_text(table, row, "method", "formula");
    assert_cell_text(table, row, "exposure", "bad_service");
    assert_cell_count(table, row, "exposed_stayed", 240);
    assert_true(row->support == 130);
    matrix_close(open);
}

/* "Negative PAF: print as 'no loss attributable'"; "c = 0: add ½ to every cell … never the bootstrap"; nobody exposed, nobody
 * left */
static void edges(void **state)
{
    (void)state;
    static struct small small;
    const struct table *table = NULL;
    struct matrix_study *open = small_open(&small, (const unsigned[4]){2, 38, 20, 60}, OUTCOME_ROLE_COMPLAINED, &table);
    const struct row *row = row_of(table, NULL, "crude", "");
    assert_cell_blank(table, row, "fraction", "no_loss");
    assert_cell_blank(table, row, "customers_lost", "no_loss");
    assert_cell_text(table, row, "verdict", "none");
    assert_cell_text(table, row, "exposure", "complained");
    assert_true(cell_number(table, row, "risk_ratio") < 1 && cell_number(table, row, "ci_high") < 0.1);
    matrix_close(open);
    /* exactly as often: nothing is lost either */
    open = small_open(&small, (const unsigned[4]){10, 30, 20, 60}, OUTCOME_ROLE_BAD_SERVICE, &table);
    assert_cell_blank(table, row_of(table, NULL, "crude", ""), "fraction", "no_loss");
    assert_cell_text(table, row_of(table, NULL, "crude", ""), "verdict", "none");
    assert_false(table_has_note(table, "Fewer than 10 customers left without bad service"));
    matrix_close(open);
    open = small_open(&small, (const unsigned[4]){10, 30, 9, 60}, OUTCOME_ROLE_BAD_SERVICE, &table);
    assert_true(table_has_note(table, "Fewer than 10 customers left without bad service"));
    matrix_close(open);
    open = small_open(&small, (const unsigned[4]){7, 33, 0, 60}, OUTCOME_ROLE_BAD_SERVICE, &table);
    row = row_of(table, NULL, "crude", "");
    /* 7.5/41 over .5/61; 1 − (.5/61)/(8/102) */
    assert_cell_digits(table, row, "risk_ratio", 7.5 / 41 / (.5 / 61), 14);
    assert_cell_digits(table, row, "fraction", 1 - .5 / 61 / (8.0 / 102), 14);
    assert_true(table_has_note(table, "half a customer"));
    matrix_close(open);
    const unsigned none[3][4] = {{0, 0, 5, 5}, {5, 5, 0, 0}, {0, 5, 0, 5}};
    for (size_t i = 0; i < 3; i++) {
        open = small_open(&small, none[i], OUTCOME_ROLE_BAD_SERVICE, &table);
        assert_cell_blank(table, row_of(table, NULL, "crude", ""), "fraction", "too_few");
        assert_cell_blank(table, row_of(table, NULL, "crude", ""), "verdict", "too_few");
        matrix_close(open);
    }
}

#define M MATRIX_MISSING

/* "Exposed = MSA < 0 on any item (minimum asked), else gap < 0": below on one item is exposed whatever is missing; not below on
 * half of the items is not; below on none of fewer is not known and left out. */
static void exposure_from_answers(void **state)
{
    (void)state;
    static const int perception[] = {3, M, M, M, /**/ 4, 4, M, M, /**/ 4, M, M, M, /**/ 5, 5, 5, 1, /**/ 5, 5, 5, 5};
    static const int minimum[] = {4, 4, 4, 4, /**/ 4, 4, 4, 4, /**/ 4, 4, 4, 4, /**/ 4, 4, 4, 4, /**/ 4, 4, 4, 4};
    static const int left[] = {1, 0, 1, 1, 1};
    const struct matrix_outcome outcome = {"left", 0, 1, left, OUTCOME_ROLE_LEFT};
    const enum standard standards[] = {STANDARD_MINIMUM, STANDARD_EXPECTATION};
    static const char *const words[] = {"below_minimum", "below_expectation"};
    for (size_t s = 0; s < 2; s++) {
        struct answer_matrix matrix = {.people = 5, .items = 4, .low = 1, .high = 5, .outcomes = &outcome, .outcome_count = 1};
        matrix.answers[STANDARD_PERCEPTION] = perception;
        matrix.answers[standards[s]] = minimum;
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&matrix, "attributable_loss", &table);
        const struct row *row = row_of(table, NULL, "crude", "");
        assert_cell_text(table, row, "exposure", words[s]);
        assert_cell_count(table, row, "n", 4);
        assert_cell_count(table, row, "exposed_left", 2);
        assert_cell_count(table, row, "unexposed_left", 1);
        assert_cell_count(table, row, "unexposed_stayed", 1);
        matrix_close(open);
    }
}

/* Nothing tells who met bad service: not asked. */
static void nothing_tells(void **state)
{
    (void)state;
    static const int left[] = {1, 0, 1}, item[] = {1, 2, 3};
    const struct matrix_outcome outcome = {"left", 0, 1, left, OUTCOME_ROLE_LEFT};
    struct answer_matrix matrix = {.people = 3, .items = 1, .low = 1, .high = 5, .outcomes = &outcome, .outcome_count = 1};
    matrix.answers[STANDARD_PERCEPTION] = item;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "attributable_loss", &table);
    assert_cell_blank(table, row_of(table, NULL, "crude", ""), "fraction", "not_asked");
    assert_cell_blank(table, row_of(table, NULL, "crude", ""), "exposure", "not_asked");
    matrix_close(open);
}

/* One value of a segment: its name, and how many of each cell it has. */
struct part {
    const char *name;
    unsigned cells[4];
};

/* The adjusted fraction of a study made of parts; −9 when there is none.
 * gives   *reason  why not */
static double adjusted_of(const struct part *parts, unsigned count, const char **reason)
{
    static int left[1000], bad[1000], item[1000];
    static const char *segments[1000];
    unsigned people = 0;
    for (unsigned p = 0; p < count; p++) {
        for (unsigned cell = 0; cell < 4; cell++) {
            for (unsigned i = 0; i < parts[p].cells[cell]; i++) {
                left[people] = cell % 2 == 0;
                bad[people] = cell < 2;
                item[people] = 1 + (int)(i % 5);
                segments[people++] = parts[p].name;
            }
        }
    }
    const struct matrix_outcome outcomes[2] = {{"left", 0, 1, left, OUTCOME_ROLE_LEFT},
                                               {"met", 0, 1, bad, OUTCOME_ROLE_BAD_SERVICE}};
    struct answer_matrix matrix = {.people = people,
                                   .items = 1,
                                   .low = 1,
                                   .high = 5,
                                   .outcomes = outcomes,
                                   .outcome_count = 2,
                                   .segments = segments,
                                   .replicates = 60};
    matrix.answers[STANDARD_PERCEPTION] = item;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "attributable_loss", &table);
    const struct value *value = table_value(table, row_of(table, NULL, "adjusted", ""), "fraction");
    double fraction = value->kind == VALUE_NUMBER ? value->number : -9;
    *reason = value->kind == VALUE_NUMBER ? "" : reason_name(value->reason);
    matrix_close(open);
    return fraction;
}

/* "values with fewer than five who left or stayed are taken together"; when these are too few as well, they join the largest
 * value */
static void thin_values_are_taken_together(void **state)
{
    (void)state;
    const char *reason = NULL;
    const struct part four[] = {{"a", {20, 30, 10, 60}}, {"b", {6, 24, 8, 40}}, {"c", {3, 20, 1, 20}}};
    const struct part joined[] = {{"a", {23, 50, 11, 80}}, {"b", {6, 24, 8, 40}}};
    assert_digits(adjusted_of(four, 3, &reason), adjusted_of(joined, 2, &reason), 9);
    const struct part five[] = {{"a", {20, 30, 10, 60}}, {"b", {6, 24, 8, 40}}, {"c", {4, 20, 1, 20}}};
    const struct part five_joined[] = {{"a", {24, 50, 11, 80}}, {"b", {6, 24, 8, 40}}};
    assert_true(fabs(adjusted_of(five, 3, &reason) - adjusted_of(five_joined, 2, &reason)) > 1e-4);
    const struct part two[] = {{"a", {20, 30, 10, 60}}, {"b", {6, 24, 8, 40}}, {"c", {2, 9, 1, 20}}, {"d", {2, 20, 1, 5}}};
    const struct part together[] = {{"a", {20, 30, 10, 60}}, {"b", {6, 24, 8, 40}}, {"c", {4, 29, 2, 25}}};
    assert_digits(adjusted_of(two, 4, &reason), adjusted_of(together, 3, &reason), 9);
    /* who stayed may be the few as well */
    const struct part stayed[] = {{"a", {20, 30, 10, 60}}, {"b", {6, 24, 8, 40}}, {"c", {9, 2, 9, 2}}};
    const struct part stayed_joined[] = {{"a", {29, 32, 19, 62}}, {"b", {6, 24, 8, 40}}};
    assert_digits(adjusted_of(stayed, 3, &reason), adjusted_of(stayed_joined, 2, &reason), 9);
}

/* "5 who left (and stayed) are needed for each parameter": intercept, exposure and two dummies need 20 */
static void few_events_have_no_model(void **state)
{
    (void)state;
    const char *reason = NULL;
    const struct part enough[] = {{"a", {4, 20, 3, 30}}, {"b", {4, 15, 3, 30}}, {"c", {3, 20, 3, 20}}};
    const struct part few[] = {{"a", {4, 20, 3, 30}}, {"b", {4, 15, 3, 30}}, {"c", {3, 20, 2, 20}}};
    assert_true(adjusted_of(enough, 3, &reason) > 0);
    assert_true(adjusted_of(few, 3, &reason) == -9);
    assert_string_equal(reason, "too_few");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_design_agrees_with_r),     cmocka_unit_test(the_bootstrap_is_near_r_and_repeats),
        cmocka_unit_test(the_formula_sheets_example),     cmocka_unit_test(edges),
        cmocka_unit_test(exposure_from_answers),          cmocka_unit_test(nothing_tells),
        cmocka_unit_test(thin_values_are_taken_together), cmocka_unit_test(few_events_have_no_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
