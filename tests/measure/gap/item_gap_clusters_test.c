/* SPDX-License-Identifier: GPL-3.0-or-later */
/* item_gap where customers come more than once or in clusters: what item_gap_test.c leaves to a file of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/wilson.h"
#include "support/digits.h"
#include "support/gap_table_matrix.h"
#include "support/table_cells.h"

/* A study of one item from two lists. */
static struct answer_matrix one_item(unsigned people, const int *expectation, const int *perception)
{
    struct answer_matrix matrix = {.people = people, .items = 1, .low = 1, .high = 7};
    matrix.answers[STANDARD_EXPECTATION] = expectation;
    matrix.answers[STANDARD_PERCEPTION] = perception;
    return matrix;
}

/* "Repeated visits cluster by respondent … fewer than 10 clusters, no p-value" (method notes) */
static void repeated_visits(void **state)
{
    (void)state;
    const int expectation[] = {4, 5, 4, 5, 6, 4}, perception[] = {3, 5, 2, 4, 6, 5};
    const unsigned respondents[] = {1, 1, 2, 2, 3, 3};
    struct answer_matrix matrix = one_item(6, expectation, perception);
    matrix.respondents = respondents;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    const struct row *row = row_of(table, NULL, "q1");
    /* cluster sums of the gap: −1, −3, 1; mean −.5; deviations from 2 × mean: 0, −2, 2; se² = 3/2 × 8 / 36 */
    assert_cell_digits(table, row, "gap", -0.5, 17);
    assert_cell_digits(table, row, "se", 0.57735026918962576, 15);
    assert_cell_count(table, row, "df", 2);
    assert_cell_blank(table, row, "p", "few_clusters");
    assert_cell_blank(table, row, "wilcoxon_p", "clustered");
    assert_int_equal(row->support, 3);
    assert_true(table_has_note(table, "3 respondents, some of whom answered more than once"));
    matrix_close(open);
}

/* Twelve clusters in which one of two falls short each: they leave no variance between them, so the interval of the share
 * is that of 24 answers, and no warning of few clusters is due. */
static void clusters_that_agree(void **state)
{
    (void)state;
    int expectation[24], perception[24];
    unsigned clusters[24];
    for (int i = 0; i < 24; i++) {
        expectation[i] = 4;
        perception[i] = i % 2 ? 3 : 4 + (i % 4 == 0);
        clusters[i] = (unsigned)i / 2;
    }
    struct answer_matrix matrix = one_item(24, expectation, perception);
    matrix.clusters = clusters;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    struct interval interval;
    assert_int_equal(wilson_interval(0.5, 24, 0.95, &interval), DEFINED);
    assert_cell_digits(table, table->rows, "share_short_low", interval.low, 15);
    assert_cell_digits(table, table->rows, "share_short_high", interval.high, 15);
    assert_true(table_has_note(table, "Intervals and tests allow for 12 clusters."));
    assert_false(table_has_note(table, "Only 12 clusters"));
    assert_false(table_has_note(table, "same difference"));
    matrix_close(open);
    /* all short: the clusters agree, so there are as many answers as clusters */
    for (int i = 0; i < 24; i++)
        perception[i] = 2 + i % 2;
    open = matrix_table(&matrix, "item_gap", &table);
    assert_int_equal(wilson_interval(1, 12, 0.95, &interval), DEFINED);
    assert_cell_digits(table, table->rows, "share_short_low", interval.low, 15);
    assert_cell_digits(table, table->rows, "share_short_high", 1, 17);
    matrix_close(open);
}

/* "fewer than 10 clusters, no p-value": ten are enough, nine are not */
static void ten_clusters(void **state)
{
    (void)state;
    const int expectation[] = {4, 5, 4, 5, 6, 4, 5, 4, 6, 5}, perception[] = {3, 5, 2, 4, 6, 5, 4, 4, 5, 3};
    const unsigned clusters[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    struct answer_matrix matrix = one_item(10, expectation, perception);
    matrix.clusters = clusters;
    const struct table *table = NULL;
    struct matrix_study *open = matrix_table(&matrix, "item_gap", &table);
    /* everybody is a cluster, so p is that of the plain t test: gaps −1 0 −2 −1 0 1 −1 0 −1 −2, t(9) */
    assert_cell_digits(table, table->rows, "se", 0.3, 15);
    assert_cell_digits(table, table->rows, "t", -7 / 3.0, 15);
    assert_int_equal(table_value(table, table->rows, "p")->kind, VALUE_NUMBER);
    assert_false(table_has_note(table, "Only 10 clusters"));
    matrix_close(open);
    matrix.people = 9;
    open = matrix_table(&matrix, "item_gap", &table);
    assert_cell_blank(table, table->rows, "p", "few_clusters");
    assert_true(table_has_note(table, "Only 9 clusters"));
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeated_visits),
        cmocka_unit_test(clusters_that_agree),
        cmocka_unit_test(ten_clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
