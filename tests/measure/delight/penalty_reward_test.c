/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/delight_study.h"
#include "support/gap_table_matrix.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"

static struct delight_study study;

/* Each item's row against the oracle's, and nobody else's. */
static void compare(const char *path)
{
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "penalty_reward", &table);
    json_t *rows = oracle_at(study.oracle, path);
    assert_int_equal(table->row_count, json_array_size(rows));
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *expected = json_array_get(rows, i);
        assert_row_json(table, &table->rows[i], expected, 10);
        assert_cell_text(table, &table->rows[i], "outcome", "satisfaction");
        assert_cell_text(table, &table->rows[i], "regression", "joint");
        assert_int_equal(table->rows[i].support, cell_number(table, &table->rows[i], "n_regression"));
    }
    assert_cell_count(table, &table->rows[0], "n", 217);
    assert_true(table->needs_whole_model && table->parameters == 7);
    assert_cell_blank(table, &table->rows[3], "penalty", "too_few");
    assert_cell_digits(table, &table->rows[0], "cut_low", 3, 17);
    assert_cell_digits(table, &table->rows[0], "cut_high", 5, 17);
    print_message("%s: all agree to %.1f digits or more\n", path, digits_least());
    matrix_close(open);
}

/* F43, F44 against lm and sandwich: plain, weighted, clustered; a level of 14 is too thin */
static void agrees_with_lm(void **state)
{
    (void)state;
    delight_marks(&study);
    compare("impact.plain");
    study.matrix.weights = study.weights;
    compare("impact.weighted");
    study.matrix.weights = NULL;
    study.matrix.clusters = study.clusters;
    compare("impact.clustered");
    delight_free(&study);
}

/* "how often penalty and reward drawn within their errors fall into the same class": the more the clearer the class */
static void classes_say_how_sure_they_are(void **state)
{
    (void)state;
    const struct table *table = NULL;
    delight_marks(&study);
    struct matrix_study *open = matrix_table(&study.matrix, "penalty_reward", &table);
    double frustrator = cell_number(table, &table->rows[0], "class_share");
    double dissatisfier = cell_number(table, &table->rows[2], "class_share");
    assert_true(frustrator > .6 && frustrator <= 1 && dissatisfier > .2 && dissatisfier < 1);
    assert_cell_text(table, &table->rows[0], "settled", "settled");
    assert_cell_text(table, &table->rows[2], "settled", "unsettled");
    print_message("sure: %.3f %.3f %.3f\n", frustrator, cell_number(table, &table->rows[1], "class_share"), dissatisfier);
    matrix_close(open);
    delight_free(&study);
}

#define PEOPLE 240
static int got[PEOPLE * 2], outcome_answers[PEOPLE];
static const struct matrix_outcome outcome = {"satisfaction", 1, 10, outcome_answers, OUTCOME_ROLE_SATISFACTION};

/* Two items; the second is the first, or near to it when `apart` of 100 differ. */
static struct answer_matrix two_items(unsigned apart)
{
    for (unsigned i = 0; i < PEOPLE; i++) {
        got[2 * i] = (int)(1 + i % 5);
        got[2 * i + 1] = i * 37 % 100 < apart ? (int)(1 + (i / 5) % 5) : got[2 * i];
        outcome_answers[i] = 2 + got[2 * i] + (int)(i * 7 % 3);
    }
    struct answer_matrix matrix = {.people = PEOPLE, .items = 2, .low = 1, .high = 5, .outcomes = &outcome, .outcome_count = 1};
    matrix.answers[STANDARD_PERCEPTION] = got;
    return matrix;
}

/* "a variance inflation above 5, too few rows, dependent indicators: one for each, said in a note" */
static void items_that_go_together_stand_alone(void **state)
{
    (void)state;
    static const unsigned apart[] = {0, 8, 100};
    static const char *const notes[] = {"follow from others", "variance inflation above 5", NULL};
    for (size_t k = 0; k < 3; k++) {
        const struct table *table = NULL;
        struct answer_matrix matrix = two_items(apart[k]);
        struct matrix_study *open = matrix_table(&matrix, "penalty_reward", &table);
        assert_cell_text(table, &table->rows[0], "regression", notes[k] ? "single" : "joint");
        assert_true(!notes[k] || table_has_note(table, notes[k]));
        /* of the first item alone: the mean outcome of each level */
        if (notes[k]) {
            assert_cell_digits(table, &table->rows[0], "penalty", -2, 14);
            assert_cell_digits(table, &table->rows[0], "reward", 1, 14);
        }
        assert_int_equal(table->parameters, notes[k] ? 3 : 5);
        matrix_close(open);
    }
}

/* "fewer than half of the customers answered every item": one regression for each, over all who answered it */
static void rarely_answered_items_spoil_nothing(void **state)
{
    (void)state;
    const struct table *table = NULL;
    struct answer_matrix matrix = two_items(100);
    for (unsigned i = 0; i < PEOPLE; i++)
        got[2 * i + 1] = i % 20 < 11 ? MATRIX_MISSING : got[2 * i + 1];
    struct matrix_study *open = matrix_table(&matrix, "penalty_reward", &table);
    assert_cell_text(table, &table->rows[0], "regression", "single");
    assert_cell_count(table, &table->rows[0], "n", PEOPLE);
    assert_cell_digits(table, &table->rows[0], "penalty", -2, 14);
    assert_cell_count(table, &table->rows[1], "n", 108);
    assert_true(table_has_note(table, "Fewer than half"));
    matrix_close(open);
}

/* "with strata within them": errors are those of the design, and a stratum of one person gives none. */
static void strata_enter_the_errors(void **state)
{
    (void)state;
    const struct table *table = NULL;
    delight_marks(&study);
    struct matrix_study *open = matrix_table(&study.matrix, "penalty_reward", &table);
    double plain = cell_number(table, &table->rows[0], "penalty_se");
    matrix_close(open);
    for (unsigned i = 0; i < study.matrix.people; i++)
        study.clusters[i] = i % 2;
    study.matrix.strata = study.clusters;
    open = matrix_table(&study.matrix, "penalty_reward", &table);
    assert_true(cell_number(table, &table->rows[0], "penalty") < -.9);
    double within = cell_number(table, &table->rows[0], "penalty_se");
    assert_true(within != plain && within > .3 * plain && within < 3 * plain);
    matrix_close(open);
    study.clusters[0] = 7;
    open = matrix_table(&study.matrix, "penalty_reward", &table);
    static const char *const unknown[] = {"penalty_se", "reward_ci_low", "class", "class_share", "symmetry_p", "symmetry_p_holm"};
    for (size_t c = 0; c < sizeof unknown / sizeof *unknown; c++)
        assert_cell_blank(table, &table->rows[0], unknown[c], "too_few");
    matrix_close(open);
    delight_free(&study);
}

/* The order of people and of items changes nothing. */
static void laws(void **state)
{
    (void)state;
    const struct table *table = NULL, *turned = NULL;
    static int other[DELIGHT_PEOPLE_MAX * DELIGHT_ITEMS_MAX], other_outcome[DELIGHT_PEOPLE_MAX];
    delight_marks(&study);
    struct matrix_study *open = matrix_table(&study.matrix, "penalty_reward", &table);
    struct answer_matrix matrix = study.matrix;
    struct matrix_outcome moved = study.outcome;
    for (unsigned i = 0; i < matrix.people; i++) {
        unsigned to = matrix.people - 1 - i;
        for (unsigned j = 0; j < 4; j++)
            other[4 * to + 3 - j] = study.answers[STANDARD_PERCEPTION][4 * i + j];
        other_outcome[to] = study.outcome_answers[i];
    }
    moved.answers = other_outcome;
    matrix.outcomes = &moved;
    matrix.answers[STANDARD_PERCEPTION] = other;
    struct matrix_study *again = matrix_table(&matrix, "penalty_reward", &turned);
    static const char *const figures[] = {"penalty",    "reward",           "penalty_se",
                                          "symmetry_p", "impact_asymmetry", "linear_asymmetry"};
    for (unsigned j = 0; j < 3; j++) {
        for (size_t f = 0; f < sizeof figures / sizeof *figures; f++)
            assert_cell_digits(turned, &turned->rows[3 - j], figures[f], cell_number(table, &table->rows[j], figures[f]), 11);
    }
    matrix_close(open);
    matrix_close(again);
    delight_free(&study);
}

/* "when the intervals of both cover 0, no impact": an outcome that follows the first item leaves the second one nothing; where
 * only one interval covers 0 there is a class */
static void what_makes_no_difference(void **state)
{
    (void)state;
    const struct table *table = NULL;
    struct answer_matrix matrix = two_items(100);
    struct matrix_study *open = matrix_table(&matrix, "penalty_reward", &table);
    assert_cell_text(table, &table->rows[1], "class", "no impact");
    assert_cell_blank(table, &table->rows[1], "class_share", "not_applicable");
    assert_cell_text(table, &table->rows[0], "class", "dissatisfier");
    matrix_close(open);
    for (unsigned i = 0; i < PEOPLE; i++)
        outcome_answers[i] = (got[2 * i] == 5 ? 5 : 3) + (int)(i / 3 * 7 % 3);
    open = matrix_table(&matrix, "penalty_reward", &table);
    assert_true(cell_number(table, &table->rows[0], "penalty_ci_low") < 0 &&
                cell_number(table, &table->rows[0], "penalty_ci_high") > 0);
    assert_true(cell_number(table, &table->rows[0], "reward_ci_low") > 0);
    assert_true(table_value(table, &table->rows[0], "class")->kind == VALUE_TEXT);
    assert_string_not_equal(table_value(table, &table->rows[0], "class")->text, "no impact");
    matrix_close(open);
}

/* "constant outcome, no_variance"; "five ninths, eight ninths" of other scales; nobody answered */
static void degenerate_cases(void **state)
{
    (void)state;
    const struct table *table = NULL;
    struct answer_matrix matrix = two_items(100);
    for (unsigned i = 0; i < PEOPLE; i++)
        outcome_answers[i] = 4;
    struct matrix_study *open = matrix_table(&matrix, "penalty_reward", &table);
    assert_cell_blank(table, &table->rows[0], "penalty", "no_variance");
    assert_cell_blank(table, &table->rows[0], "class", "no_variance");
    assert_cell_count(table, &table->rows[0], "n_low", 144);
    assert_cell_count(table, &table->rows[0], "n_high", 48);
    matrix_close(open);
    for (unsigned i = 0; i < PEOPLE; i++)
        outcome_answers[i] = MATRIX_MISSING;
    open = matrix_table(&matrix, "penalty_reward", &table);
    assert_cell_blank(table, &table->rows[0], "penalty", "no_pairs");
    assert_cell_count(table, &table->rows[0], "n", 0);
    matrix_close(open);
    static const int scales[][4] = {{0, 5, 2, 5}, {1, 7, 4, 7}, {1, 10, 6, 9}, {0, 10, 5, 9},
                                    {1, 4, 2, 4}, {1, 3, 1, 3}, {0, 1, 0, 1}};
    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++) {
        matrix.low = scales[s][0];
        matrix.high = scales[s][1];
        for (unsigned i = 0; i < PEOPLE * 2; i++)
            got[i] = matrix.low;
        open = matrix_table(&matrix, "penalty_reward", &table);
        assert_cell_digits(table, &table->rows[0], "cut_low", scales[s][2], 17);
        assert_cell_digits(table, &table->rows[0], "cut_high", scales[s][3], 17);
        matrix_close(open);
    }
}

/* "with minimum and desired levels low is P < minimum, high P > desired": one item, so the contrast is a difference of means */
static void zones_give_the_cuts(void **state)
{
    (void)state;
    const struct table *table = NULL;
    delight_zone(&study);
    struct matrix_study *open = matrix_table(&study.matrix, "penalty_reward", &table);
    double sums[3] = {0}, counts[3] = {0};
    for (unsigned i = 0; i < study.matrix.people; i++) {
        int p = study.answers[STANDARD_PERCEPTION][i];
        size_t level = p < study.answers[STANDARD_MINIMUM][i] ? 0 : p > study.answers[STANDARD_DESIRED][i] ? 2 : 1;
        if (study.outcome_answers[i] == MATRIX_MISSING)
            continue;
        sums[level] += study.outcome_answers[i];
        counts[level]++;
    }
    assert_cell_digits(table, &table->rows[0], "penalty", sums[0] / counts[0] - sums[1] / counts[1], 13);
    assert_cell_digits(table, &table->rows[0], "reward", sums[2] / counts[2] - sums[1] / counts[1], 13);
    assert_cell_blank(table, &table->rows[0], "cut_low", "not_applicable");
    assert_true(table_has_note(table, "below the minimum"));
    assert_false(table_has_note(table, "five ninths"));
    matrix_close(open);
    delight_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_lm),
        cmocka_unit_test(classes_say_how_sure_they_are),
        cmocka_unit_test(items_that_go_together_stand_alone),
        cmocka_unit_test(rarely_answered_items_spoil_nothing),
        cmocka_unit_test(laws),
        cmocka_unit_test(strata_enter_the_errors),
        cmocka_unit_test(what_makes_no_difference),
        cmocka_unit_test(degenerate_cases),
        cmocka_unit_test(zones_give_the_cuts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
