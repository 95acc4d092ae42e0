/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/distribution.h"
#include "numeric/paired_t.h"
#include "numeric/welch.h"
#include "support/answer_matrix.h"
#include "support/digits.h"
#include "support/table_cells.h"

enum { WAVE = 16, PEOPLE = 3 * WAVE };

/* Three waves of 16: the second asks the people of the first again, of the third half are new. */
struct panel {
    int expectation[PEOPLE], perception[PEOPLE];
    unsigned respondents[PEOPLE];
    const char *waves[PEOPLE];
    struct answer_matrix matrix;
};

static void panel_fill(struct panel *panel)
{
    static const char *const names[] = {"2023", "2024", "2025"};
    for (unsigned i = 0; i < PEOPLE; i++) {
        unsigned wave = i / WAVE, person = i % WAVE;
        panel->expectation[i] = 6;
        panel->perception[i] = (int)(2 + (person * 7 % 5) + (i * 5 % 3) + wave);
        panel->respondents[i] = wave == 2 && person >= WAVE / 2 ? PEOPLE + person : person;
        panel->waves[i] = names[wave];
    }
    panel->matrix = (struct answer_matrix){
        .people = PEOPLE, .items = 1, .low = 1, .high = 10, .segments = panel->waves, .respondents = panel->respondents};
    panel->matrix.answers[STANDARD_EXPECTATION] = panel->expectation;
    panel->matrix.answers[STANDARD_PERCEPTION] = panel->perception;
}

/* Mean and variance of what a function says of each of 16. */
static struct mean_estimate estimate(const int *a, const int *b)
{
    double sum = 0, squares = 0;
    for (unsigned i = 0; i < WAVE; i++)
        sum += a[i] - (b ? b[i] : 0);
    for (unsigned i = 0; i < WAVE; i++) {
        double d = a[i] - (b ? b[i] : 0) - sum / WAVE;
        squares += d * d;
    }
    return (struct mean_estimate){sum / WAVE, squares / (WAVE - 1) / WAVE, WAVE - 1};
}

/* "With everybody in both waves it is the paired test" */
static void a_full_panel_is_paired(void **state)
{
    (void)state;
    struct panel panel;
    panel_fill(&panel);
    panel.matrix.people = 2 * WAVE;
    struct matrix_study *open = matrix_open(&panel.matrix, NEED_PAIRS | NEED_COMPOSITES | NEED_CASES);
    const struct table *table = matrix_measure(open, "gap_waves", true, .95);
    assert_int_equal(table->row_count, 2);
    struct mean_estimate change = estimate(panel.perception + WAVE, panel.perception);
    struct paired_t test;
    assert_int_equal(paired_t_test(change.mean, sqrt(change.variance), WAVE - 1, .95, &test), DEFINED);
    const struct row *row = row_of(table, NULL, "overall", "2023", "2024");
    assert_cell_digits(table, row, "change", change.mean, 13);
    assert_cell_digits(table, row, "se", sqrt(change.variance), 12);
    assert_cell_digits(table, row, "t", test.t, 12);
    assert_cell_digits(table, row, "df", WAVE - 1, 15);
    assert_cell_digits(table, row, "p", test.p, 11);
    assert_cell_digits(table, row, "ci_low", test.interval.low, 11);
    assert_cell_count(table, row, "n_both", WAVE);
    assert_cell_count(table, row, "n_old", WAVE);
    assert_int_equal(row->rests_on_count, 2);
    matrix_close(open);
}

/* "se² = v₁ + v₂ − 2ρ√(v₁v₂) n_both/√(n₁n₂)", the errors being those of the whole design of 24 people */
static void half_a_panel(void **state)
{
    (void)state;
    struct panel panel;
    panel_fill(&panel);
    struct matrix_study *open = matrix_open(&panel.matrix, NEED_PAIRS | NEED_COMPOSITES | NEED_CASES);
    const struct table *table = matrix_measure(open, "gap_waves", true, .95);
    assert_int_equal(table->row_count, 4);
    const struct row *row = row_of(table, NULL, "overall", "2024", "2025");
    assert_cell_count(table, row, "n_both", WAVE / 2);
    double design = 24.0 / 23 / (16.0 / 15);
    double v1 = design * estimate(panel.perception + WAVE, NULL).variance;
    double v2 = design * estimate(panel.perception + PEOPLE - WAVE, NULL).variance;
    double se2 = v1 + v2 - 2 * cell_number(table, row, "r_both") * sqrt(v1 * v2) / 2;
    assert_cell_digits(table, row, "se", sqrt(se2), 11);
    /* Holm over four rows */
    double smallest = 1;
    for (uint32_t r = 0; r < table->row_count; r++)
        smallest = fmin(smallest, cell_number(table, &table->rows[r], "p"));
    assert_true(cell_number(table, row_of(table, NULL, "d1", "2023", "2024"), "p_holm") >= smallest);
    matrix_close(open);
}

/* "for independent waves Welch's" */
static void other_people_are_welch(void **state)
{
    (void)state;
    struct panel panel;
    panel_fill(&panel);
    panel.matrix.respondents = NULL;
    struct matrix_study *open = matrix_open(&panel.matrix, NEED_PAIRS | NEED_COMPOSITES | NEED_CASES);
    const struct table *table = matrix_measure(open, "gap_waves", true, .9);
    const struct row *row = row_of(table, NULL, "overall", "2023", "2024");
    struct mean_estimate first = estimate(panel.perception, NULL), second = estimate(panel.perception + WAVE, NULL);
    struct mean_comparison expected;
    assert_int_equal(welch_t_test(&first, &second, .9, &expected), DEFINED);
    assert_cell_digits(table, row, "se", expected.se, 13);
    assert_cell_digits(table, row, "df", expected.df, 12);
    assert_cell_digits(table, row, "p", expected.p, 11);
    assert_cell_digits(table, row, "ci_high", expected.interval.high, 11);
    assert_cell_count(table, row, "n_both", 0);
    assert_cell_blank(table, row, "r_both", "too_few");
    table = matrix_measure(open, "gap_waves", false, .95);
    assert_int_equal(table->row_count, 0);
    assert_true(table_has_note(table, "There are no two waves"));
    matrix_close(open);
}

/* The order of rows and the numbers of people do not show: the same people, last first, under other numbers */
static void order_does_not_matter(void **state)
{
    (void)state;
    struct panel panel, turned;
    panel_fill(&panel);
    panel_fill(&turned);
    for (unsigned i = 0; i < PEOPLE; i++) {
        turned.perception[i] = panel.perception[PEOPLE - 1 - i];
        turned.waves[i] = panel.waves[PEOPLE - 1 - i];
        turned.respondents[i] = 200 - panel.respondents[PEOPLE - 1 - i];
    }
    struct matrix_study *first = matrix_open(&panel.matrix, NEED_PAIRS | NEED_COMPOSITES | NEED_CASES);
    struct matrix_study *second = matrix_open(&turned.matrix, NEED_PAIRS | NEED_COMPOSITES | NEED_CASES);
    const struct table *a = matrix_measure(first, "gap_waves", true, .95), *b = matrix_measure(second, "gap_waves", true, .95);
    assert_int_equal(a->row_count, b->row_count);
    for (uint32_t r = 0; r < a->row_count; r++) {
        assert_true(cell_number(a, &a->rows[r], "se") == cell_number(b, &b->rows[r], "se"));
        assert_true(cell_number(a, &a->rows[r], "r_both") == cell_number(b, &b->rows[r], "r_both"));
        assert_true(cell_number(a, &a->rows[r], "p") == cell_number(b, &b->rows[r], "p"));
    }
    matrix_close(first);
    matrix_close(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_panel_is_paired),
        cmocka_unit_test(half_a_panel),
        cmocka_unit_test(other_people_are_welch),
        cmocka_unit_test(order_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
