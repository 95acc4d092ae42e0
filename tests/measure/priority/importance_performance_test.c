/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/gap_table_matrix.h"
#include "support/oracle_fixture.h"
#include "support/priority_study.h"
#include "support/table_cells.h"

static struct priority_study study;

/* Each item's row against the oracle's; the share of samples within Monte Carlo error of the oracle's own. */
static void compare(const char *path)
{
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&study.matrix, "importance_performance", &table);
    json_t *rows = oracle_at(study.oracle, path);
    assert_int_equal(table->row_count, json_array_size(rows));
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const struct row *row = &table->rows[i];
        assert_row_json(table, row, json_array_get(rows, i), 12);
        double share = cell_number(table, row, "settled_share"), wanted = member_number(json_array_get(rows, i), "drawn_same");
        assert_true(fabs(share - wanted) < 4 * sqrt(wanted * (1 - wanted) / 500) + .004);
        assert_cell_text(table, row, "settled", share < .8 ? "unsettled" : "settled");
        double priority = cell_number(table, row, "priority");
        assert_true(cell_number(table, row, "priority_low") <= priority && priority <= cell_number(table, row, "priority_high"));
        assert_cell_text(table, row, "importance_kind", "rating");
    }
    assert_int_equal(table->rows[0].support, 84); /* those with a gap; 86 said what they got, 88 how important it is */
    assert_true(table_has_note(table, "500 samples"));
    print_message("%s: all agree to %.1f digits or more\n", path, digits_least());
    matrix_close(open);
}

/* F30 against R, plain and weighted: four cuts, priorities, shares of samples */
static void ratings_agree_with_r(void **state)
{
    (void)state;
    priority_ratings(&study);
    compare("importance_performance.plain");
    study.matrix.weights = study.weights;
    compare("importance_performance.weighted");
    priority_free(&study);
}

/* F33: "derived from drivers: LMG share when no importance was asked but satisfaction was", against all orders of entry by lm */
static void drivers_agree_with_lm(void **state)
{
    (void)state;
    const struct table *table = NULL;
    priority_drivers(&study);
    struct matrix_study *open = matrix_table(&study.matrix, "importance_performance", &table);
    json_t *rows = oracle_at(study.oracle, "drivers.items");
    double sum = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        assert_row_json(table, &table->rows[i], json_array_get(rows, i), 11);
        assert_cell_text(table, &table->rows[i], "importance_kind", "drivers");
        assert_cell_blank(table, &table->rows[i], "diagonal", "not_applicable");
        sum += cell_number(table, &table->rows[i], "importance");
    }
    assert_true(fabs(sum - 1) < 1e-12);
    assert_int_equal(table->rows[0].support, 120);
    assert_true(table->needs_whole_model && table->parameters == 5);
    assert_true(table_has_note(table, "LMG") && table_has_note(table, "top of the scale"));
    print_message("drivers: all agree to %.1f digits or more\n", digits_least());
    matrix_close(open);
    priority_free(&study);
}

/* Points: per dimension, sums of 95 to 105 rescaled, others left out */
static void points_agree_with_r(void **state)
{
    (void)state;
    const struct table *table = NULL;
    priority_points(&study);
    struct matrix_study *open = matrix_table(&study.matrix, "importance_performance", &table);
    json_t *rows = oracle_at(study.oracle, "points.dimensions");
    assert_int_equal(table->row_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_row_json(table, &table->rows[i], json_array_get(rows, i), 12);
        assert_cell_text(table, &table->rows[i], "importance_kind", "points");
    }
    assert_cell_text(table, &table->rows[1], "dimension", "d2");
    assert_int_equal(table->rows[1].support, 39); /* one gave 150 points */
    matrix_close(open);
    priority_free(&study);
}

/* The same seed gives the same shares whatever the number of threads; --bootstrap says how many. */
static void samples_do_not_depend_on_threads(void **state)
{
    (void)state;
    const struct table *one = NULL, *four = NULL;
    priority_ratings(&study);
    study.matrix.replicates = 200;
    struct matrix_study *first = matrix_table(&study.matrix, "importance_performance", &one);
    study.matrix.threads = 4;
    struct matrix_study *second = matrix_table(&study.matrix, "importance_performance", &four);
    for (uint32_t i = 0; i < one->row_count; i++)
        assert_true(cell_number(one, &one->rows[i], "settled_share") == cell_number(four, &four->rows[i], "settled_share"));
    assert_true(table_has_note(one, "200 samples"));
    matrix_close(first);
    matrix_close(second);
    priority_free(&study);
}

/* No importance and no satisfaction; constant satisfaction; items that follow from others; fewer customers than items */
static void what_cannot_be_said(void **state)
{
    (void)state;
    const struct table *table = NULL;
    priority_drivers(&study);
    study.matrix.outcome_count = 0;
    struct matrix_study *open = matrix_table(&study.matrix, "importance_performance", &table);
    assert_cell_blank(table, &table->rows[0], "importance", "not_asked");
    assert_cell_blank(table, &table->rows[0], "quadrant", "not_asked");
    assert_true(cell_number(table, &table->rows[0], "performance") > 3);
    assert_true(table_has_note(table, "no satisfaction to derive it from"));
    matrix_close(open);
    study.matrix.outcome_count = 1;
    study.matrix.people = 5;
    open = matrix_table(&study.matrix, "importance_performance", &table);
    assert_cell_blank(table, &table->rows[0], "importance", "too_few");
    assert_cell_blank(table, &table->rows[0], "settled_share", "too_few");
    matrix_close(open);
    study.matrix.people = 120;
    for (unsigned i = 0; i < 120; i++)
        study.answers[STANDARD_PERCEPTION][4 * i + 1] = study.answers[STANDARD_PERCEPTION][4 * i];
    open = matrix_table(&study.matrix, "importance_performance", &table);
    assert_cell_blank(table, &table->rows[2], "importance", "singular");
    matrix_close(open);
    for (unsigned i = 0; i < 120; i++)
        study.outcome_answers[i] = 4;
    open = matrix_table(&study.matrix, "importance_performance", &table);
    assert_cell_blank(table, &table->rows[2], "priority", "no_variance");
    matrix_close(open);
    priority_free(&study);
}

/* An item that nobody in a group answered has a row, and the others have a map all the same. */
static void an_empty_item_spoils_nothing(void **state)
{
    (void)state;
    const struct table *table = NULL;
    priority_ratings(&study);
    for (unsigned i = 0; i < study.matrix.people; i++)
        study.answers[STANDARD_PERCEPTION][5 * i + 2] = MATRIX_MISSING;
    struct matrix_study *open = matrix_table(&study.matrix, "importance_performance", &table);
    assert_int_equal(table->row_count, 5);
    assert_cell_blank(table, &table->rows[2], "quadrant", "no_pairs");
    assert_cell_text(table, &table->rows[2], "item", "q3");
    assert_cell_text(table, &table->rows[3], "quadrant", "low priority");
    matrix_close(open);
    priority_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratings_agree_with_r), cmocka_unit_test(drivers_agree_with_lm),
        cmocka_unit_test(points_agree_with_r),  cmocka_unit_test(samples_do_not_depend_on_threads),
        cmocka_unit_test(what_cannot_be_said),  cmocka_unit_test(an_empty_item_spoils_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
