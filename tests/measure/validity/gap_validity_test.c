/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/oracle_fixture.h"
#include "support/table_cells.h"
#include "support/validity_study.h"

static const char *const closed[] = {"r2_gap",    "r2_linear",     "r2_polynomial", "r2_squared", "f",   "p", "loss",
                                     "p_squared", "b_expectation", "b_perception",  "df1",        "df2", "n"};

/* One row against R; the interval to what two sets of samples may differ by. */
static void check_row(const struct table *table, const json_t *expected, bool drawn)
{
    const struct row *row = row_of(table, NULL, json_string_value(json_object_get(expected, "dimension")), "sat");
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        assert_cell_json(table, row, closed[i], json_object_get(expected, closed[i]), 9.5);
    double low = cell_number(table, row, "loss_low"), high = cell_number(table, row, "loss_high");
    double width = high - low;
    assert_true(low < high);
    if (!drawn)
        return;
    assert_true(fabs(low - json_number_value(json_object_get(expected, "loss_low"))) < .07 * width);
    assert_true(fabs(high - json_number_value(json_object_get(expected, "loss_high"))) < .07 * width);
}

/* R² of the models, constraint tests, loss and its interval against lm, anova and sandwich: plain, weighted, clustered (F71, F74,
 * F75). */
static void agrees_with_lm(void **state)
{
    (void)state;
    static const char *const designs[] = {"plain", "weights", "clusters"};
    struct validity_study study;
    validity_study_read(&study);
    study.matrix.replicates = 4000;
    digits_least();
    for (size_t d = 0; d < 3; d++) {
        char path[32];
        assert_true(snprintf(path, sizeof path, "rows.%s", designs[d]) > 0);
        validity_study_design(&study, designs[d]);
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&study.matrix, "gap_validity", &table);
        assert_int_equal(table->row_count, 3);
        assert_true(table->needs_whole_model && table->parameters == 6);
        size_t index = 0;
        const json_t *expected = NULL;
        json_array_foreach (oracle_at(study.oracle, path), index, expected)
            check_row(table, expected, d != 1);
        if (d == 0) {
            const struct row *row = row_of(table, NULL, "overall", "sat");
            double low = cell_number(table, row, "loss_low"), high = cell_number(table, row, "loss_high");
            assert_cell_text(table, row, "verdict", low > .01 ? "inadequate" : high < .05 ? "adequate" : "undecided");
            assert_true(
                table_has_note(table, "the gap score explains it worse than expectation and experience taken separately"));
        }
        matrix_close(open);
    }
    print_message("gap_validity: at least %.1f digits agree\n", digits_least());
    validity_study_free(&study);
}

enum { PEOPLE = 250 };

static int expected_marks[PEOPLE * 3], got_marks[PEOPLE * 3], satisfied[PEOPLE];

/* Answers in which satisfaction follows perception − weight × expectation. */
static struct answer_matrix follows(uint64_t seed, double weight, struct matrix_outcome *outcome)
{
    for (size_t i = 0; i < PEOPLE; i++) {
        double signal = 0;
        for (size_t j = 0; j < 3; j++) {
            expected_marks[i * 3 + j] = 3 + (int)chance_below(seed, 1, i * 3 + j, 5);
            got_marks[i * 3 + j] = 1 + (int)chance_below(seed, 2, i * 3 + j, 7);
            signal += (got_marks[i * 3 + j] - weight * expected_marks[i * 3 + j]) / 3;
        }
        double noise = 3 * (chance_uniform(seed, 3, i) + chance_uniform(seed, 4, i) - 1);
        satisfied[i] = (int)fmax(0, fmin(100, round(50 + 10 * (signal + noise))));
    }
    *outcome = (struct matrix_outcome){"sat", 0, 100, satisfied, OUTCOME_ROLE_NONE};
    struct answer_matrix matrix = {.people = PEOPLE, .items = 3, .low = 1, .high = 7, .outcomes = outcome, .outcome_count = 1};
    matrix.answers[STANDARD_EXPECTATION] = expected_marks;
    matrix.answers[STANDARD_PERCEPTION] = got_marks;
    return matrix;
}

/* "A true gap model … adequate"; where expectation does nothing, inadequate: in nearly all of ten studies of 250. The rates are
 * in docs/formulas.md. */
static void the_verdict_finds_true_and_false_gap_models(void **state)
{
    (void)state;
    unsigned right = 0, wrong = 0;
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct matrix_outcome outcome;
        bool true_gap = seed < 10;
        struct answer_matrix matrix = follows(seed, true_gap ? 1 : -.2, &outcome);
        matrix.replicates = 200;
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&matrix, "gap_validity", &table);
        const char *verdict = table_value(table, row_of(table, NULL, "overall", "sat"), "verdict")->text;
        right += strcmp(verdict, true_gap ? "adequate" : "inadequate") == 0;
        wrong += strcmp(verdict, true_gap ? "inadequate" : "adequate") == 0;
        matrix_close(open);
    }
    print_message("gap_validity: %u of 20 verdicts right, %u wrong\n", right, wrong);
    assert_true(right >= 17 && wrong == 0);
}

/* The same bits for any number of threads and any order of the people. */
static void order_and_threads_change_nothing(void **state)
{
    (void)state;
    struct matrix_outcome outcome;
    struct answer_matrix matrix = follows(3, .5, &outcome);
    double low[3], high[3], r2[3];
    for (unsigned pass = 0; pass < 3; pass++) {
        matrix.threads = pass == 1 ? 3 : 1;
        for (size_t i = 0; i < PEOPLE / 2 && pass == 2; i++) {
            for (size_t j = 0; j < 3; j++) {
                int kept = expected_marks[i * 3 + j];
                expected_marks[i * 3 + j] = expected_marks[(PEOPLE - 1 - i) * 3 + j];
                expected_marks[(PEOPLE - 1 - i) * 3 + j] = kept;
                kept = got_marks[i * 3 + j];
                got_marks[i * 3 + j] = got_marks[(PEOPLE - 1 - i) * 3 + j];
                got_marks[(PEOPLE - 1 - i) * 3 + j] = kept;
            }
            int kept = satisfied[i];
            satisfied[i] = satisfied[PEOPLE - 1 - i];
            satisfied[PEOPLE - 1 - i] = kept;
        }
        const struct table *table = NULL;
        struct matrix_study *open = matrix_table(&matrix, "gap_validity", &table);
        const struct row *row = row_of(table, NULL, "d1", "sat");
        low[pass] = cell_number(table, row, "loss_low");
        high[pass] = cell_number(table, row, "loss_high");
        r2[pass] = cell_number(table, row, "r2_polynomial");
        matrix_close(open);
    }
    assert_true(low[0] == low[1] && high[0] == high[1] && low[0] == low[2] && high[0] == high[2] && r2[0] == r2[2]);
}

/* "fewer than seven persons -> too_few"; "constant outcome -> no_variance"; nobody's expectation varies -> singular; few clusters
 * -> no p and no verdict. */
static void degenerate_cases(void **state)
{
    (void)state;
    struct matrix_outcome outcome;
    struct answer_matrix matrix = follows(5, .5, &outcome);
    const struct table *table = NULL;
    matrix.people = 6;
    struct matrix_study *open = matrix_table(&matrix, "gap_validity", &table);
    const struct row *row = row_of(table, NULL, "overall", "sat");
    assert_cell_blank(table, row, "r2_polynomial", "too_few");
    assert_cell_blank(table, row, "verdict", "too_few");
    assert_cell_count(table, row, "n", 6);
    matrix_close(open);
    matrix.people = 40;
    for (size_t i = 0; i < 40; i++)
        satisfied[i] = 7;
    open = matrix_table(&matrix, "gap_validity", &table);
    row = row_of(table, NULL, "overall", "sat");
    assert_cell_blank(table, row, "r2_gap", "no_variance");
    assert_cell_blank(table, row, "loss_high", "no_variance");
    matrix_close(open);
    matrix = follows(5, .5, &outcome);
    for (size_t i = 0; i < 3 * PEOPLE; i++)
        expected_marks[i] = 6;
    open = matrix_table(&matrix, "gap_validity", &table);
    row = row_of(table, NULL, "overall", "sat");
    assert_cell_blank(table, row, "r2_polynomial", "singular");
    assert_cell_blank(table, row, "verdict", "singular");
    assert_true(cell_number(table, row, "r2_gap") > .1);
    matrix_close(open);
    unsigned clusters[PEOPLE];
    for (size_t i = 0; i < PEOPLE; i++)
        clusters[i] = (unsigned)(i % 8);
    matrix = follows(5, .5, &outcome);
    matrix.clusters = clusters;
    open = matrix_table(&matrix, "gap_validity", &table);
    row = row_of(table, NULL, "overall", "sat");
    assert_cell_blank(table, row, "p", "few_clusters");
    assert_cell_blank(table, row, "verdict", "few_clusters");
    matrix_close(open);
}

/* With strata alone the same R² and loss; the test is by the covariance of the design, df2 = persons − strata, and the
 * interval is drawn within them. */
static void strata_are_kept(void **state)
{
    (void)state;
    struct matrix_outcome outcome;
    unsigned strata[PEOPLE];
    for (size_t i = 0; i < PEOPLE; i++)
        strata[i] = (unsigned)(i % 5);
    struct answer_matrix matrix = follows(7, .5, &outcome);
    const struct table *plain = NULL, *stratified = NULL;
    struct matrix_study *open = matrix_table(&matrix, "gap_validity", &plain);
    matrix.strata = strata;
    struct matrix_study *open_stratified = matrix_table(&matrix, "gap_validity", &stratified);
    const struct row *a = row_of(plain, NULL, "overall", "sat"), *b = row_of(stratified, NULL, "overall", "sat");
    assert_cell_digits(stratified, b, "r2_polynomial", cell_number(plain, a, "r2_polynomial"), 13);
    assert_cell_digits(stratified, b, "loss", cell_number(plain, a, "loss"), 13);
    assert_cell_count(plain, a, "df2", PEOPLE - 6);
    assert_cell_count(stratified, b, "df2", PEOPLE - 5);
    assert_true(cell_number(stratified, b, "f") > 0 && cell_number(stratified, b, "f") != cell_number(plain, a, "f"));
    assert_true(cell_number(stratified, b, "loss_low") < cell_number(stratified, b, "loss_high"));
    matrix_close(open);
    matrix_close(open_stratified);
    const char *const others[] = {"surface", "drivers"};
    for (size_t i = 0; i < 2; i++) {
        const struct table *table = NULL;
        open = matrix_table(&matrix, others[i], &table);
        assert_true(table->row_count > 0 && table_value(table, &table->rows[0], "se")->kind == VALUE_NUMBER);
        matrix_close(open);
    }
}

/* Outcomes that tell what happened, and the direct question, are no satisfaction. */
static void outcomes_that_are_explained(void **state)
{
    (void)state;
    static const enum outcome_role roles[] = {OUTCOME_ROLE_LEFT, OUTCOME_ROLE_NONE, OUTCOME_ROLE_DISCONFIRMATION,
                                              OUTCOME_ROLE_LOYALTY};
    struct matrix_outcome outcome, outcomes[4];
    struct answer_matrix matrix = follows(6, .5, &outcome);
    static const char *const names[] = {"left", "mark", "better", "loyal"};
    for (size_t i = 0; i < 4; i++)
        outcomes[i] = (struct matrix_outcome){names[i], 0, 100, satisfied, roles[i]};
    matrix.outcomes = outcomes;
    matrix.outcome_count = 4;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "gap_validity", &table);
    assert_int_equal(table->row_count, 4);
    row_of(table, NULL, "overall", "mark");
    row_of(table, NULL, "overall", "loyal");
    matrix_close(open);
    outcomes[3].role = OUTCOME_ROLE_SATISFACTION;
    open = matrix_table(&matrix, "gap_validity", &table);
    assert_int_equal(table->row_count, 2);
    row_of(table, NULL, "overall", "loyal");
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_lm),
        cmocka_unit_test(the_verdict_finds_true_and_false_gap_models),
        cmocka_unit_test(order_and_threads_change_nothing),
        cmocka_unit_test(degenerate_cases),
        cmocka_unit_test(strata_are_kept),
        cmocka_unit_test(outcomes_that_are_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
