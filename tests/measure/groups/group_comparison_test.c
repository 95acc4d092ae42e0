/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/welch.h"
#include "support/group_measures_study.h"
#include "support/table_cells.h"

#define M MATRIX_MISSING

/* "Welch's F of equal mean gaps", "F of equal experience at equal expectation": oneway.test and anova(lm) on a whole study */
static void whole_study(void **state)
{
    (void)state;
    struct group_study study;
    const struct table *table = NULL;
    group_study_read(&study, "group_comparison", &table);
    assert_int_equal(table->row_count, 3);
    assert_int_equal(table->by_count, 0);
    static const char *const subjects[] = {"d1", "d2", "overall"}, *const same[] = {"f", "df2", "p", "ancova_f", "ancova_p"};
    for (uint32_t s = 0; s < 3; s++) {
        const json_t *expected = group_study_subject(&study, subjects[s]);
        const struct row *row = row_of(table, NULL, "segment", subjects[s]);
        for (size_t i = 0; i < sizeof same / sizeof *same; i++)
            assert_cell_json(table, row, same[i], json_object_get(expected, same[i]), 10);
        assert_cell_count(table, row, "n", (uint64_t)json_integer_value(json_object_get(expected, "n")));
        assert_cell_count(table, row, "df1", 31);
        assert_cell_count(table, row, "ancova_df2", (uint64_t)json_integer_value(json_object_get(expected, "ancova_df2")));
        assert_cell_count(table, row, "groups", 32);
        assert_cell_count(table, row, "groups_left_out", 0);
        assert_int_equal(row->line, s);
        assert_int_equal(row->rests_on_count, 32);
    }
    /* Holm over three rows: the smallest p three times */
    const struct row *row = row_of(table, NULL, "segment", "overall");
    assert_cell_digits(table, row, "p_holm", 3 * cell_number(table, row, "p"), 14);
    print_message("group_comparison: at least %.1f digits agree\n", digits_least());
    group_study_free(&study);
}

/* Lord's paradox: nobody's level changed, so the gaps are alike; experience at equal expectation is not */
static void both_answers_are_told(void **state)
{
    (void)state;
    enum { PEOPLE = 40 };
    int expectation[PEOPLE], perception[PEOPLE];
    const char *groups[PEOPLE];
    for (int i = 0; i < PEOPLE; i++) {
        int base = i % 2 ? 7 : 3, step[] = {-1, 1, 0, 1, -1, 0, 1, -1};
        groups[i] = i % 2 ? "high" : "low";
        expectation[i] = base + step[i / 2 % 8] * 2;
        perception[i] = base + step[(i / 2 + 3) % 8] * 2;
    }
    struct answer_matrix matrix = {.people = PEOPLE, .items = 1, .low = 1, .high = 10, .segments = groups};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    struct matrix_study *open = matrix_open(&matrix, NEED_PAIRS | NEED_COMPOSITES);
    const struct table *table = matrix_measure(open, "group_comparison", true, .95);
    const struct row *row = &table->rows[0];
    assert_true(cell_number(table, row, "p") > .9);
    assert_true(cell_number(table, row, "ancova_p") < .001);
    assert_true(table_has_note(table, "here they have different answers"));
    matrix_close(open);
}

/* One group, groups of one, a constant group, an empty one: blanks with reasons; the others are still compared */
static void thin_groups(void **state)
{
    (void)state;
    const int expectation[] = {4, 4, 4, 4, 4, 4, 4, 4, 4}, perception[] = {3, 5, 2, 4, 2, 2, 7, M, 3};
    const char *groups[] = {"a", "a", "b", "b", "c", "c", "d", "e", "b"};
    struct answer_matrix matrix = {.people = 9, .items = 1, .low = 1, .high = 7, .segments = groups};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    struct matrix_study *open = matrix_open(&matrix, NEED_PAIRS | NEED_COMPOSITES);
    const struct table *table = matrix_measure(open, "group_comparison", true, .95);
    const struct row *row = &table->rows[0];
    assert_cell_count(table, row, "groups", 2);
    assert_cell_count(table, row, "groups_left_out", 3);
    assert_cell_count(table, row, "n", 5);
    assert_int_equal(row->support, 2);
    assert_int_equal(table_value(table, row, "f")->kind, VALUE_NUMBER);
    assert_cell_blank(table, row, "ancova_f", "no_variance");
    table = matrix_measure(open, "group_comparison", false, .95);
    row = &table->rows[0];
    assert_cell_blank(table, row, "f", "too_few");
    assert_cell_blank(table, row, "segment", "not_applicable");
    matrix_close(open);
    matrix.segments = (const char *[]){"c", "b", "b", "b", "c", "c", "d", "e", "f"};
    open = matrix_open(&matrix, NEED_PAIRS | NEED_COMPOSITES);
    table = matrix_measure(open, "group_comparison", true, .95);
    assert_int_equal(table_value(table, &table->rows[0], "f")->kind, VALUE_NUMBER);
    matrix_close(open);
}

/* Weights and clusters enter by the errors of each group, as the gap tables have them; the analysis of covariance has neither */
static void designs_enter_by_the_errors(void **state)
{
    (void)state;
    for (unsigned design = 0; design < 2; design++) {
        struct group_study study;
        const struct table *table = NULL;
        group_study_read(&study, "group_comparison", &table);
        matrix_close(study.open);
        static double weights[GROUP_PEOPLE_MAX];
        static unsigned clusters[GROUP_PEOPLE_MAX];
        for (unsigned i = 0; i < study.matrix.people; i++) {
            weights[i] = 1 + i * 7 % 5;
            clusters[i] = i % 150;
            study.units[i] = study.texts[i][1] < '2' ? "a" : "b";
        }
        study.matrix.weights = design ? NULL : weights;
        study.matrix.clusters = design ? clusters : NULL;
        study.open = matrix_open(&study.matrix, NEED_PAIRS | NEED_COMPOSITES | NEED_BLOCKS);
        table = matrix_measure(study.open, "group_comparison", true, .95);
        const struct table *gaps = matrix_measure(study.open, "overall_gap", true, .95);
        struct mean_estimate means[2];
        for (unsigned g = 0; g < 2; g++) {
            double se = cell_number(gaps, &gaps->rows[g], "se");
            means[g] = (struct mean_estimate){cell_number(gaps, &gaps->rows[g], "gap"), se * se,
                                              (double)table_value(gaps, &gaps->rows[g], "df")->count};
        }
        struct welch_f expected;
        assert_int_equal(welch_f_test(means, 2, &expected), DEFINED);
        const struct row *row = row_of(table, NULL, "segment", "overall");
        assert_cell_digits(table, row, "f", expected.f, 12);
        assert_cell_digits(table, row, "df2", expected.df2, 12);
        assert_cell_digits(table, row, "p", expected.p, 11);
        assert_cell_blank(table, row, "ancova_p", design ? "clustered" : "weighted");
        group_study_free(&study);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_study),
        cmocka_unit_test(both_answers_are_told),
        cmocka_unit_test(thin_groups),
        cmocka_unit_test(designs_enter_by_the_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
