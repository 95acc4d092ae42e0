/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
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

/* Each item's row against the oracle's. */
static void compare(const char *path)
{
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "kano", &table);
    json_t *rows = oracle_at(study.oracle, path);
    assert_int_equal(table->row_count, json_array_size(rows));
    for (size_t i = 0; i < json_array_size(rows); i++)
        assert_row_json(table, &table->rows[i], json_array_get(rows, i), 13);
    print_message("%s: all agree to %.1f digits or more\n", path, digits_least());
    matrix_close(open);
}

/* F40–F42 against R, plain and weighted */
static void agrees_with_r(void **state)
{
    (void)state;
    delight_kano(&study);
    compare("kano.plain");
    study.matrix.weights = study.weights;
    compare("kano.weighted");
    delight_free(&study);
}

/* "Wilson's interval of better and of worse"; with clusters none; a tie is no clear category */
static void intervals_and_certainty(void **state)
{
    (void)state;
    const struct table *table = NULL;
    delight_kano(&study);
    struct matrix_study *open = matrix_table(&study.matrix, "kano", &table);
    const struct row *row = &table->rows[1];
    double better = cell_number(table, row, "better"), worse = cell_number(table, row, "worse");
    assert_true(cell_number(table, row, "better_low") < better && better < cell_number(table, row, "better_high"));
    assert_true(cell_number(table, row, "worse_low") < worse && worse < cell_number(table, row, "worse_high"));
    /* 69 of 110: prop.test */
    assert_cell_digits(table, row, "worse_low", -.7119040371, 9);
    assert_cell_text(table, row, "certainty", "clear");
    assert_cell_text(table, &table->rows[0], "certainty", "undecided");
    assert_cell_text(table, &table->rows[2], "certainty", "mixed");
    double low = cell_number(table, row, "better_low"), high = cell_number(table, row, "worse_high");
    matrix_close(open);
    /* weights that are all alike leave the interval as it is */
    for (unsigned i = 0; i < study.matrix.people; i++)
        study.weights[i] = 4;
    study.matrix.weights = study.weights;
    open = matrix_table(&study.matrix, "kano", &table);
    assert_cell_digits(table, &table->rows[1], "better_low", low, 13);
    assert_cell_digits(table, &table->rows[1], "worse_high", high, 13);
    assert_cell_text(table, &table->rows[0], "certainty", "undecided");
    matrix_close(open);
    study.matrix.weights = NULL;
    study.matrix.respondents = study.clusters;
    for (unsigned i = 0; i < study.matrix.people; i++)
        study.clusters[i] = i / 2;
    open = matrix_table(&study.matrix, "kano", &table);
    assert_cell_blank(table, &table->rows[1], "certainty", "clustered");
    assert_cell_blank(table, &table->rows[1], "better_low", "clustered");
    assert_int_equal(table->rows[0].support, 60);
    matrix_close(open);
    delight_free(&study);
}

/* DuMouchel's points 4, 2, 0, −1, −2: of 4 who like it, and 1 each who says must be, neutral, live with, dislike, (16 + 2 − 1 − 2)/8 = 1.875;
 * Σ(x − x̄)² = 16·4 + 4 + 1 + 4 − 8·1.875² = 44.875, so se = √(44.875/7/8) = 0.895176, ± t(.975, 7) = 2.364624 of them. When missing all
 * dislike it: 4, without a spread. */
static void means_by_hand(void **state)
{
    (void)state;
    static int there[] = {1, 1, 1, 1, 2, 3, 4, 5}, missing[] = {5, 5, 5, 5, 5, 5, 5, 5};
    struct answer_matrix matrix = {.people = 8, .items = 1, .low = 1, .high = 5};
    matrix.answers[STANDARD_FUNCTIONAL] = there;
    matrix.answers[STANDARD_DYSFUNCTIONAL] = missing;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "kano", &table);
    const struct row *row = &table->rows[0];
    assert_cell_digits(table, row, "functional_mean", 1.875, 13);
    assert_cell_digits(table, row, "functional_low", 1.875 - 2.364624251 * sqrt(44.875 / 56), 8);
    assert_cell_digits(table, row, "functional_high", 1.875 + 2.364624251 * sqrt(44.875 / 56), 8);
    assert_cell_digits(table, row, "dysfunctional_mean", 4, 13);
    assert_cell_blank(table, row, "dysfunctional_low", "no_variance");
    assert_cell_text(table, row, "continuous_category", "must-be");
    assert_cell_blank(table, row, "continuous_certainty", "no_variance");
    matrix_close(open);
    /* one of them could live without it: (7·4 + 2)/8 = 3.75 ± t × 0.25, far from 2; the interval of "there" reaches over 2 */
    missing[7] = 4;
    open = matrix_table(&matrix, "kano", &table);
    assert_cell_digits(table, &table->rows[0], "dysfunctional_mean", 3.75, 13);
    assert_cell_digits(table, &table->rows[0], "dysfunctional_low", 3.75 - 2.364624251 * 0.25, 9);
    assert_cell_text(table, &table->rows[0], "continuous_certainty", "undecided");
    /* and none of it where both keep to their side */
    for (unsigned i = 0; i < 4; i++)
        there[i] = i % 2 ? 5 : 4;
    matrix_close(open);
    open = matrix_table(&matrix, "kano", &table);
    assert_cell_text(table, &table->rows[0], "continuous_certainty", "clear");
    matrix_close(open);
}

/* "Q share > .10 → item wording problem": a note over everyone, none by segment; nobody answered -> no_pairs; not asked */
static void notes_and_blanks(void **state)
{
    (void)state;
    static int like[60], also[60];
    static const bool left_out[] = {false, true, false};
    static const char *segments[20];
    struct answer_matrix matrix = {.people = 20, .items = 3, .low = 1, .high = 5, .segments = segments};
    for (unsigned i = 0; i < 60; i++) {
        like[i] = also[i] = i % 3 == 2 ? MATRIX_MISSING : 1;
        segments[i / 3] = "a";
    }
    matrix.answers[STANDARD_FUNCTIONAL] = like;
    matrix.answers[STANDARD_DYSFUNCTIONAL] = also;
    matrix.left_out[STANDARD_FUNCTIONAL] = matrix.left_out[STANDARD_DYSFUNCTIONAL] = left_out;
    struct matrix_study *open = matrix_open(&matrix, NEED_CASES);
    const struct table *table = matrix_measure(open, "kano", false, .95);
    assert_cell_text(table, &table->rows[0], "category", "questionable");
    assert_cell_blank(table, &table->rows[0], "better", "no_variance");
    assert_cell_blank(table, &table->rows[0], "better_low", "no_variance");
    assert_cell_blank(table, &table->rows[1], "category", "not_asked");
    assert_cell_blank(table, &table->rows[1], "n", "not_asked");
    assert_cell_blank(table, &table->rows[2], "category", "no_pairs");
    assert_cell_count(table, &table->rows[2], "n", 0);
    assert_true(table_has_note(table, "q1: 100 % of the answers contradict each other"));
    assert_false(table_has_note(matrix_measure(open, "kano", true, .95), "contradict"));
    matrix_close(open);
}

/* --bootstrap: estimates are the figures of the table, plain, weighted and clustered; the error of a share is √(p(1 − p)/n) */
static void figures_are_drawn_again(void **state)
{
    (void)state;
    static const char *const asked[] = {"kano", NULL};
    static const char *const statistics[] = {"better", "worse", "total_strength", "functional_mean", "dysfunctional_mean"};
    delight_kano(&study);
    study.matrix.asked = asked;
    study.matrix.replicates = 1000;
    for (unsigned design = 0; design < 3; design++) {
        for (unsigned i = 0; i < study.matrix.people; i++)
            study.clusters[i] = i;
        study.matrix.weights = design == 1 ? study.weights : NULL;
        study.matrix.clusters = design == 2 ? study.clusters : NULL;
        struct matrix_study *open = matrix_open(&study.matrix, NEED_CASES);
        const struct table *table = matrix_measure(open, "kano", false, .95);
        const struct table *drawn = matrix_measure(open, "bootstrap", false, .95);
        for (size_t s = 0; s < 5; s++) {
            const struct row *row = row_of(drawn, NULL, "kano", "q2", "d1", "", statistics[s]);
            assert_cell_digits(drawn, row, "estimate", cell_number(table, &table->rows[1], statistics[s]), 13);
            assert_cell_count(drawn, row, "n", 118);
        }
        double share = cell_number(table, &table->rows[1], "total_strength"), se = sqrt(share * (1 - share) / 118);
        double found = cell_number(drawn, row_of(drawn, NULL, "kano", "q2", "d1", "", "total_strength"), "se");
        assert_true(design == 1 ? found > se : fabs(found / se - 1) < .12);
        matrix_close(open);
    }
    delight_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),    cmocka_unit_test(intervals_and_certainty), cmocka_unit_test(means_by_hand),
        cmocka_unit_test(notes_and_blanks), cmocka_unit_test(figures_are_drawn_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
